using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.LinearAlgebra;

/// <summary>
/// The shape in which the rows of a sample are read: (features), (steps, features) or (height, width, channels).
/// </summary>
/// <remarks>
/// <para>
/// A shape is a reading of rows and nothing more: whatever its shape, a sample stays one column of a matrix, with
/// <see cref="Size"/> rows. The last dimension is the fastest: the element (y, x, c) of an image stands in row
/// (y·width + x)·channels + c, as in the memory of .NET's images and of channels-last arrays elsewhere.
/// </para>
/// <para>An <see cref="int"/> converts to the flat shape of that many features.</para>
/// </remarks>
/// <example><code>
/// var image = new FeatureShape(28, 28, 1);    // height, width, channels: 784 rows
/// FeatureShape flat = 784;
/// </code></example>
public sealed class FeatureShape : IEquatable<FeatureShape>
{
    /// <summary>The most dimensions that a shape may have.</summary>
    public const int MaxRank = 8;

    private readonly int[] _dimensions;

    /// <summary>Makes a shape from its dimensions, the slowest first.</summary>
    /// <param name="dimensions">For example height, width and channels; each at least 1.</param>
    /// <exception cref="ArgumentException">There are no dimensions, or more than <see cref="MaxRank"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A dimension is below 1, or the shape has more than <see cref="int.MaxValue"/> elements.
    /// </exception>
    public FeatureShape(params ReadOnlySpan<int> dimensions)
    {
        if (dimensions.Length is 0 or > MaxRank)
        {
            throw new ArgumentException(
                $"A shape has 1 to {MaxRank} dimensions, but {dimensions.Length} were given.", nameof(dimensions));
        }

        long size = 1;
        foreach (int dimension in dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1, nameof(dimensions));
            size *= dimension;
            if (size > int.MaxValue)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(dimensions), $"The shape {Text(dimensions)} has more elements than can be counted.");
            }
        }

        _dimensions = dimensions.ToArray();
        Dimensions = Array.AsReadOnly(_dimensions);
        Size = (int)size;
    }

    /// <summary>Number of elements: the rows of a sample.</summary>
    public int Size { get; }

    /// <summary>Number of dimensions.</summary>
    public int Rank => _dimensions.Length;

    /// <summary>The dimensions, the slowest first.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>
    /// The last dimension: the channels of an image, the features of a step, or all features of a flat shape.
    /// </summary>
    public int Channels => _dimensions[^1];

    /// <summary>
    /// Number of places that have channels each: height × width of an image, the steps of a sequence, 1 of a flat
    /// shape.
    /// </summary>
    public int Positions => Size / Channels;

    /// <summary>Whether the shape has one dimension.</summary>
    public bool IsFlat => _dimensions.Length == 1;

    /// <summary>One dimension.</summary>
    /// <param name="index">Its place, from zero, the slowest first.</param>
    public int this[int index] => _dimensions[index];

    /// <summary>The flat shape of a number of features.</summary>
    /// <param name="features">Number of features, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static implicit operator FeatureShape(int features) => FromInt32(features);

    /// <summary>The flat shape of a number of features.</summary>
    /// <param name="features">Number of features, at least 1.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static FeatureShape FromInt32(int features) =>
        features >= 1
            ? new(features)
            : throw new ArgumentOutOfRangeException(
                nameof(features), features, "A sample has at least 1 feature; a size below 1 is none.");

    /// <summary>Whether two shapes have the same dimensions.</summary>
    /// <param name="left">A shape, or null.</param>
    /// <param name="right">Another.</param>
    public static bool operator ==(FeatureShape? left, FeatureShape? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether two shapes differ in a dimension.</summary>
    /// <param name="left">A shape, or null.</param>
    /// <param name="right">Another.</param>
    public static bool operator !=(FeatureShape? left, FeatureShape? right) => !(left == right);

    /// <summary>Replaces the last dimension.</summary>
    /// <param name="channels">The new last dimension, at least 1.</param>
    /// <returns>The shape with the same positions and the new channels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number is below 1, or the shape has more than <see cref="int.MaxValue"/> elements.
    /// </exception>
    public FeatureShape WithChannels(int channels) => new([.. _dimensions.AsSpan()[..^1], channels]);

    /// <summary>
    /// Whether rows of this shape can be read as another: the shapes are equal, or the sizes are and one of them is
    /// flat.
    /// </summary>
    /// <param name="other">The other shape.</param>
    /// <returns>True if they can.</returns>
    public bool CanBeReadAs(FeatureShape other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Equals(other) || (Size == other.Size && (IsFlat || other.IsFlat));
    }

    /// <inheritdoc/>
    public bool Equals(FeatureShape? other) =>
        other is not null && _dimensions.AsSpan().SequenceEqual(other._dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureShape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int dimension in _dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }

    /// <summary>The number of features, with the dimensions where there are several.</summary>
    /// <returns>For example <c>784 features (28 × 28 × 1)</c>.</returns>
    internal string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Of(Size, "feature")}{(IsFlat ? "" : $" ({this})")}");

    /// <summary>The dimensions as text.</summary>
    /// <returns>For example <c>28 × 28 × 1</c>.</returns>
    public override string ToString() => Text(_dimensions);

    private static string Text(ReadOnlySpan<int> dimensions)
    {
        string[] texts = new string[dimensions.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = dimensions[i].ToString(CultureInfo.InvariantCulture);
        }

        return string.Join(" × ", texts);
    }
}
