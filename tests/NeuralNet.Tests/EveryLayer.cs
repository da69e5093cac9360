using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Regularization;

namespace NeuralNet.Tests;

/// <summary>A network with a layer of every kind, ten outputs, penalties and constraints.</summary>
internal static class EveryLayer
{
    /// <summary>The types of all layers of the library.</summary>
    public static IReadOnlyList<Type> Kinds { get; } =
    [
        .. typeof(Layer<>).Assembly.GetTypes().Where(type => !type.IsAbstract && IsLayer(type)),
    ];

    /// <summary>The types of the layers of a network, those within layers among them.</summary>
    public static IEnumerable<Type> KindsIn<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        network.Body.SelfAndDescendants().Select(layer => layer.GetType().GetGenericTypeDefinition()).Distinct();

    public static Network<T> Create<T>(int inputSize)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        OneAfterTheOther<T>(inputSize)
            .Branches(
                Merge.Concatenation,
                part => part.Slice(3, new FeatureShape(4, 10))
                    .BatchNormalization().LayerNormalization().PReLU(slopePerFeature: true).Dense(20, biases: false),
                sum => sum.Branches(Merge.Sum, one => one.Dense(8, new Tanh()), other => other.Slice(0, 8)),
                image => image.Slice(2, new FeatureShape(6, 5, 3))
                    .Convolution(8, kernelSize: 3, padding: Padding.Same, activation: new Mish()).MaxPooling(2)
                    .Convolution(6, (2, 1), stride: 2, groups: 2, biases: false, padding: 1, dilation: (2, 1))
                    .AveragePooling(2, stride: 1, padding: (1, 0, 0, 1), countPadding: true)
                    .GroupNormalization(groups: 3).GlobalMaxPooling(),
                steps => steps.Slice(0, new FeatureShape(12, 8))
                    .Convolution(4, kernelSize: 3, activation: new ReLU(), weightPenalty: new L2Penalty(1e-4))
                    .RmsNormalization().GlobalAveragePooling(),
                decoder => decoder.Slice(0, new FeatureShape(4, 3, 6))
                    .TransposedConvolution(8, kernelSize: 3, stride: 2, padding: Padding.Same, activation: new SiLU())
                    .SpatialDropout(0.2).UpSampling((1, 2)).ZeroPadding((2, 0, 1, 1))
                    .TransposedConvolution(
                        4, (2, 1), stride: 2, outputPadding: 1, dilation: (2, 1), groups: 2, biases: false)
                    .AveragePooling(3).UpSampling((3, 2), Interpolation.Bilinear).MaxPooling(4).Dense(5),
                growth => growth.Slice(5, new FeatureShape(7, 4))
                    .TransposedConvolution(3, kernelSize: 4, stride: 3, padding: 1, activation: new Softmax())
                    .SpatialDropout().UpSampling(2, Interpolation.Bilinear).ZeroPadding(1).GlobalMaxPooling(),
                axes => axes.Slice(5, new FeatureShape(2, 3, 5)).Permute(2, 0, 1).Permute(1, 2, 0).Dense(4),
                merges => merges.Slice(0, 24).Reshape(new FeatureShape(4, 6)).Branches(
                    Merge.Average,
                    product => product.Branches(
                        Merge.Product, one => one.PReLU(), other => other.LayerNormalization()),
                    maximum => maximum.Branches(
                        Merge.Maximum, one => one.PReLU(), other => other.LayerNormalization())).Flatten(),
                waves => waves.Slice(4, 3).PeriodicFeatures(2).Flatten(),
                memory => memory.Slice(0, new FeatureShape(5, 4))
                    .Lstm(3, returnSteps: true, bidirectional: true)
                    .Gru(4, returnSteps: true, options: new() { LearnsInitialState = true, GradientSteps = 3 })
                    .SimpleRecurrent(
                        5,
                        new ReLU(),
                        returnSteps: true,
                        options: new() { HasBiases = false, RecurrentDropout = 0.1 })
                    .Gru(3, resetAfter: false, options: new() { RecurrentPenalty = new L2Penalty(1e-4) }),
                padded => padded.Slice(0, 13).Branches(
                    Merge.Concatenation, three => three.Slice(0, 12), two => two.Slice(0, 1).Activation(new Softmax()))
                    .PaddedSequences(new FeatureShape(3, 4), steps => steps.Lstm(4, bidirectional: true)),
                sequence => sequence.Slice(7, new FeatureShape(6, 4))
                    .PerStep(step => step.Dense(5, new Tanh()).BatchNormalization().Dropout(0.1)).Branches(
                        Merge.Concatenation, last => last.LastStep(), attention => attention.AttentionPooling()),
                gated => gated.Slice(0, 30).SwiGlu(6).GaussianNoise(0.1).AlphaDropout(0.1)
                    .WeightNormalization(layer => layer.Dense(8, biases: false), new SELU())
                    .ActivityPenalty(new L1Penalty(1e-3)).Glu(new Tanh()),
                gatedImage => gatedImage.Slice(1, new FeatureShape(4, 4, 4))
                    .WeightNormalization(layer => layer.Convolution(6, 3, groups: 2, biases: false), new Mish())
                    .Glu(new Softmax()).WeightNormalization(
                        layer => layer.Convolution(4, (1, 2), biases: false), new Softmax(), biases: false).Flatten(),
                category => category.Slice(0, 1).Activation(new Softmax()).Embedding(3, 4),
                shortcut => shortcut)
            .Dense(10)
            .Build();

    /// <summary>The network without the layers that came after the first version.</summary>
    public static Network<T> OfFirstVersion<T>(int inputSize)
        where T : unmanaged, IFloatingPointIeee754<T> => OneAfterTheOther<T>(inputSize).Dense(10).Build();

    private static bool IsLayer(Type type) => type.BaseType is { } super
        && ((super.IsGenericType && super.GetGenericTypeDefinition() == typeof(Layer<>)) || IsLayer(super));

    private static NetworkBuilder<T> OneAfterTheOther<T>(int inputSize)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(inputSize, seed: 9)
            .Dense(96, new ReLU(), weightPenalty: new L2Penalty(1e-4), weightConstraint: new MaxNorm(3))
            .BatchNormalization()
            .Activation(new Sigmoid())
            .Residual(block => block
                .LayerNormalization().Dense(128, weightPenalty: new ElasticNetPenalty(1e-5, 1e-5)).PReLU().Dense(96))
            .Dropout(0.25)
            .PReLU(slopePerFeature: true);
}
