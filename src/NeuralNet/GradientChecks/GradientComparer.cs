using MathNet.Numerics;
using NeuralNet.Randomness;

namespace NeuralNet.GradientChecks;

/// <summary>Compares gradients with central differences, parameter by parameter, element by element.</summary>
internal sealed class GradientComparer(GradientCheckOptions options)
{
    private readonly List<GradientComparison> _comparisons = [];

    /// <summary>The result.</summary>
    public GradientCheckReport Report => new(_comparisons, options.Tolerance);

    /// <summary>Compares one parameter, or the input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">Its number of rows.</param>
    /// <param name="values">Its values, which are changed and restored.</param>
    /// <param name="analytic">Its gradient, computed in one or several ways, all of which must be right.</param>
    /// <param name="sum">The function of an element of a column that is differentiated.</param>
    /// <param name="isCategory">For each row, whether it has no derivative; none if null.</param>
    public void Compare(
        string name,
        int rows,
        Span<double> values,
        double[][] analytic,
        Func<int, WeightedSum> sum,
        bool[]? isCategory = null)
    {
        int[] differentiated =
            [.. Enumerable.Range(0, values.Length).Where(i => isCategory is null || !isCategory[i % rows])];
        if (differentiated.Length == 0 && values.Length > 0)
        {
            return;
        }

        var comparison =
            new GradientComparison(name, differentiated.Length, 0, 0, 0, WorstRelativeError: -1, 0, 0, 0, 0);
        foreach (int chosen in Choose(differentiated.Length, _comparisons.Count))
        {
            int i = differentiated[chosen];
            NumericalDerivative numeric = NumericalDerivative.Compute(sum(i / rows), ref values[i], options.Tolerance);
            comparison = comparison with
            {
                Checked = comparison.Checked + (numeric.IsCertain ? 1 : 0),
                Kinks = comparison.Kinks + (numeric.IsCertain ? 0 : 1),
                BelowNoise = comparison.BelowNoise + (IsBelowNoise(i, analytic, numeric) ? 1 : 0),
            };
            foreach (double[] gradient in analytic)
            {
                double error = RelativeError(gradient[i], numeric);
                if (error > comparison.WorstRelativeError)
                {
                    comparison = comparison with
                    {
                        WorstRelativeError = error,
                        Row = i % rows,
                        Column = i / rows,
                        Analytic = gradient[i],
                        Numeric = numeric.Value,
                    };
                }
            }
        }

        _comparisons.Add(comparison with { WorstRelativeError = Math.Max(comparison.WorstRelativeError, 0) });
    }

    /// <summary>True if the difference is not resolved; 0 and 0, however, agree.</summary>
    private static bool IsBelowNoise(int element, double[][] analytic, NumericalDerivative numeric) =>
        numeric.IsCertain && !numeric.IsResolved
        && (numeric.Value != 0 || Array.Exists(analytic, gradient => gradient[element] != 0));

    private double RelativeError(double analytic, NumericalDerivative numeric)
    {
        // NaN is wrong even at a kink.
        if (!double.IsFinite(analytic))
        {
            return double.PositiveInfinity;
        }

        if (!numeric.IsCertain)
        {
            return -1;
        }

        double scale = Math.Max(
            Math.Max(Math.Abs(analytic), Math.Abs(numeric.Value)), 2 * numeric.Error / options.Tolerance);
        return scale == 0 ? 0 : Math.Abs(analytic - numeric.Value) / scale;
    }

    /// <summary>
    /// Chooses the elements to check, in ascending order: the first and the last, where loops go wrong, and some in
    /// between.
    /// </summary>
    private int[] Choose(int count, int index)
    {
        if (options.MaxElementsPerParameter is not { } most || most >= count)
        {
            return [.. Enumerable.Range(0, count)];
        }

        if (most <= 2)
        {
            return most == 1 ? [count - 1] : [0, count - 1];
        }

        Random random = RandomStream.FromSeed(options.Seed)
            .Derive((long)GradientCheckPurpose.Sampling).Derive(index).CreateGenerator();
        int[] between = Combinatorics.GenerateVariation(count - 2, most - 2, random);
        Array.Sort(between);
        return [0, .. between.Select(i => i + 1), count - 1];
    }
}
