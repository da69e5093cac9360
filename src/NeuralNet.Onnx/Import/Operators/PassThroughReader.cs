using System.Numerics;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads operators that do not change a value in prediction.</summary>
internal static class PassThroughReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Before, the rate was an attribute.
    private const int RatioIsInputSince = 12;

    public static GraphValue Identity(OperatorCall<T> call) => call.Result;

    public static GraphValue Cast(OperatorCall<T> call)
    {
        long to = call.Node.Int("to", 0);
        return to is ElementKind.Float or ElementKind.Double
            ? call.Result
            : throw call.Node.Refuse(
                $"it makes {ElementKind.Name(to)} of the values; a network calculates in float or double");
    }

    /// <summary>A cast to the type of another value; all values of a network have one type.</summary>
    public static GraphValue CastLike(OperatorCall<T> call) =>
        call.Node.Input(0) == call.Value.Name
            && call.Graph.Constant(call.Node.Input(1)) is null or { IsInteger: false }
            ? call.Result
            : throw call.Node.Refuse("it makes whole numbers of the values; a network calculates in float or double");

    /// <summary>Refuses operators for missing values, which a network does not take.</summary>
    public static GraphValue Missing(OperatorCall<T> call) => throw call.Node.Refuse(
        "it is for missing values, which no layer replaces: Pipeline.LoadOnnx reads it where it replaces NaN directly "
        + "behind an input; else leave it out when exporting, and give an Imputation to Pipeline.Create");

    public static GraphValue Dropout(OperatorCall<T> call)
    {
        call.RequireFirstInput();
        call.RequireSingleResult();
        double rate = call.Node.Float("ratio", 0.5);
        if (call.Graph.Opset >= RatioIsInputSince)
        {
            rate = call.Node.Input(1) is null ? 0.5 : call.Number(1);
            if (call.Node.Input(2) is { } mode && call.Graph.Integer(mode) != 0)
            {
                throw call.Node.Refuse(
                    "its 'training_mode' is not false, so that it drops numbers when predicting; export the model for "
                    + "inference");
            }
        }

        call.Add(LayerPlans<T>.Dropout(call.Node, rate));
        return call.Result;
    }
}
