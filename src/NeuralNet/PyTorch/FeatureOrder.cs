using NeuralNet.LinearAlgebra;

namespace NeuralNet.PyTorch;

/// <summary>
/// The order of the features of a flat row on both sides. It is made of blocks that lie one behind the other: in one of
/// positions × channels, channels are the fastest here, and positions are in PyTorch.
/// </summary>
internal sealed class FeatureOrder
{
    private readonly (int Positions, int Channels)[] _blocks;

    private FeatureOrder((int Positions, int Channels)[] blocks)
    {
        _blocks = blocks;
        IsSame = Array.TrueForAll(blocks, block => block.Positions == 1 || block.Channels == 1);
    }

    /// <summary>Whether both sides have the same order.</summary>
    public bool IsSame { get; }

    /// <summary>The order of features that are the same on both sides.</summary>
    public static FeatureOrder Same(int size) => new([(1, size)]);

    /// <summary>The order of an image or a sequence that PyTorch flattens.</summary>
    public static FeatureOrder Flattened(FeatureShape shape) => Block(shape.Positions, shape.Channels);

    /// <summary>The order of a block of positions × channels.</summary>
    public static FeatureOrder Block(int positions, int channels) => new([(positions, channels)]);

    /// <summary>The order of rows that lie one behind the other.</summary>
    public static FeatureOrder Joined(IEnumerable<FeatureOrder> parts) =>
        new([.. parts.SelectMany(part => part._blocks)]);

    /// <summary>The order of a range of the features; null if it begins or ends within a block.</summary>
    public FeatureOrder? Range(int start, int size)
    {
        if (IsSame)
        {
            return Same(size);
        }

        List<(int Positions, int Channels)> inside = [];
        int at = 0;
        foreach ((int positions, int channels) in _blocks)
        {
            if (at >= start && at + (positions * channels) <= start + size)
            {
                inside.Add((positions, channels));
            }

            at += positions * channels;
        }

        return inside.Sum(block => block.Positions * block.Channels) == size ? new([.. inside]) : null;
    }

    /// <summary>For each place in PyTorch, the place here.</summary>
    public int[] ToPlacesHere()
    {
        int[] places = new int[_blocks.Sum(block => block.Positions * block.Channels)];
        int start = 0;
        foreach ((int positions, int channels) in _blocks)
        {
            for (int c = 0; c < channels; c++)
            {
                for (int p = 0; p < positions; p++)
                {
                    places[start + (c * positions) + p] = start + (p * channels) + c;
                }
            }

            start += positions * channels;
        }

        return places;
    }
}
