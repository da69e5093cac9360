namespace NeuralNet.LinearAlgebra;

/// <summary>
/// Two numbers of pixels, down and across: the size of a window, such as the kernel of a convolution, its stride or its
/// dilation.
/// </summary>
/// <remarks>
/// An <see cref="int"/> converts to a square, and a pair of them to height and width. Along a sequence, only the height
/// counts.
/// </remarks>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
public readonly record struct HeightWidth(int Height, int Width)
{
    /// <summary>As many rows as columns.</summary>
    /// <param name="side">Number of rows and of columns.</param>
    public static implicit operator HeightWidth(int side) => FromInt32(side);

    /// <summary>A height and a width.</summary>
    /// <param name="size">Number of rows, number of columns.</param>
    public static implicit operator HeightWidth((int Height, int Width) size) => FromValueTuple(size);

    /// <summary>As many rows as columns.</summary>
    /// <param name="side">Number of rows and of columns.</param>
    /// <returns>The size.</returns>
    public static HeightWidth FromInt32(int side) => new(side, side);

    /// <summary>A height and a width.</summary>
    /// <param name="size">Number of rows, number of columns.</param>
    /// <returns>The size.</returns>
    public static HeightWidth FromValueTuple((int Height, int Width) size) => new(size.Height, size.Width);

    /// <summary>The numbers as text.</summary>
    /// <returns>For example <c>5 × 3</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Height} × {Width}");
}
