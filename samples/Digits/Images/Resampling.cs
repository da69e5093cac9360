namespace NeuralNet.Samples.Digits.Images;

/// <summary>Scales images, smoothly in both directions.</summary>
internal static class Resampling
{
    /// <summary>Scales an image: each new pixel is a mean of the old ones below it, weighted by a triangle.</summary>
    public static GrayImage Resize(GrayImage image, int rows, int columns) =>
        Transpose(ResizeRows(Transpose(ResizeRows(image, rows)), columns));

    private static GrayImage ResizeRows(GrayImage image, int rows)
    {
        if (rows == image.Rows)
        {
            return image;
        }

        double scale = (double)image.Rows / rows;
        double reach = Math.Max(1, scale);
        float[] pixels = new float[rows * image.Columns];
        for (int row = 0; row < rows; row++)
        {
            double centre = ((row + 0.5) * scale) - 0.5;
            int first = Math.Max(0, (int)Math.Ceiling(centre - reach));
            int last = Math.Min(image.Rows - 1, (int)Math.Floor(centre + reach));
            Span<float> target = pixels.AsSpan(row * image.Columns, image.Columns);
            double sum = 0;
            for (int source = first; source <= last; source++)
            {
                sum += Weight(source);
            }

            for (int source = first; source <= last; source++)
            {
                float share = (float)(Weight(source) / sum);
                for (int column = 0; column < target.Length; column++)
                {
                    target[column] += share * image[source, column];
                }
            }

            double Weight(int source) => Math.Max(0, 1 - (Math.Abs(source - centre) / reach));
        }

        return new(rows, image.Columns, pixels);
    }

    private static GrayImage Transpose(GrayImage image)
    {
        float[] pixels = new float[image.Pixels.Length];
        for (int row = 0; row < image.Rows; row++)
        {
            for (int column = 0; column < image.Columns; column++)
            {
                pixels[(column * image.Rows) + row] = image[row, column];
            }
        }

        return new(image.Columns, image.Rows, pixels);
    }
}
