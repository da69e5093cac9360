using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.Regularization;

namespace NeuralNet.Kinds;

/// <content>Gates, and layers that keep a network from learning its samples by heart.</content>
internal static partial class BuiltInLayers<T>
{
    private static Func<GatedLinearUnit<T>> GatedLinearUnit(LayerSettings<T, GatedLinearUnit<T>> s)
    {
        IActivation gate = s.Activation("gate", layer => layer.Gate);
        return () => new(s.InputShape, gate);
    }

    private static Func<GaussianNoise<T>> GaussianNoise(LayerSettings<T, GaussianNoise<T>> s)
    {
        double deviation = s.Number("deviation", layer => layer.Deviation);
        return () => new(s.InputShape, deviation);
    }

    private static Func<AlphaDropout<T>> AlphaDropout(LayerSettings<T, AlphaDropout<T>> s)
    {
        double rate = s.Number("rate", layer => layer.Rate);
        return () => new(s.InputShape, rate);
    }

    private static Func<ActivityPenalty<T>> ActivityPenalty(LayerSettings<T, ActivityPenalty<T>> s)
    {
        IPenalty penalty = s.Penalty("penalty", layer => layer.Penalty);
        return () => new(s.InputShape, penalty);
    }

    private static Func<WeightNormalization<T>> WeightNormalization(LayerSettings<T, WeightNormalization<T>> s)
    {
        IReadOnlyList<Layer<T>> layers = s.Layers("layers", layer => layer.Children);
        IActivation activation = s.Activation("activation", layer => layer.Activation!);
        bool biases = s.Flag("biases", layer => layer.Biases is not null);
        int outputs = layers is [{ Parameters: [Parameter<T> weights, ..] }] ? weights.Rows : 0;
        s.RequireTensor("gains", outputs);
        if (biases)
        {
            s.RequireTensor("biases", outputs);
        }

        return () => layers is [Layer<T> inner]
            ? new(inner, activation, biases)
            : throw new ArgumentException("A weight normalization takes one layer.", nameof(s));
    }
}
