using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>
/// An axis along which the numbers of a value lie: that of the samples, or one of features, such as the channels of an
/// image, which is never of size 1.
/// </summary>
internal sealed class Axis
{
    /// <summary>
    /// The most numbers of a sample: more than networks of practice have, and few enough that several fit in memory.
    /// </summary>
    public const int MostNumbers = 1 << 26;

    private const int OpenSize = -1;

    private (Axis Slower, Axis Faster)? _parts;

    private Axis(int size) => Size = size;

    /// <summary>The axis of the samples.</summary>
    public static Axis Samples { get; } = new(OpenSize);

    /// <summary>The number of places along the axis; −1 as long as it is open.</summary>
    public int Size { get; private set; }

    /// <summary>True if the file does not say how many places there are, and nothing has decided it yet.</summary>
    public bool IsOpen => Size == OpenSize;

    /// <summary>True if layers for images have it as their channels.</summary>
    public bool IsOfChannels { get; private set; }

    /// <summary>The axes that it has been divided into, the slowest first; itself as long as it is whole.</summary>
    public IEnumerable<Axis> Parts => Size == 1 ? []
        : _parts is ({ } slower, { } faster) ? slower.Parts.Concat(faster.Parts) : [this];

    /// <summary>An axis of features of a size, or of open size if it is −1; none for size 1.</summary>
    public static Axis[] Of(long size) => size == 1 ? [] : [new((int)size)];

    /// <summary>The product of the sizes of axes of features; −1 if one is open.</summary>
    public static int Product(IEnumerable<Axis> axes)
    {
        int product = 1;
        foreach (Axis axis in axes.SelectMany(axis => axis.Parts))
        {
            if (axis.IsOpen)
            {
                return OpenSize;
            }

            product *= axis.Size;
        }

        return product;
    }

    /// <summary>The shape that has a dimension for each axis, or is flat if they are none or too many.</summary>
    public static FeatureShape Shape(IReadOnlyCollection<Axis> axes) => axes.Count is > 0 and <= FeatureShape.MaxRank
        ? new FeatureShape([.. axes.Select(axis => axis.Size)])
        : Product(axes);

    /// <summary>Divides the axis in two, for all who hold it.</summary>
    /// <param name="slower">The size of the slower part, a divisor.</param>
    public void Divide(int slower) => _parts = (new(slower), new(Size / slower));

    /// <summary>Decides the size of an open axis, for all who hold it.</summary>
    public void Resolve(int size) => Size = size;

    /// <summary>Marks axes as those of channels.</summary>
    public static T OfChannels<T>(T axes)
        where T : IEnumerable<Axis>
    {
        foreach (Axis axis in axes)
        {
            axis.IsOfChannels = true;
        }

        return axes;
    }

    /// <summary>
    /// Divides axes so that two rows of them, whose products are the same, have the same sizes.
    /// </summary>
    /// <returns>False where their borders do not fit into each other.</returns>
    public static bool Align(IReadOnlyList<Axis> first, IReadOnlyList<Axis> second)
    {
        if (Product(first) != Product(second) || Product(first) < 0)
        {
            return false;
        }

        while (true)
        {
            Axis[] left = [.. first.SelectMany(axis => axis.Parts)];
            Axis[] right = [.. second.SelectMany(axis => axis.Parts)];
            int at = 0;
            while (at < left.Length && at < right.Length && left[at].Size == right[at].Size)
            {
                at++;
            }

            if (at == left.Length || at == right.Length)
            {
                return at == left.Length && at == right.Length;
            }

            bool isLeftLarger = left[at].Size > right[at].Size;
            (Axis larger, Axis smaller) = isLeftLarger ? (left[at], right[at]) : (right[at], left[at]);
            if (larger.Size % smaller.Size != 0)
            {
                return false;
            }

            larger.Divide(smaller.Size);
        }
    }
}
