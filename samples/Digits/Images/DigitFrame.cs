namespace NeuralNet.Samples.Digits.Images;

/// <summary>
/// Prepares an image of a digit as the authors of MNIST prepared theirs: light ink on black, scaled to fit into a box
/// of 20 × 20 pixels with its proportions kept, and placed so that its centre of mass is in the middle of 28 × 28
/// pixels.
/// </summary>
/// <remarks>
/// http://yann.lecun.com/exdb/mnist. In MNIST's own images the centre of mass is the middle of pixel (14, 14), to half
/// a pixel, because they were moved by whole pixels; the same is done here.
/// </remarks>
internal static class DigitFrame
{
    private const double BoxShare = 20.0 / 28;

    // Ink paler than this share of the blackest, or than the paper's own grain, is paper.
    private const float PalestInk = 0.05f;
    private const float GrainFactor = 2;
    private const double GrainQuantile = 0.9;

    // If the lightest and the darkest pixel differ by less, the paper is blank.
    private const float LeastContrast = 0.1f;

    /// <summary>Frames a digit.</summary>
    /// <param name="image">The digit, dark on light or light on dark.</param>
    /// <param name="size">Height and width of the result in pixels.</param>
    /// <returns>Pixels from 0 to 1, row after row.</returns>
    /// <exception cref="InvalidDataException">There is nothing in the image.</exception>
    public static float[] Place(GrayImage image, int size)
    {
        GrayImage ink = Ink(image);
        (int top, int bottom, int left, int right) = Bounds(ink);
        int box = Math.Max(1, (int)Math.Round(size * BoxShare));
        double scale = (double)box / Math.Max(bottom - top, right - left);
        int rows = Math.Clamp((int)Math.Round((bottom - top) * scale), 1, box);
        int columns = Math.Clamp((int)Math.Round((right - left) * scale), 1, box);
        GrayImage digit = Brighten(Resampling.Resize(Crop(ink, top, bottom, left, right), rows, columns));

        (double row, double column) = CentreOfMass(digit);
        int firstRow = Start(row, rows, size);
        int firstColumn = Start(column, columns, size);
        float[] frame = new float[size * size];
        for (int i = 0; i < rows; i++)
        {
            digit.Pixels.AsSpan(i * columns, columns).CopyTo(frame.AsSpan(((firstRow + i) * size) + firstColumn));
        }

        return frame;
    }

    /// <summary>
    /// The amount of ink at each pixel, from 0 to 1: its difference from the paper, whose shade is taken from the edge.
    /// </summary>
    private static GrayImage Ink(GrayImage image)
    {
        float[] edge = Edge(image);
        Array.Sort(edge);
        float paper = edge[edge.Length / 2];
        float darkest = paper - image.Pixels.Min();
        float lightest = image.Pixels.Max() - paper;
        float most = Math.Max(darkest, lightest);
        if (most < LeastContrast)
        {
            throw new InvalidDataException("There is nothing in it to read: all its pixels are nearly alike.");
        }

        float sign = darkest >= lightest ? -1 : 1;
        float[] grain = Array.ConvertAll(edge, light => Math.Abs(light - paper));
        Array.Sort(grain);
        float noise = GrainFactor * grain[(int)(GrainQuantile * (grain.Length - 1))] / most;
        float palest = Math.Clamp(noise, PalestInk, 0.5f);
        return image with
        {
            Pixels = Array.ConvertAll(
                image.Pixels, light => sign * (light - paper) / most is var ink && ink >= palest ? ink : 0),
        };
    }

    private static float[] Edge(GrayImage image)
    {
        List<float> edge = [];
        for (int row = 0; row < image.Rows; row++)
        {
            for (int column = 0; column < image.Columns; column++)
            {
                if (row == 0 || row == image.Rows - 1 || column == 0 || column == image.Columns - 1)
                {
                    edge.Add(image[row, column]);
                }
            }
        }

        return [.. edge];
    }

    private static (int Top, int Bottom, int Left, int Right) Bounds(GrayImage ink)
    {
        (int top, int bottom, int left, int right) = (ink.Rows, 0, ink.Columns, 0);
        for (int row = 0; row < ink.Rows; row++)
        {
            for (int column = 0; column < ink.Columns; column++)
            {
                if (ink[row, column] > 0)
                {
                    (top, bottom) = (Math.Min(top, row), row + 1);
                    (left, right) = (Math.Min(left, column), Math.Max(right, column + 1));
                }
            }
        }

        return (top, bottom, left, right);
    }

    private static GrayImage Crop(GrayImage image, int top, int bottom, int left, int right)
    {
        (int rows, int columns) = (bottom - top, right - left);
        float[] pixels = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            image.Pixels.AsSpan(((top + row) * image.Columns) + left, columns).CopyTo(pixels.AsSpan(row * columns));
        }

        return new(rows, columns, pixels);
    }

    // Thin strokes become pale when scaled down, but those of MNIST reach white.
    private static GrayImage Brighten(GrayImage digit)
    {
        float most = digit.Pixels.Max();
        return digit with { Pixels = Array.ConvertAll(digit.Pixels, ink => ink / most) };
    }

    private static (double Row, double Column) CentreOfMass(GrayImage digit)
    {
        (double sum, double sumOfRows, double sumOfColumns) = (0, 0, 0);
        for (int row = 0; row < digit.Rows; row++)
        {
            for (int column = 0; column < digit.Columns; column++)
            {
                double ink = digit[row, column];
                sum += ink;
                sumOfRows += ink * row;
                sumOfColumns += ink * column;
            }
        }

        return (sumOfRows / sum, sumOfColumns / sum);
    }

    // The position of the first pixel; the whole digit stays in the frame.
    private static int Start(double centre, int length, int size) =>
        Math.Clamp((int)Math.Round((size / 2) - centre), 0, size - length);
}
