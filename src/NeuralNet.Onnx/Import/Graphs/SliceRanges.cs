namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>Reads the ranges of the operator Slice: attributes up to opset 9, inputs from 10 on.</summary>
internal static class SliceRanges
{
    /// <summary>The ranges; null where they are no constants.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="numbers">The whole numbers that are an input; null if it is no constant of them.</param>
    /// <exception cref="InvalidDataException">They contradict each other.</exception>
    public static IReadOnlyList<SliceRange>? Read(OnnxNode node, Func<int, IReadOnlyList<long>?> numbers)
    {
        bool areInputs = node.Inputs.Count > 1;
        IReadOnlyList<long>? starts = areInputs ? numbers(1) : node.Ints("starts");
        IReadOnlyList<long>? ends = areInputs ? numbers(2) : node.Ints("ends");
        if (starts is null || ends is null)
        {
            return areInputs ? null : throw node.Damaged("it has no 'starts' or no 'ends'");
        }

        IReadOnlyList<long>? axes = Optional(3, areInputs ? null : node.Ints("axes"), i => i);
        IReadOnlyList<long>? steps = Optional(4, null, _ => 1);
        if (axes is null || steps is null)
        {
            return null;
        }

        return ends.Count == starts.Count && axes.Count == starts.Count && steps.Count == starts.Count
            && !steps.Contains(0)
            ? [.. starts.Select((start, i) => new SliceRange(axes[i], start, ends[i], steps[i]))]
            : throw node.Damaged("its starts, ends, axes and steps do not fit each other");

        IReadOnlyList<long>? Optional(int index, IReadOnlyList<long>? attribute, Func<int, long> otherwise) =>
            attribute ?? (areInputs && node.Input(index) is not null
                ? numbers(index)
                : [.. Enumerable.Range(0, starts.Count).Select(otherwise)]);
    }
}
