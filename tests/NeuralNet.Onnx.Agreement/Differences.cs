namespace NeuralNet.Onnx.Agreement;

/// <summary>Compares numbers with those that are expected.</summary>
internal static class Differences
{
    /// <summary>
    /// The largest difference between two numbers at one place, each divided by what is allowed there; infinite where
    /// they are not as many, or one of them alone is no number.
    /// </summary>
    public static double Worst(double[] expected, double[] actual, Func<double, double> scale)
    {
        if (expected.Length != actual.Length)
        {
            return double.PositiveInfinity;
        }

        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = actual[i].Equals(expected[i])
                ? 0
                : Math.Abs(actual[i] - expected[i]) / scale(expected[i]);
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference);
        }

        return worst;
    }
}
