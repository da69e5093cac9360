using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// Reads operators that a network does not compute: decisions, draws, and what is done with their results. They are
/// followed, so that an output behind them leads to the numbers that they are made from.
/// </summary>
internal static class NotComputed<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // What exporters do with a label or a masked value without computing anything that a network ends in.
    private static readonly HashSet<string> _passing = new(StringComparer.Ordinal)
    {
        "Identity", "Cast", "CastLike", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Gather", "Not",
        "ArgMax", "Multinomial", "Softmax", "LogSoftmax",
        "ai.onnx.ml.ArrayFeatureExtractor", "ai.onnx.ml.LabelEncoder", "ai.onnx.ml.ZipMap",
    };

    /// <summary>The value that an operator gives; null if it is one that the network computes.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="taken">The values that it takes, without constants.</param>
    /// <exception cref="NotSupportedException">It does more with a decision than to pass it on.</exception>
    public static GraphValue? Read(OnnxNode node, GraphValue[] taken)
    {
        switch (node.Operation)
        {
            case "ArgMax" or "ArgMin" or "Multinomial" or "Bernoulli" or "ai.onnx.ml.Binarizer" or "Greater"
                or "GreaterOrEqual" or "Less" or "LessOrEqual" or "Equal"
                when taken is [SampleValue<T> basis]:
                return new DecisionValue<T>(node.Output, basis, basis.Name);
            case "RandomNormalLike" or "RandomUniformLike" or "RandomNormal" or "RandomUniform":
                return new NoiseValue(node.Output);
        }

        if (Array.Exists(taken, value => value is NoiseValue))
        {
            return taken switch
            {
                [NoiseValue] => new NoiseValue(node.Output),
                [NoiseValue, _] or [_, NoiseValue] when node.Operation == "Mul" => new NoiseValue(node.Output),
                [SampleValue<T> mean, NoiseValue] when node.Operation == "Add" =>
                    new DecisionValue<T>(node.Output, mean, mean.Name) { IsDraw = true },
                [NoiseValue, SampleValue<T> mean] when node.Operation == "Add" =>
                    new DecisionValue<T>(node.Output, mean, mean.Name) { IsDraw = true },
                _ => throw node.Refuse("it takes random numbers, which a network that predicts has not"),
            };
        }

        if (node.Operation == "Where")
        {
            // A mask that is an input chooses between a value and a constant.
            return taken is [DecisionValue<T> { Basis: { IsInput: true } mask }, SampleValue<T> chosen]
                && mask.Name != chosen.Name && node.Input(0) == taken[0].Name
                ? new DecisionValue<T>(node.Output, chosen, chosen.Name)
                : throw node.Refuse("it chooses between values, which no layer does");
        }

        return taken.OfType<DecisionValue<T>>().ToArray() switch
        {
            [] => null,
            [DecisionValue<T> decision] when taken.Length == 1 && _passing.Contains(node.Operation) =>
                decision with { Name = node.Output },
            _ => throw node.Refuse("it computes with a decision, such as a label or a draw, which a network does not"),
        };
    }
}
