using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace Consumers.OlderDotNet;

/// <summary>Networks with layers of all kinds.</summary>
internal static class Models
{
    private const int Categories = 20;

    public static IEnumerable<IModel> InFloat => In<float>("Float");

    public static IEnumerable<IModel> InDouble => In<double>("Double");

    public static IEnumerable<IModel> All => [.. InFloat, .. InDouble];

    private static IEnumerable<IModel> In<T>(string precision)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [
            Of<T>($"{precision}Dense", 7, b => b
                .Dense(12, new GELU()).BatchNormalization().Dropout(0.2).PReLU()
                .Residual(r => r.Dense(12, new SiLU()).LayerNormalization()).Dense(4, new Softmax())),
            Of<T>($"{precision}Convolution", new FeatureShape(9, 8, 3), b => b
                .Convolution(6, 3, padding: Padding.Same, activation: new ReLU()).BatchNormalization().MaxPooling(2)
                .Convolution(6, 3, activation: new HardSwish()).GroupNormalization(groups: 2)
                .AveragePooling(new HeightWidth(1, 2)).Flatten().Dense(5)),
            Of<T>($"{precision}Larger", new FeatureShape(4, 4, 2), b => b
                .TransposedConvolution(3, 3, stride: 2).UpSampling(2).RmsNormalization().GlobalAveragePooling()
                .Dense(3, new Tanh())),
            Of<T>($"{precision}Lstm", new FeatureShape(8, 5), b => b
                .Lstm(6, returnSteps: true, bidirectional: true).AttentionPooling().Dense(3)),
            Of<T>($"{precision}Gru", new FeatureShape(8, 5), b => b
                .Gru(6, returnSteps: true).Gru(5, returnSteps: true, resetAfter: false).SimpleRecurrent(4).Dense(3)),
            Of<T>($"{precision}PerStep", new FeatureShape(6, 4), b => b
                .PerStep(step => step.Dense(6, new Softplus()).Glu()).LastStep().Dense(2)),
            Of<T>($"{precision}Branches", 10, b => b
                .Branches(Merge.Concatenation, one => one.Dense(6, new Sigmoid()), two => two.Slice(2, 5).Dense(4))
                .Reshape(new FeatureShape(2, 5)).Permute(1, 0).Flatten().SwiGlu(6).Dense(2)),
            Of<T>(
                $"{precision}Embedding",
                6,
                b => b.Embedding(Categories, 4).GlobalMaxPooling().Dense(3, new Softmax()),
                Categories),
        ];

    private static Model<T> Of<T>(
        string className, FeatureShape input, Func<NetworkBuilder<T>, NetworkBuilder<T>> layers, int categories = 0)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(className, layers(Network.Create<T>(input, seed: 5)).Build(), categories);
}
