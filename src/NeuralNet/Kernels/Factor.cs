using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// A factor of a product in the order in which it is read: the element in line l at depth d is Origin[l·LineStep +
/// d·DepthStep].
/// </summary>
/// <remarks>
/// The lines of the left factor are its rows and those of the right factor its columns; the depth is the dimension
/// the product sums over. Seen this way, both factors are the same thing, and a transposed one only swaps the steps.
/// One of the steps is 1.
/// </remarks>
internal readonly unsafe struct Factor<T>(T* origin, int lines, int depth, nint lineStep, nint depthStep)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The element in line 0 at depth 0.</summary>
    public T* Origin { get; } = origin;

    /// <summary>Number of lines.</summary>
    public int Lines { get; } = lines;

    /// <summary>Elements per line.</summary>
    public int Depth { get; } = depth;

    /// <summary>Distance from one line to the next.</summary>
    public nint LineStep { get; } = lineStep;

    /// <summary>Distance from one depth to the next.</summary>
    public nint DepthStep { get; } = depthStep;

    /// <summary>Returns the address of an element.</summary>
    public T* At(int line, int depth) => Origin + (line * LineStep) + (depth * DepthStep);

    /// <summary>A part of the factor.</summary>
    public Factor<T> Part(int firstLine, int lines, int firstDepth, int depth) =>
        new(At(firstLine, firstDepth), lines, depth, LineStep, DepthStep);
}
