using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>An activation of several operators, known by its formula.</summary>
internal sealed class ActivationPattern<T>(ModelGraph graph) : IPattern<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FormulaReader _formulas = new(graph);

    public GraphValue? Read(GraphValue value, string end, LayerChain<T> layers)
    {
        if (_formulas.Find(value.Name, end) is not (IActivation activation, string result)
            || (activation is Softmax or LogSoftmax && !value.IsFlat))
        {
            return null;
        }

        layers.Activate(graph.Consumers(value.Name)[0], activation);
        return value.Mapped(result);
    }
}
