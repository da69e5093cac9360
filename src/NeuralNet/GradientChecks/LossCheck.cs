using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Losses;

namespace NeuralNet.GradientChecks;

/// <summary>The gradient check of a loss on its own.</summary>
internal static class LossCheck
{
    public static GradientCheckReport Run(
        ILoss loss, Matrix<double> outputs, Matrix<double> targets, GradientCheckOptions options)
    {
        int rows = outputs.RowCount;
        int columns = outputs.ColumnCount;
        double[] o = outputs.ToColumnMajorArray();
        double[] t = targets.ToColumnMajorArray();

        double[] gradient = new double[o.Length];
        gradient.AsSpan().Fill(double.NaN);
        loss.Compute<double>(
            new(o, rows, columns), new(t, rows, columns), new double[columns], new(gradient, rows, columns));

        double[] unused = new double[rows];
        WeightedSum[] samples = [.. Enumerable.Range(0, columns).Select(j => new WeightedSum(
            [1],
            sample => loss.Compute<double>(
                new(o.AsSpan(j * rows, rows), rows, 1),
                new(t.AsSpan(j * rows, rows), rows, 1),
                sample,
                new(unused, rows, 1))))];
        var comparer = new GradientComparer(options);
        comparer.Compare("output", rows, o, [gradient], j => samples[j]);
        return comparer.Report;
    }
}
