using System.Numerics;
using NeuralNet.Layers;

namespace NeuralNet.Kinds;

/// <summary>
/// The layers of the library, each with its settings. What a layer takes memory for is first looked up among the tensors
/// of the file.
/// </summary>
internal static class BuiltInLayers
{
    public static IEnumerable<Kind<T>> Kinds<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        Layer<T, Dense<T>>("dense", WriteDense, ReadDense),
        Layer<T, ActivationLayer<T>>(
            "activation",
            (layer, s) => s.Activation("activation", layer.Activation),
            s => new(s.InputSize, s.Activation("activation"))),
        Layer<T, Dropout<T>>("dropout", (layer, s) => s.Number("rate", layer.Rate), s => new(s.InputSize, s.Number("rate"))),
        Layer<T, PReLU<T>>(
            "prelu",
            (layer, s) => s.Flag("slopePerFeature", layer.Slopes.Count == layer.InputSize),
            ReadPReLU),
        Layer<T, BatchNormalization<T>>(
            "batchNormalization",
            (layer, s) => s.Number("momentum", layer.Momentum).Number("epsilon", layer.Epsilon),
            ReadBatchNormalization),
        Layer<T, LayerNormalization<T>>(
            "layerNormalization",
            (layer, s) => s.Number("epsilon", layer.Epsilon),
            ReadLayerNormalization),
        Layer<T, Residual<T>>("residual", (layer, s) => s.Layers("layers", layer.Body.Children), s => new(s.Layers("layers"))),
    ];

    private static Kind<T> Layer<T, TLayer>(string kind, Action<TLayer, SettingsWriter<T>> write, Func<SettingsReader<T>, TLayer> read)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLayer : Layer<T> => Kind<T>.Of(KindRole.Layer, kind, write, read);

    private static void WriteDense<T>(Dense<T> layer, SettingsWriter<T> s)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        s.Integer("outputSize", layer.OutputSize)
            .Activation("activation", layer.Activation)
            .Penalty("weightPenalty", layer.Weights.Penalty)
            .Constraint("weightConstraint", layer.Weights.Constraint);

    private static Dense<T> ReadDense<T>(SettingsReader<T> s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int outputSize = s.Size("outputSize");
        s.RequireMatrix("weights", outputSize, s.InputSize);
        s.RequireVector("biases", outputSize);
        return new(
            s.InputSize,
            outputSize,
            s.Activation("activation"),
            weightPenalty: s.Has("weightPenalty") ? s.Penalty("weightPenalty") : null,
            weightConstraint: s.Has("weightConstraint") ? s.Constraint("weightConstraint") : null);
    }

    private static PReLU<T> ReadPReLU<T>(SettingsReader<T> s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool slopePerFeature = s.Flag("slopePerFeature");
        s.RequireVector("slopes", slopePerFeature ? s.InputSize : 1);
        return new(s.InputSize, slopePerFeature: slopePerFeature);
    }

    private static BatchNormalization<T> ReadBatchNormalization<T>(SettingsReader<T> s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        s.RequireVector("gamma", s.InputSize);
        s.RequireVector("beta", s.InputSize);
        s.RequireVector("runningMean", s.InputSize);
        s.RequireVector("runningVariance", s.InputSize);
        return new(s.InputSize, s.Number("momentum"), s.Number("epsilon"));
    }

    private static LayerNormalization<T> ReadLayerNormalization<T>(SettingsReader<T> s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        s.RequireVector("gamma", s.InputSize);
        s.RequireVector("beta", s.InputSize);
        return new(s.InputSize, s.Number("epsilon"));
    }
}
