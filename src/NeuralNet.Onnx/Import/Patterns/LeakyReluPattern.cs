using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>Leaky ReLU as tf2onnx writes it: max(x, slope·x).</summary>
internal sealed class LeakyReluPattern<T>(ModelGraph graph) : IPattern<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public PatternMatch<T>? Find(string value, IReadOnlySet<OnnxNode> done)
    {
        foreach (OnnxNode scaled in graph.Consumers(value))
        {
            if (scaled is { Operation: "Mul", Inputs.Count: 2 } && !done.Contains(scaled)
                && graph.Number(scaled.Input(scaled.Input(0) == value ? 1 : 0)) is >= 0 and < 1 and double slope
                && graph.OnlyConsumer(scaled.Output) is { Operation: "Max", Inputs.Count: 2 } maximum
                && maximum.Inputs.Contains(value))
            {
                return new([scaled, maximum], call =>
                {
                    call.Activate(new LeakyReLU(slope));
                    return call.Result;
                });
            }
        }

        return null;
    }
}
