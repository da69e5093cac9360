using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.GradientChecks;

/// <summary>The gradient check of an activation: Σ rᵢ·aᵢ is used in place of a loss.</summary>
internal static class ActivationCheck
{
    public static GradientCheckReport Run(IActivation activation, Matrix<double> inputs, GradientCheckOptions options)
    {
        int rows = inputs.RowCount;
        int columns = inputs.ColumnCount;
        double[] z = inputs.ToColumnMajorArray();
        double[] projection = Projection.Draw(z.Length, options);

        // As Dense calls it: z is kept only for an activation that reads it; otherwise a overwrites it.
        double[] a = [.. z];
        ReadOnlyMatrixSpan<double> kept = default;
        if (activation.BackwardReadsInput)
        {
            a.AsSpan().Fill(double.NaN);
            activation.Forward<double>(new(z, rows, columns), new(a, rows, columns));
            kept = new(z, rows, columns);
        }
        else
        {
            activation.Forward<double>(new(a, rows, columns), new(a, rows, columns));
        }

        // As another thread might do between the two passes of this one.
        double[] other = Array.ConvertAll(z, value => 0.5 - value);
        activation.Forward<double>(new(other, rows, columns), new(new double[other.Length], rows, columns));

        double[] inPlace = [.. projection];
        activation.Backward<double>(
            kept, new(a, rows, columns), new(inPlace, rows, columns), new(inPlace, rows, columns));

        double[] apart = new double[z.Length];
        apart.AsSpan().Fill(double.NaN);
        activation.Backward<double>(
            kept, new(a, rows, columns), new(projection, rows, columns), new(apart, rows, columns));

        WeightedSum[] samples = [.. Enumerable.Range(0, columns).Select(j => new WeightedSum(
            projection[(j * rows)..((j + 1) * rows)],
            sample => activation.Forward<double>(
                new(z.AsSpan(j * rows, rows), rows, 1), new(sample, rows, 1))))];
        var comparer = new GradientComparer(options);
        comparer.Compare("input", rows, z, [inPlace, apart], j => samples[j]);
        return comparer.Report;
    }
}
