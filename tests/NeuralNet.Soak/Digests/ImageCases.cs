using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using static NeuralNet.Soak.Digests.CaseBuilder;

namespace NeuralNet.Soak.Digests;

/// <summary>Layers of images and sequences.</summary>
internal static class ImageCases
{
    private static readonly FeatureShape _image = new(9, 8, 3);
    private static readonly FeatureShape _steps = new(15, 4);

    public static IEnumerable<DigestCase<T>> All<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [
            Of<T>("convolutions", _image, b => b
                .Convolution(5, 3, padding: Padding.Same, activation: new ReLU()).MaxPooling(2)
                .Convolution(20, 2, activation: new Tanh()).AveragePooling(2, stride: 1)),
            Of<T>("convolutions of 16 filters", _image, b => b
                .Convolution(16, 3, activation: new ReLU()).Convolution(16, 1, activation: new ReLU())
                .GlobalAveragePooling()),
            Of<T>("strides, dilation and groups", _image, b => b
                .Convolution(6, (3, 2), stride: (2, 1), dilation: (1, 2), biases: false).BatchNormalization()
                .Convolution(6, 3, padding: 1, groups: 3, activation: new ReLU()).GlobalMaxPooling()),
            Of<T>("normalizations of images", _image, b => b
                .Convolution(8, 3).GroupNormalization(4).Activation(new SiLU()).SpatialDropout(0.2)
                .Convolution(8, 3).LayerNormalization().RmsNormalization().Activation(new ReLU())),
            Of<T>("made larger", _image, b => b
                .Convolution(4, 3, stride: 2, activation: new ReLU()).TransposedConvolution(6, 4, stride: 2)
                .UpSampling(2, Interpolation.Bilinear).ZeroPadding(1).MaxPooling(3)),
            Of<T>("convolutions of sequences", _steps, b => b
                .Convolution(7, 3, padding: 1, activation: new ReLU()).MaxPooling(2)
                .TransposedConvolution(5, 3, stride: 2).UpSampling(2).GlobalAveragePooling()),
            Of<T>("layers over steps", _steps, b => b
                .PerStep(step => step.Dense(9, new Tanh()).BatchNormalization().Dropout(0.2)).Branches(
                    Merge.Concatenation, last => last.LastStep(), attention => attention.AttentionPooling())),
        ];

    private static DigestCase<T> Of<T>(
        string name, FeatureShape shape, Func<NetworkBuilder<T>, NetworkBuilder<T>> layers)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Case(
            name,
            () => layers(Network.Create<T>(shape, seed: 3)).Dense(Samples.Classes).Build(),
            Samples.Labelled<T>(shape.Size),
            new SoftmaxCrossEntropy(),
            new Adam(0.01),
            Options<T>());
}
