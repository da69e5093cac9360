namespace NeuralNet.Forecasting.Series;

/// <summary>Fills missing values by a policy.</summary>
internal static class GapFilling
{
    /// <summary>Replaces NaN in a column.</summary>
    /// <returns>Which values were filled; null if none was.</returns>
    public static bool[]? Fill(double[] values, GapPolicy policy)
    {
        if (policy is not (GapPolicy.Interpolate or GapPolicy.CarryForward) || !Array.Exists(values, double.IsNaN))
        {
            return null;
        }

        bool[] filled = new bool[values.Length];
        int before = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                before = i;
                continue;
            }

            int after = Array.FindIndex(values, i, value => !double.IsNaN(value));
            int end = after < 0 ? values.Length : after;
            if (before >= 0 && (policy == GapPolicy.CarryForward || after >= 0))
            {
                for (int k = i; k < end; k++)
                {
                    double share = (double)(k - before) / (end - before);
                    values[k] = policy == GapPolicy.CarryForward
                        ? values[before]
                        : values[before] + (share * (values[after] - values[before]));
                    filled[k] = true;
                }
            }

            i = end - 1;
        }

        return Array.IndexOf(filled, true) >= 0 ? filled : null;
    }
}
