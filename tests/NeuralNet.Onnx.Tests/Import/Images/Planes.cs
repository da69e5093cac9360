namespace NeuralNet.Onnx.Tests.Import.Images;

/// <summary>
/// Images with the channels first, and what the operators of the standard make of them, by its formulas and loops that
/// follow them word by word. A sequence is an image of height 1.
/// </summary>
internal sealed class Planes
{
    private readonly double[] _values;

    public Planes(int channels, int height, int width, double[] values)
    {
        (Channels, Height, Width, _values) = (channels, height, width, values);
        values.Should().HaveCount(channels * height * width);
    }

    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>The values, the channel the slowest and the column the fastest.</summary>
    public IReadOnlyList<double> Values => _values;

    public double this[int c, int y, int x] => _values[(((c * Height) + y) * Width) + x];

    /// <summary>The values, the row the slowest and the channel the fastest.</summary>
    public double[] ChannelsLast() =>
    [
        .. from y in Enumerable.Range(0, Height)
           from x in Enumerable.Range(0, Width)
           from c in Enumerable.Range(0, Channels)
           select this[c, y, x],
    ];

    /// <summary>Σ weights · input over the window and the channels of the group, plus a bias.</summary>
    public Planes Convolve(double[] weights, int filters, int groups, double[]? biases, Window window)
    {
        int groupChannels = Channels / groups;
        int groupFilters = filters / groups;
        return Slide(filters, window, (f, places) => (biases?[f] ?? 0) + places.Sum(place =>
            Enumerable.Range(0, groupChannels).Sum(c =>
                weights[(((((f * groupChannels) + c) * window.Size.Height) + place.I) * window.Size.Width) + place.J]
                * At((f / groupFilters * groupChannels) + c, place.Y, place.X))));
    }

    /// <summary>
    /// Each value times the weights of every filter of its group, added where the window puts it; plus a bias.
    /// </summary>
    public Planes ConvolveTransposed(
        double[] weights,
        int filters,
        int groups,
        double[]? biases,
        Window window,
        (int Height, int Width) extra = default)
    {
        ((int Height, int Width) size, (int Height, int Width) stride, (int Height, int Width) dilation, int[] pads) =
            window;
        int groupFilters = filters / groups;
        int height = ((Height - 1) * stride.Height) + ((size.Height - 1) * dilation.Height) + 1 + extra.Height
            - pads[0] - pads[2];
        int width = ((Width - 1) * stride.Width) + ((size.Width - 1) * dilation.Width) + 1 + extra.Width
            - pads[1] - pads[3];
        double[] sums =
            [.. Enumerable.Range(0, filters * height * width).Select(i => biases?[i / (height * width)] ?? 0)];
        for (int i = 0; i < _values.Length * groupFilters * size.Height * size.Width; i++)
        {
            (int rest, int column) = int.DivRem(i, size.Width);
            (rest, int row) = int.DivRem(rest, size.Height);
            (rest, int filter) = int.DivRem(rest, groupFilters);
            (int c, int place) = int.DivRem(rest, Height * Width);
            int y = (place / Width * stride.Height) - pads[0] + (row * dilation.Height);
            int x = (place % Width * stride.Width) - pads[1] + (column * dilation.Width);
            if (y >= 0 && y < height && x >= 0 && x < width)
            {
                int f = (c / (Channels / groups) * groupFilters) + filter;
                sums[(((f * height) + y) * width) + x] += _values[rest]
                    * weights[(((((c * groupFilters) + filter) * size.Height) + row) * size.Width) + column];
            }
        }

        return new(filters, height, width, sums);
    }

    /// <summary>Each pixel several times, one below and beside the other.</summary>
    public Planes Repeat(int rows, int columns) => Resized(rows, columns, (c, y, x) => this[c, y / rows, x / columns]);

    /// <summary>
    /// Between the four nearest pixels, whose centers lie at whole numbers and a half; beyond them, those at the edge.
    /// </summary>
    public Planes Interpolate(int rows, int columns) => Resized(rows, columns, (c, y, x) =>
    {
        (int top, int bottom, double down) = Between(y, rows, Height);
        (int left, int right, double along) = Between(x, columns, Width);
        return ((1 - down) * (((1 - along) * this[c, top, left]) + (along * this[c, top, right])))
            + (down * (((1 - along) * this[c, bottom, left]) + (along * this[c, bottom, right])));
    });

    public Planes MaxPool(Window window) =>
        Slide(Channels, window, (c, places) => places.Where(IsInside).Max(place => this[c, place.Y, place.X]));

    public Planes AveragePool(Window window, bool countsPadding) => Slide(
        Channels,
        window,
        (c, places) => places.Sum(place => At(c, place.Y, place.X))
            / places.Count(place => countsPadding || IsInside(place)));

    public Planes Map(Func<int, double, double> map) => new(
        Channels, Height, Width, [.. _values.Select((value, i) => map(i / (Height * Width), value))]);

    /// <summary>The image with zeros around it.</summary>
    public Planes Pad(int top, int left, int bottom, int right) => new(
        Channels,
        top + Height + bottom,
        left + Width + right,
        [
            .. from c in Enumerable.Range(0, Channels)
               from y in Enumerable.Range(-top, top + Height + bottom)
               from x in Enumerable.Range(-left, left + Width + right)
               select At(c, y, x),
        ]);

    private Planes Resized(int rows, int columns, Func<int, int, int, double> value) => new(
        Channels,
        rows * Height,
        columns * Width,
        [
            .. from c in Enumerable.Range(0, Channels)
               from y in Enumerable.Range(0, rows * Height)
               from x in Enumerable.Range(0, columns * Width)
               select value(c, y, x),
        ]);

    private static (int First, int Second, double Share) Between(int place, int factor, int size)
    {
        double at = Math.Clamp(((place + 0.5) / factor) - 0.5, 0, size - 1);
        int first = (int)Math.Floor(at);
        return (first, Math.Min(first + 1, size - 1), at - first);
    }

    private bool IsInside((int Y, int X, int I, int J) place) =>
        place.Y >= 0 && place.Y < Height && place.X >= 0 && place.X < Width;

    private double At(int c, int y, int x) => IsInside((y, x, 0, 0)) ? this[c, y, x] : 0;

    private Planes Slide(
        int channels, Window window, Func<int, IReadOnlyList<(int Y, int X, int I, int J)>, double> value)
    {
        ((int Height, int Width) size, (int Height, int Width) stride, (int Height, int Width) dilation, int[] pads) =
            window;
        int height = ((Height + pads[0] + pads[2] - ((size.Height - 1) * dilation.Height) - 1) / stride.Height) + 1;
        int width = ((Width + pads[1] + pads[3] - ((size.Width - 1) * dilation.Width) - 1) / stride.Width) + 1;
        return new(
            channels,
            height,
            width,
            [
                .. from c in Enumerable.Range(0, channels)
                   from y in Enumerable.Range(0, height)
                   from x in Enumerable.Range(0, width)
                   select value(
                       c,
                       [
                           .. from i in Enumerable.Range(0, size.Height)
                              from j in Enumerable.Range(0, size.Width)
                              select (
                                  (y * stride.Height) - pads[0] + (i * dilation.Height),
                                  (x * stride.Width) - pads[1] + (j * dilation.Width),
                                  i,
                                  j),
                       ]),
            ]);
    }
}
