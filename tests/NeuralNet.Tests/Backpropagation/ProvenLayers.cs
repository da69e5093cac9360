using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Regularization;

namespace NeuralNet.Tests.Backpropagation;

/// <summary>Networks with every kind of layer, each with any activation, on three inputs.</summary>
internal static class ProvenLayers
{
    /// <summary>Adds the layers of a name, with an activation.</summary>
    public static IReadOnlyDictionary<
        string, Func<NetworkBuilder<double>, IActivation, NetworkBuilder<double>>> All
    { get; } =
        new Dictionary<string, Func<NetworkBuilder<double>, IActivation, NetworkBuilder<double>>>()
        {
            ["dense"] = (b, activation) => b.Dense(4, activation),
            ["activation"] = (b, activation) => b.Dense(4).Activation(activation),
            ["prelu"] = (b, activation) =>
                b.Dense(4, activation).PReLU(0.3, slopePerFeature: true).Dense(3, activation).PReLU(),
            ["dropout"] = (b, activation) => b.Dropout(0.2).Dense(5, activation).Dropout(0.3),
            ["batch normalization"] = (b, activation) => b.Dense(4).BatchNormalization().Activation(activation),
            ["layer normalization"] = (b, activation) => b.Dense(4, activation).LayerNormalization(),
            ["group and RMS normalization"] = (b, activation) => Image(b)
                .GroupNormalization(groups: 2).Activation(activation)
                .Convolution(4, 2, activation: activation).GroupNormalization(groups: 2).RmsNormalization(0.1),
            ["residual"] = (b, activation) =>
                b.Residual(block => block.Dense(4, activation).Dense(3))
                    .Residual(block => block.Activation(activation)),
            ["branches"] = (b, activation) => b.Branches(
                Merge.Concatenation,
                one => one.Slice(1, 2).Dense(4, activation),
                two => two.Branches(Merge.Sum, a => a.Activation(activation), shortcut => shortcut)),
            ["convolution"] = (b, activation) => Image(b)
                .Convolution(4, kernelSize: 3, padding: 1, activation: activation)
                .Convolution(2, (2, 3), stride: (2, 1), groups: 2, activation: activation),
            ["transposed convolution"] = (b, activation) => b.Dense(8).Slice(0, new FeatureShape(2, 2, 2))
                .TransposedConvolution(4, kernelSize: 2, stride: 2, padding: 1, activation: activation)
                .TransposedConvolution(
                    2, (1, 2), (2, 1), outputPadding: (1, 0), dilation: (1, 2), groups: 2, activation: activation),
            ["resizing"] = (b, activation) => b.Dense(8).Slice(0, new FeatureShape(2, 2, 2))
                .SpatialDropout(0.2)
                .UpSampling((2, 1)).Activation(activation).ZeroPadding((0, 1, 2, 1))
                .UpSampling((1, 3), Interpolation.Bilinear).Activation(activation),
            ["pooling"] = (b, activation) => b.Branches(
                Merge.Concatenation,
                one => Image(one)
                    .MaxPooling(2, stride: 1)
                    .Activation(activation)
                    .AveragePooling((3, 2), padding: 1)
                    .Dense(2),
                two => Image(two).Activation(activation).GlobalAveragePooling(),
                three => Image(three).Convolution(4, 2, activation: activation).GlobalMaxPooling()),
            ["periodic features"] = (b, activation) => b.PeriodicFeatures(4, deviation: 0.5).Activation(activation),
            ["embedding"] = (b, activation) => b
                .Slice(0, 1).Activation(new Softmax()).Embedding(2, 5).Activation(activation),
            ["reshape"] = (b, activation) => Image(b)
                .Reshape(new FeatureShape(4, 3, 3)).Activation(activation).Flatten(),
            ["permute"] = (b, activation) => Image(b).Permute(2, 0, 1).Activation(activation).Permute(1, 0, 2),
            ["LSTM"] = (b, activation) => Steps(b)
                .Lstm(3, returnSteps: true, options: new() { LearnsInitialState = true }).Activation(activation)
                .Lstm(2, bidirectional: true),
            ["GRU"] = (b, activation) => Steps(b)
                .Gru(3, returnSteps: true, options: new() { LearnsInitialState = true }).Activation(activation)
                .Gru(2, bidirectional: true, resetAfter: false, options: new() { LearnsInitialState = true }),
            ["simple recurrent"] = (b, activation) => Steps(b)
                .SimpleRecurrent(3, returnSteps: true, options: new() { HasBiases = false }).Activation(activation)
                .SimpleRecurrent(2, new ReLU(), bidirectional: true, options: new() { LearnsInitialState = true }),
            ["padded sequences"] = (b, activation) => b.Dense(8).Branches(
                Merge.Concatenation, steps => steps, length => length.Slice(0, 1).Activation(new Softmax()))
                .PaddedSequences(new FeatureShape(4, 2), steps => steps
                    .Lstm(3, returnSteps: true).Activation(activation).Gru(2, bidirectional: true)),
            ["steps"] = (b, activation) => b.Dense(8).Slice(0, new FeatureShape(4, 2))
                .PerStep(step => step.Dense(3, activation).Dropout(0.1)).Branches(
                    Merge.Concatenation, last => last.LastStep(), attention => attention.AttentionPooling()),
            ["penalties"] = (b, activation) =>
                b.Dense(4, activation, weightPenalty: new L2Penalty(0.3))
                    .Dense(4, weightPenalty: new ElasticNetPenalty(0.1, 0.2)),
            ["activity penalties"] = (b, activation) => b.Dense(4, activation)
                .ActivityPenalty(new L2Penalty(0.3)).Dense(8).Slice(0, new FeatureShape(4, 2))
                .PerStep(step => step.Dense(2).ActivityPenalty(new L2Penalty(0.2)).Activation(activation)),
            ["gated linear unit"] = (b, activation) => Image(b.GaussianNoise(0.2)).Glu(activation)
                .Convolution(6, 2).Glu().AlphaDropout(0.2),
            ["weight normalization"] = (b, activation) => Image(b)
                .WeightNormalization(layer => layer.Convolution(4, 2, groups: 2, biases: false), activation)
                .WeightNormalization(layer => layer.Dense(4, biases: false), activation, biases: false)
                .WeightNormalization(layer => layer.Dense(3, biases: false)),
        };

    private static NetworkBuilder<double> Image(NetworkBuilder<double> builder) =>
        builder.Dense(36).Slice(0, new FeatureShape(6, 3, 2));

    private static NetworkBuilder<double> Steps(NetworkBuilder<double> builder) =>
        builder.Dense(8).Slice(0, new FeatureShape(4, 2));
}
