namespace NeuralNet.LinearAlgebra;

/// <summary>
/// Rows and columns of zeros around an image, where windows may reach beyond it; along a sequence, steps before and
/// after it.
/// </summary>
/// <remarks>An <see cref="int"/> converts to that many on every side.</remarks>
/// <param name="Top">Rows above, or steps before.</param>
/// <param name="Bottom">Rows below, or steps after.</param>
/// <param name="Left">Columns to the left; of a sequence none.</param>
/// <param name="Right">Columns to the right; of a sequence none.</param>
public readonly record struct Padding(int Top, int Bottom, int Left, int Right)
{
    private readonly bool _isSame;

    private Padding(bool isSame)
        : this(0, 0, 0, 0) => _isSame = isSame;

    /// <summary>No padding: windows stay within the image.</summary>
    public static Padding Valid => default;

    /// <summary>
    /// As much padding as gives ⌈size/stride⌉ windows along each axis, so that with stride 1 the output has the size of
    /// the input. Where it is odd, the larger half is at the end, as in Keras and PyTorch.
    /// </summary>
    public static Padding Same { get; } = new(isSame: true);

    /// <summary>True if this is <see cref="Same"/>, which depends on the size of the image.</summary>
    public bool IsSame => _isSame;

    /// <summary>The same padding on every side; of a sequence, at both ends.</summary>
    /// <param name="all">Rows and columns on each side.</param>
    public static implicit operator Padding(int all) => FromInt32(all);

    /// <summary>A padding for each side.</summary>
    /// <param name="sides">Rows above and below, columns to the left and to the right.</param>
    public static implicit operator Padding((int Top, int Bottom, int Left, int Right) sides) =>
        FromValueTuple(sides);

    /// <summary>A padding for each side.</summary>
    /// <param name="sides">Rows above and below, columns to the left and to the right.</param>
    /// <returns>The padding.</returns>
    public static Padding FromValueTuple((int Top, int Bottom, int Left, int Right) sides) =>
        new(sides.Top, sides.Bottom, sides.Left, sides.Right);

    /// <summary>The same padding on every side; of a sequence, at both ends.</summary>
    /// <param name="all">Rows and columns on each side.</param>
    /// <returns>The padding.</returns>
    public static Padding FromInt32(int all) => new(all, all, all, all);

    /// <summary>The numbers as text.</summary>
    /// <returns><c>same</c>, or for example <c>1, 1, 2, 2</c>: top, bottom, left, right.</returns>
    public override string ToString() =>
        IsSame ? "same" : FormattableString.Invariant($"{Top}, {Bottom}, {Left}, {Right}");
}
