using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Operators;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>An activation of several operators, known by its formula.</summary>
internal sealed class ActivationPattern<T>(ModelGraph graph) : IPattern<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FormulaReader _formulas = new(graph);

    public PatternMatch<T>? Find(string value, IReadOnlySet<OnnxNode> done) =>
        _formulas.Find(value, done) is (KnownActivation known, var nodes)
            ? new(nodes, call => Read(call, known))
            : null;

    private static SampleValue<T>? Read(OperatorCall<T> call, KnownActivation known)
    {
        if (known.Activation is Softmax or LogSoftmax)
        {
            // Only over all features is it a layer; the axis of the softmax is that of the features there.
            if (!call.Value.Layout.IsFlat)
            {
                return null;
            }

            call.RequireKnown();
        }

        call.Multiply(known.InputFactor);
        call.Activate(known.Activation);
        call.Multiply(known.OutputFactor);
        return call.Result;
    }
}
