using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Regularization;

namespace NeuralNet.Kinds;

/// <summary>
/// The layers of the library and their settings. Tensors that a layer takes memory for are first looked up in the file.
/// </summary>
internal static class BuiltInLayers<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static KindTable<LayerKind<T>> Kinds { get; } = new(
    [
        LayerKind<T>.Of<Dense<T>>("dense", Dense),
        LayerKind<T>.Of<ActivationLayer<T>>("activation", Activation),
        LayerKind<T>.Of<Dropout<T>>("dropout", Dropout),
        LayerKind<T>.Of<PReLU<T>>("prelu", PReLU),
        LayerKind<T>.Of<BatchNormalization<T>>("batchNormalization", BatchNormalization),
        LayerKind<T>.Of<LayerNormalization<T>>("layerNormalization", LayerNormalization),
        LayerKind<T>.Of<Residual<T>>("residual", Residual),
    ]);

    private static Func<Dense<T>> Dense(LayerSettings<T, Dense<T>> s)
    {
        int outputSize = s.Size("outputSize", layer => layer.OutputSize);
        s.RequireMatrix("weights", outputSize, s.InputSize);
        s.RequireVector("biases", outputSize);
        IActivation activation = s.Activation("activation", layer => layer.Activation!);
        IPenalty? penalty = s.OptionalPenalty("weightPenalty", layer => layer.Parameters[0].Penalty);
        IConstraint? constraint = s.OptionalConstraint("weightConstraint", layer => layer.Parameters[0].Constraint);
        return () => new(
            s.InputSize, outputSize, activation, weightPenalty: penalty, weightConstraint: constraint);
    }

    private static Func<ActivationLayer<T>> Activation(LayerSettings<T, ActivationLayer<T>> s)
    {
        IActivation activation = s.Activation("activation", layer => layer.Activation!);
        return () => new(s.InputSize, activation);
    }

    private static Func<Dropout<T>> Dropout(LayerSettings<T, Dropout<T>> s)
    {
        double rate = s.Number("rate", layer => layer.Rate);
        return () => new(s.InputSize, rate);
    }

    private static Func<PReLU<T>> PReLU(LayerSettings<T, PReLU<T>> s)
    {
        bool slopePerFeature = s.Flag("slopePerFeature", layer => layer.Slopes.Count == layer.InputSize);
        s.RequireVector("slopes", slopePerFeature ? s.InputSize : 1);
        return () => new(s.InputSize, slopePerFeature: slopePerFeature);
    }

    private static Func<BatchNormalization<T>> BatchNormalization(LayerSettings<T, BatchNormalization<T>> s)
    {
        s.RequireVector("gamma", s.InputSize);
        s.RequireVector("beta", s.InputSize);
        s.RequireVector("runningMean", s.InputSize);
        s.RequireVector("runningVariance", s.InputSize);
        double momentum = s.Number("momentum", layer => layer.Momentum);
        double epsilon = s.Number("epsilon", layer => layer.Epsilon);
        return () => new(s.InputSize, momentum, epsilon);
    }

    private static Func<LayerNormalization<T>> LayerNormalization(LayerSettings<T, LayerNormalization<T>> s)
    {
        s.RequireVector("gamma", s.InputSize);
        s.RequireVector("beta", s.InputSize);
        double epsilon = s.Number("epsilon", layer => layer.Epsilon);
        return () => new(s.InputSize, epsilon);
    }

    private static Func<Residual<T>> Residual(LayerSettings<T, Residual<T>> s)
    {
        IReadOnlyList<Layer<T>> layers = s.Layers("layers", layer => layer.Children);
        return () => new(layers);
    }
}
