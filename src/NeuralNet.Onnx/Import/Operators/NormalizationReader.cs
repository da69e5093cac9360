using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads normalizations.</summary>
internal static class NormalizationReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GraphValue BatchNormalization(OperatorCall call, LayerChain<T> layers)
    {
        OnnxNode node = call.Node;
        call.RequireKnown();
        call.RequireFirstInput();
        call.RequireSingleResult();
        if (node.Int("training_mode", 0) != 0)
        {
            throw node.Refuse("it is in training mode, in which a prediction depends on the other samples");
        }

        FeatureSet features = call.Features(layers, [1], call.Vector(1).Count);
        double[][] vectors = [.. Enumerable.Range(1, 4).Select(call.Parameters)];
        if (Array.Exists(vectors, vector => vector.Length != vectors[0].Length))
        {
            throw node.Damaged("its scale, bias, mean and variance differ in length");
        }

        double momentum = Momentum(node);
        layers.Add(LayerPlans<T>.BatchNormalization(
            node, features, vectors, momentum, node.Float("epsilon", 1e-5)));
        return call.Result;
    }

    public static GraphValue LayerNormalization(OperatorCall call, LayerChain<T> layers)
    {
        OnnxNode node = call.Node;
        call.RequireKnown();
        call.RequireFirstInput();
        call.RequireSingleResult();
        int dimension = call.Dimension(node.Int("axis", -1));
        int[] dimensions = [.. Enumerable.Range(dimension, (call.Value.Rank ?? 2) - dimension)];
        FeatureSet features = call.Features(layers, dimensions, call.Vector(1).Count);
        double[] gamma = call.Parameters(1);
        double[] beta = node.Input(2) is null ? new double[gamma.Length] : call.Parameters(2);
        if (beta.Length != gamma.Length)
        {
            throw node.Damaged(
                $"it has {Quantity.Of(gamma.Length, "scale")} but {Quantity.Of(beta.Length, "bias", "biases")}");
        }

        layers.Add(LayerPlans<T>.LayerNormalization(
            node, features, gamma, beta, node.Float("epsilon", 1e-5)));
        return call.Result;
    }

    // ONNX gives the share of the running mean that stays, the library that of the new one that comes in.
    private static double Momentum(OnnxNode node)
    {
        const double Default = 0.1;
        double momentum = 1 - node.Float("momentum", 0.9);
        if (!(momentum is > 0 and <= 1))
        {
            // It matters to training only, and this one means never to learn.
            momentum = Default;
        }

        // 1 − 0.9 is not quite 0.1.
        return Math.Round(momentum, 7) is > 0 and double rounded ? rounded : momentum;
    }
}
