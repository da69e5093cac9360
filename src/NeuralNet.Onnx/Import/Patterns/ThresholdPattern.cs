using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>Thresholded ReLU as a choice: x where it is above a threshold, else 0.</summary>
internal sealed class ThresholdPattern<T>(ModelGraph graph) : IPattern<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public PatternMatch<T>? Find(string value, IReadOnlySet<OnnxNode> done)
    {
        foreach (OnnxNode comparison in graph.Consumers(value))
        {
            if (comparison is { Operation: "LessOrEqual" or "Greater" } && !done.Contains(comparison)
                && comparison.Input(0) == value
                && graph.Number(comparison.Input(1)) is double threshold
                && graph.OnlyConsumer(comparison.Output) is { Operation: "Where" } choice
                && choice.Input(0) == comparison.Output
                && choice.Input(comparison.Operation == "Greater" ? 1 : 2) == value
                && graph.Number(choice.Input(comparison.Operation == "Greater" ? 2 : 1)) == 0)
            {
                return new([comparison, choice], call =>
                {
                    call.Activate(call.Node.Checked(() => new ThresholdedReLU(threshold)));
                    return call.Result;
                });
            }
        }

        return null;
    }
}
