namespace NeuralNet.Kernels;

/// <summary>
/// The sizes of a convolution over images, and the offset tables by which its three passes find their operands without
/// a patch matrix. A sequence is an image of width 1.
/// </summary>
/// <remarks>
/// With y the rows and x the columns of the padded input,
/// z[y, x, f] = Σ W[f, (i, j, c)]·input[y·s + i·d, x·s + j·d, c]. The forward pass is a product with the patches; so is
/// the gradient of W, with the tables swapped, and the gradient of the input, a product of Wᵀ with patches of the
/// padded ∂L/∂z. With a stride s, an input pixel meets only every s-th element of the kernel: pixels that meet the same
/// ones are a phase with a table of its own. So are the rows of pixels whose windows reach beyond the image by as many
/// rows, which need not be multiplied.
/// </remarks>
internal sealed class ConvolutionGeometry
{
    // Blocks of samples hold about as many patches as the depth of a product takes at a time, and images that stay in
    // the second-level cache.
    private const int PatchesPerBlock = 512;
    private const int ElementsPerBlock = 1 << 16;

    // Made at the first use: a file may give the sizes of an image that is larger than itself by far.
    private readonly Lazy<PatchPhase> _patches;
    private readonly Lazy<PatchPass> _forward;
    private readonly Lazy<PatchPass> _inputGradient;
    private readonly Lazy<int[]> _weightGradientResults;
    private readonly Lazy<PixelGroups?> _pixelGroups;
    private readonly Lazy<ConvolutionGeometry?> _mirror;
    private readonly Lazy<int[]> _transposedKernel;

    /// <summary>Takes the sizes; the tables are made when they are first used.</summary>
    /// <param name="rows">The windows along the height.</param>
    /// <param name="columns">The windows along the width.</param>
    /// <param name="channels">Channels of the input, a multiple of the groups.</param>
    /// <param name="filters">Number of filters, a multiple of the groups.</param>
    /// <param name="groups">
    /// Number of groups: filters of a group see only the channels of that group.
    /// </param>
    public ConvolutionGeometry(WindowAxis rows, WindowAxis columns, int channels, int filters, int groups)
    {
        Rows = rows;
        Columns = columns;
        Channels = channels;
        Filters = filters;
        Groups = groups;
        Input = new(
            rows.Length, columns.Length, channels, rows.Before, rows.AfterInUse, columns.Before, columns.AfterInUse);

        (int left, int right) = OutputMargins(columns);
        Output = new(rows.Windows, columns.Windows, filters, Top: 0, Bottom: 0, left, right);

        long larger = Math.Max(Input.Size, Output.Size);
        if (larger > int.MaxValue)
        {
            throw new ArgumentException(
                $"With its padding, an image of the convolution has {larger} elements, more than can be counted.");
        }

        long patches = (long)rows.Windows * columns.Windows;
        SamplesPerBlock = (int)Math.Max(1, Math.Min(PatchesPerBlock / patches, ElementsPerBlock / larger));
        _patches = new(() => MakePatches(Enumerable.Range(0, Rows.Windows), 0, Rows.Kernel));
        _forward = new(MakeForward);
        _inputGradient = new(MakeInputGradient);
        _weightGradientResults = new(() => [.. Enumerable.Range(0, PatchLength).Select(k => k * filters)]);
        _pixelGroups = new(() => PixelGroups.Best(this));
        _mirror = new(MakeMirror);
        _transposedKernel = new(MakeTransposedKernel);
    }

    /// <summary>The windows along the height.</summary>
    public WindowAxis Rows { get; }

    /// <summary>The windows along the width.</summary>
    public WindowAxis Columns { get; }

    /// <summary>Channels of the input.</summary>
    public int Channels { get; }

    /// <summary>Number of filters: the channels of the output.</summary>
    public int Filters { get; }

    /// <summary>Number of groups.</summary>
    public int Groups { get; }

    /// <summary>Channels that a filter sees.</summary>
    public int GroupChannels => Channels / Groups;

    /// <summary>Filters of a group.</summary>
    public int GroupFilters => Filters / Groups;

    /// <summary>Elements of the patch that a filter sees: the columns of W.</summary>
    public int PatchLength => Rows.Kernel * Columns.Kernel * GroupChannels;

    /// <summary>Number of weights: the elements of W.</summary>
    public int WeightCount => Filters * PatchLength;

    /// <summary>The input with its padding.</summary>
    public PaddedImage Input { get; }

    /// <summary>∂L/∂z with the margins, left and right, that the gradient of the input reads.</summary>
    public PaddedImage Output { get; }

    /// <summary>Number of samples that the tables are for; a block of fewer uses the first part of them.</summary>
    public int SamplesPerBlock { get; }

    /// <summary>All patches of the input.</summary>
    public PatchPhase Patches => _patches.Value;

    /// <summary>z from patches of the input.</summary>
    public PatchPass Forward => _forward.Value;

    /// <summary>The gradient of the input from patches of ∂L/∂z.</summary>
    public PatchPass InputGradient => _inputGradient.Value;

    /// <summary>The place of each element of a patch in the gradient of W, for the first filter.</summary>
    public int[] WeightGradientResults => _weightGradientResults.Value;

    /// <summary>A faster way to the same results for few filters; null where there is none.</summary>
    public PixelGroups? PixelGroups => _pixelGroups.Value;

    /// <summary>
    /// The convolution of ∂L/∂z, with channels and filters exchanged and mirrored kernels, that gives the gradient of
    /// the input; null where it is not faster than <see cref="InputGradient"/>, which does more: strides, for example.
    /// </summary>
    public ConvolutionGeometry? Mirror => _mirror.Value;

    /// <summary>
    /// The elements of the kernel, row · kernel width + column each, in the order in which the gradient of the input
    /// multiplies by their weights.
    /// </summary>
    public int[] TransposedKernel => _transposedKernel.Value;

    // How far beyond the output the windows of ∂L/∂z reach that the pixels of the input are in.
    private static (int Before, int After) OutputMargins(in WindowAxis axis) => (
        (int)Math.Max(0, (axis.Extent - 1 - axis.Before) / axis.Stride),
        (int)Math.Max(0, ((axis.Length - 1L + axis.Before) / axis.Stride) - (axis.Windows - 1)));

    private ConvolutionGeometry? MakeMirror()
    {
        if (Groups > 1 || Rows.Mirror is not { } rows || Columns.Mirror is not { } columns)
        {
            return null;
        }

        var mirror = new ConvolutionGeometry(rows, columns, Filters, Channels, groups: 1);
        return mirror.PixelGroups is null ? null : mirror;
    }

    private PatchPass MakeForward() => new(
        Input,
        (int)Output.ImageSize,
        Groups,
        GroupChannels,
        GroupFilters,
        WeightStep: Filters,
        WeightGroupStep: GroupFilters,
        SamplesPerBlock,
        [.. Enumerable.Range(0, Rows.Windows)
            .GroupBy(Rows.ElementsWithin)
            .Select(rows => MakePatches(rows, rows.Key.First, rows.Key.End))]);

    // The patches of some rows of the output, without the rows of the kernel before the first and from the end on.
    private PatchPhase MakePatches(IEnumerable<int> rows, int firstElement, int endElement)
    {
        List<int> places = [];
        List<int> results = [];
        int imageSize = Rows.Windows * Columns.Windows;
        for (int n = 0; n < SamplesPerBlock; n++)
        {
            foreach (int y in rows)
            {
                for (int x = 0; x < Columns.Windows; x++)
                {
                    places.Add((n * (int)Input.Size) + Input.Offset(y * Rows.Stride, x * Columns.Stride));
                    results.Add(((n * imageSize) + (y * Columns.Windows) + x) * Filters);
                }
            }
        }

        List<int> elements = [];
        for (int i = firstElement; i < endElement; i++)
        {
            for (int j = 0; j < Columns.Kernel; j++)
            {
                for (int c = 0; c < GroupChannels; c++)
                {
                    elements.Add(Input.Offset(i * Rows.Dilation, j * Columns.Dilation) + c);
                }
            }
        }

        int firstWeight = firstElement * Columns.Kernel * GroupChannels * Filters;
        return new([.. places], [.. elements], [.. results], firstWeight);
    }

    private int[] MakeTransposedKernel() => Mirror is null
        ? [.. AxisPhases().SelectMany(phase => phase.Rows.Elements.SelectMany(
            row => phase.Columns.Elements.Select(column => (row * Columns.Kernel) + column)))]
        : [.. Enumerable.Range(0, Rows.Kernel * Columns.Kernel).Reverse()];

    private IEnumerable<(AxisPhase Rows, AxisPhase Columns)> AxisPhases() =>
        from row in Enumerable.Range(0, Math.Min(Rows.Stride, Rows.Length))
        from column in Enumerable.Range(0, Math.Min(Columns.Stride, Columns.Length))
        select (new AxisPhase(Rows, row), new AxisPhase(Columns, column));

    private PatchPass MakeInputGradient()
    {
        List<PatchPhase> phases = [];
        int firstWeight = 0;
        foreach ((AxisPhase rows, AxisPhase columns) in AxisPhases())
        {
            foreach (IGrouping<(int First, int End), int> places in rows.Places.GroupBy(rows.ElementsOf))
            {
                phases.Add(MakePhase(rows, columns, places, places.Key, firstWeight));
            }

            firstWeight += rows.Elements.Count * columns.Elements.Count * GroupFilters * GroupChannels;
        }

        return new(
            Output,
            (int)Input.ImageSize,
            Groups,
            GroupFilters,
            GroupChannels,
            WeightStep: GroupChannels,
            WeightGroupStep: PatchLength * GroupFilters,
            SamplesPerBlock,
            [.. phases]);
    }

    private PatchPhase MakePhase(
        AxisPhase rows,
        AxisPhase columns,
        IEnumerable<int> rowPlaces,
        (int First, int End) rowElements,
        int firstWeight)
    {
        List<int> places = [];
        List<int> results = [];
        for (int n = 0; n < SamplesPerBlock; n++)
        {
            foreach (int y in rowPlaces)
            {
                foreach (int x in columns.Places)
                {
                    places.Add(
                        (n * (int)Output.Size)
                        + Output.Offset(rows.Position(y), Output.Left + columns.Position(x)));
                    results.Add((n * (int)Input.ImageSize) + (((y * Columns.Length) + x) * Channels));
                }
            }
        }

        List<int> elements = [];
        for (int i = rowElements.First; i < rowElements.End; i++)
        {
            foreach (int j in columns.Elements)
            {
                for (int f = 0; f < GroupFilters; f++)
                {
                    elements.Add(Output.Offset(rows.Distance(rows.Elements[i]), columns.Distance(j)) + f);
                }
            }
        }

        firstWeight += rowElements.First * columns.Elements.Count * GroupFilters * GroupChannels;
        return new([.. places], [.. elements], [.. results], firstWeight);
    }
}
