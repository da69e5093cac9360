namespace NeuralNet.Data.Images.Png;

/// <summary>Undoes the filter of a row of a PNG image.</summary>
internal static class PngFilter
{
    /// <summary>Undoes it in place.</summary>
    /// <param name="filter">The number of the filter, from 0 to 4.</param>
    /// <param name="row">The row.</param>
    /// <param name="above">The row above without its filter; zeros above the first one.</param>
    /// <param name="distance">Bytes from a pixel to the one at its left.</param>
    /// <exception cref="InvalidDataException">There is no such filter.</exception>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        if (filter is < 0 or > 4)
        {
            throw new InvalidDataException($"it is damaged: there is no PNG filter {filter}");
        }

        for (int i = 0; i < row.Length; i++)
        {
            bool hasLeft = i >= distance;
            int left = hasLeft ? row[i - distance] : 0;
            int corner = hasLeft ? above[i - distance] : 0;
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], corner),
                _ => 0,
            });
        }
    }

    /// <summary>Of the three neighbours, the one nearest to left + above − corner.</summary>
    private static int Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - (2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
