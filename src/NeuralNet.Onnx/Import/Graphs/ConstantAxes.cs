namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>Takes axes of size 1 from a constant or gives it some.</summary>
internal static class ConstantAxes
{
    /// <summary>The result of Squeeze or Unsqueeze; null where its elements cannot be read in that way.</summary>
    /// <param name="node">The node.</param>
    /// <param name="source">The constant.</param>
    /// <param name="axes">The axes; none stands for all of size 1.</param>
    public static ConstantTensor? Change(OnnxNode node, ConstantTensor source, long[] axes)
    {
        bool adds = node.Operation == "Unsqueeze";
        int rank = source.Dimensions.Count + (adds ? axes.Length : 0);
        long[] places = [.. axes.Select(axis => axis < 0 ? axis + rank : axis).Distinct()];
        if (rank > ConstantTensor.MostDimensions)
        {
            return null;
        }

        if (places.Length < axes.Length || Array.Exists(places, place => place < 0 || place >= rank))
        {
            throw node.Damaged($"it has the axes [{string.Join(", ", axes)}] for {source}");
        }

        if (adds)
        {
            var rest = new Queue<long>(source.Dimensions);
            return source.Reshaped(
                node.Output,
                [.. Enumerable.Range(0, rank).Select(d => places.Contains(d) ? 1 : rest.Dequeue())]);
        }

        long[] kept = [.. source.Dimensions.Where((size, d) => axes.Length == 0 ? size != 1 : !places.Contains(d))];
        return Array.TrueForAll(places, place => source.Dimensions[(int)place] == 1)
            ? source.Reshaped(node.Output, kept)
            : throw node.Damaged($"it takes the axes [{string.Join(", ", axes)}] from {source}");
    }
}
