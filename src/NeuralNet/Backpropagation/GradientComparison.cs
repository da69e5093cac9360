namespace NeuralNet.Backpropagation;

/// <summary>How the gradient of one parameter, or of the input, compares with central differences.</summary>
/// <param name="Name">The parameter's name, or <c>input</c>.</param>
/// <param name="Checked">Number of elements compared.</param>
/// <param name="Kinks">Number of elements skipped because a kink is too close.</param>
/// <param name="WorstRelativeError">The largest relative error among the elements compared.</param>
/// <param name="Row">Where that is: the row.</param>
/// <param name="Column">Where that is: the column.</param>
/// <param name="Analytic">What backpropagation says there.</param>
/// <param name="Numeric">What central differences say there.</param>
public sealed record GradientComparison(
    string Name, int Checked, int Kinks, double WorstRelativeError, int Row, int Column, double Analytic, double Numeric)
{
    /// <summary>Compares element by element.</summary>
    internal static GradientComparison Make(
        string name, int rows, Span<double> values, ReadOnlySpan<double> analytic, Func<double> loss, double tolerance)
    {
        var worst = new GradientComparison(name, 0, 0, WorstRelativeError: -1, 0, 0, 0, 0);
        int kinks = 0;
        for (int i = 0; i < values.Length; i++)
        {
            var numeric = NumericalDerivative.Compute(loss, ref values[i], tolerance);
            if (!numeric.IsCertain)
            {
                kinks++;
                continue;
            }

            double scale = Math.Max(Math.Max(Math.Abs(analytic[i]), Math.Abs(numeric.Value)), numeric.Noise / tolerance);
            double error = scale == 0 ? 0 : Math.Abs(analytic[i] - numeric.Value) / scale;

            // Written so that NaN, which compares with nothing, is the worst of all.
            if (!(error <= worst.WorstRelativeError))
            {
                worst = new(name, 0, 0, error, i % rows, i / rows, analytic[i], numeric.Value);
                if (double.IsNaN(error))
                {
                    break;
                }
            }
        }

        return worst with
        {
            Checked = values.Length - kinks,
            Kinks = kinks,
            WorstRelativeError = Math.Max(worst.WorstRelativeError, 0),
        };
    }
}
