using System.Numerics;

namespace NeuralNet.Layers;

/// <summary>The rows of an input that are numbers of categories: what layers that take such read of it.</summary>
internal static class CategoryRows
{
    /// <summary>For each row of a layer's input, whether it is the number of a category.</summary>
    public static bool[] Of<T>(Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool[] rows = new bool[layer.InputSize];
        Mark(layer, rows);
        return rows;
    }

    private static void Mark<T>(Layer<T> layer, Span<bool> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (layer)
        {
            case { TakesCategories: true }:
                rows.Fill(true);
                break;
            case PaddedSequences<T>:
                rows[^1] = true;
                Mark(layer.Children[0], rows[..^1]);
                break;
            case Branches<T>:
                foreach (Layer<T> branch in layer.Children)
                {
                    Mark(branch, rows);
                }

                break;
            case { Children: [{ ColumnsPerSample: > 1 } each] }
                when each.ColumnsPerSample * each.InputSize == rows.Length:
                for (int start = 0; start < rows.Length; start += each.InputSize)
                {
                    Mark(each, rows.Slice(start, each.InputSize));
                }

                break;
            case Sequence<T>:
                MarkSequence(layer.Children, rows);
                break;
        }
    }

    // Slices and reshapes pass numbers on as they are.
    private static void MarkSequence<T>(IReadOnlyList<Layer<T>> layers, Span<bool> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (Layer<T> layer in layers)
        {
            if (layer is Slice<T> slice)
            {
                rows = rows.Slice(slice.Start, slice.OutputSize);
            }
            else if (layer is not Reshape<T>)
            {
                Mark(layer, rows);
                return;
            }
        }
    }
}
