using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <summary>
/// Reads a shape as an image, (height, width, channels). A sequence, (steps, features), is an image of width 1.
/// </summary>
internal static class ImageShape
{
    // Of pictures: grey, colours, and colours with transparency.
    private const int MostChannels = 4;

    /// <summary>Rows and columns of an image; of a sequence, the steps and 1.</summary>
    /// <exception cref="ArgumentException">The shape is neither.</exception>
    public static HeightWidth Size(FeatureShape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        return inputShape.Rank is 2 or 3
            ? new(inputShape[0], inputShape.Rank == 3 ? inputShape[1] : 1)
            : throw new ArgumentException(
                $"The input must be an image, height × width × channels, or a sequence, steps × features, but it is "
                + $"{inputShape}. Create the network with such a FeatureShape, or reshape before.",
                nameof(inputShape));
    }

    /// <summary>
    /// The advice for the end of a message about an image that is too small, where its channels seem to stand first;
    /// empty otherwise.
    /// </summary>
    public static string AdviceOnChannels(FeatureShape shape) =>
        shape.Rank == 3 && shape[0] <= MostChannels && shape[1] > MostChannels
            ? " Shapes are height × width × channels, such as new FeatureShape(28, 28, 1): of data whose channels come "
                + "first, as in PyTorch, the first layer makes such images by Permute(1, 2, 0)."
            : "";

    /// <summary>
    /// Whether the shape is hardly meant as height, width and channels: a picture of a few rows with as many channels
    /// as columns is one whose channels stand first.
    /// </summary>
    public static bool HasChannelsFirst(FeatureShape shape) =>
        shape.Rank == 3 && (shape[0] is 1 or 3 or MostChannels)
        && shape[1] == shape[2] && shape[1] > MostChannels;

    /// <summary>The shape of an image, or, with two dimensions, of a sequence.</summary>
    /// <param name="height">Rows, or steps.</param>
    /// <param name="width">Columns, or 1.</param>
    /// <param name="channels">Elements of a pixel or a step.</param>
    /// <param name="rank">Number of dimensions.</param>
    /// <param name="name">The parameter that made it so large.</param>
    /// <exception cref="ArgumentOutOfRangeException">It has more elements than can be counted.</exception>
    public static FeatureShape Of(long height, long width, int channels, int rank, string name)
    {
        if (Math.Max(height, width) > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                name, $"The output would be {height} × {width} × {channels}, more elements than can be counted.");
        }

        return rank == 2 ? new((int)height, channels) : new((int)height, (int)width, channels);
    }

    /// <summary>Requires a height and a width that are not below a least one.</summary>
    public static void RequireAtLeast(
        HeightWidth size, int least, [CallerArgumentExpression(nameof(size))] string name = "") =>
        Require.AtLeast(Math.Min(size.Height, size.Width), least, name);

    /// <summary>Requires a padding that is not negative on any side.</summary>
    public static void RequireNotNegative(Padding padding) => Require.AtLeast(
        Math.Min(Math.Min(padding.Top, padding.Bottom), Math.Min(padding.Left, padding.Right)), 0, nameof(padding));
}
