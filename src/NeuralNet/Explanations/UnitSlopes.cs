using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Explanations;

/// <summary>The scale of transforms that shift and scale each feature.</summary>
internal static class UnitSlopes
{
    // A power of two, so that no digit is lost but those of a large offset.
    private const double Far = 1 << 20;
    private const double Tolerance = 1e-9;

    /// <summary>dx/dy of each feature, for y = (x − shift)/scale; 1 for each without a transform.</summary>
    /// <exception cref="NotSupportedException">The transform does something else.</exception>
    public static double[] Of(IFeatureTransform? transform, int size)
    {
        if (transform is null)
        {
            return [.. Enumerable.Repeat(1.0, size)];
        }

        if (transform is IInvertibleTransform invertible
            && Enumerable.Range(0, size).All(i => transform.SourceOf(i) == i))
        {
            double[] zero = At(invertible, 0);
            double[] near = At(invertible, Far / 2);
            double[] far = At(invertible, Far);
            double[] slopes = [.. far.Select((x, i) => (x - zero[i]) / Far)];
            bool areLines = slopes.Select((slope, i) =>
                slope != 0 && double.IsFinite(slope)
                && Math.Abs(near[i] - zero[i] - (slope * (Far / 2))) <= Tolerance * Math.Abs(far[i] - zero[i]))
                .All(isLine => isLine);
            if (areLines)
            {
                return slopes;
            }
        }

        throw new NotSupportedException(
            $"The transform {transform.GetType().Name} does more than shift and scale each feature, so it has no one "
            + "derivative. Integrated gradients need none of a transform of the inputs.");
    }

    private static double[] At(IInvertibleTransform transform, double value)
    {
        double[] output = new double[transform.OutputSize];
        double[] input = new double[transform.InputSize];
        output.AsSpan().Fill(value);
        transform.Invert(
            new ReadOnlyMatrixSpan<double>(output, output.Length, 1), new MatrixSpan<double>(input, input.Length, 1));
        return input;
    }
}
