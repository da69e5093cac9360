using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads operators that do not change a value in prediction.</summary>
internal static class PassThroughReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Before, the rate was an attribute.
    private const int RatioIsInputSince = 12;

    public static GraphValue Identity(OperatorCall call, LayerChain<T> layers) => call.Result;

    public static GraphValue Cast(OperatorCall call, LayerChain<T> layers)
    {
        long to = call.Node.Int("to", 0);
        return to is ElementKind.Float or ElementKind.Double
            ? call.Result
            : throw call.Node.Refuse(
                $"it makes {ElementKind.Name(to)} of the values; a network calculates in float or double");
    }

    public static GraphValue Dropout(OperatorCall call, LayerChain<T> layers)
    {
        call.RequireFirstInput();
        call.RequireSingleResult();
        double rate = call.Node.Float("ratio", 0.5);
        if (call.Graph.Opset >= RatioIsInputSince)
        {
            rate = call.Node.Input(1) is null ? 0.5 : call.Number(1);
        }

        // Whatever the file says, a network that predicts drops nothing.
        layers.Add(LayerPlans<T>.Dropout(call.Node, rate));
        return call.Result;
    }
}
