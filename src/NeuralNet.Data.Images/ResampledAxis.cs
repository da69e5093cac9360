namespace NeuralNet.Data.Images;

/// <summary>
/// The scaling of rows or of columns: how many there shall be, and which part of the old ones they show.
/// </summary>
/// <param name="Count">The new number.</param>
/// <param name="Start">Where the part begins, in old pixels; it may lie between two.</param>
/// <param name="Length">The length of the part in old pixels.</param>
internal readonly record struct ResampledAxis(int Count, double Start, double Length)
{
    /// <summary>The weights of the old pixels in a new one, whose sum is 1.</summary>
    /// <param name="index">The new pixel.</param>
    /// <param name="size">Number of old pixels.</param>
    /// <param name="weights">The memory for the weights; it grows to what is needed.</param>
    /// <returns>The first old pixel, and how many there are.</returns>
    public (int First, int Count) Weights(int index, int size, ref float[] weights)
    {
        double scale = Length / Count;
        double reach = Math.Max(1, scale);
        double centre = Start + ((index + 0.5) * scale) - 0.5;
        int first = Math.Clamp((int)Math.Ceiling(centre - reach), 0, size - 1);
        int last = Math.Clamp((int)Math.Floor(centre + reach), first, size - 1);
        int count = last - first + 1;
        if (weights.Length < count)
        {
            weights = new float[count];
        }

        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += Weight(first + i);
        }

        for (int i = 0; i < count; i++)
        {
            weights[i] = (float)(Weight(first + i) / sum);
        }

        return (first, count);

        double Weight(int old) => Math.Max(0, 1 - (Math.Abs(old - centre) / reach));
    }
}
