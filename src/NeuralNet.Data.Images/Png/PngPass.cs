namespace NeuralNet.Data.Images.Png;

/// <summary>Pixels of a PNG image that are stored together: all of them, or one pass of an interlaced image.</summary>
/// <param name="FirstRow">The row of the first of them.</param>
/// <param name="FirstColumn">The column of the first of them.</param>
/// <param name="RowStep">Rows from one to the next.</param>
/// <param name="ColumnStep">Columns from one to the next.</param>
internal readonly record struct PngPass(int FirstRow, int FirstColumn, int RowStep, int ColumnStep)
{
    private static readonly PngPass[] _whole = [new(0, 0, 1, 1)];

    private static readonly PngPass[] _adam7 =
    [
        new(0, 0, 8, 8), new(0, 4, 8, 8), new(4, 0, 8, 4), new(0, 2, 4, 4), new(2, 0, 4, 2), new(0, 1, 2, 2),
        new(1, 0, 2, 1),
    ];

    /// <summary>The passes of an image, in order.</summary>
    public static IReadOnlyList<PngPass> Of(PngHeader header) => header.IsInterlaced ? _adam7 : _whole;

    /// <summary>Rows of an image that have pixels of this pass.</summary>
    public int Rows(PngHeader header) => Count(header.Rows, FirstRow, RowStep);

    /// <summary>Columns of an image that have pixels of this pass.</summary>
    public int Columns(PngHeader header) => Count(header.Columns, FirstColumn, ColumnStep);

    private static int Count(int size, int first, int step) => Math.Max(0, (size - first + step - 1) / step);
}
