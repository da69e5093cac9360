using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Workloads;

/// <summary>A convolutional network of ten classes that others are measured with, too.</summary>
/// <param name="name">The name.</param>
/// <param name="add">Adds the layers.</param>
/// <param name="image">Shape of the images.</param>
internal sealed class ImageNetwork(
    string name, FeatureShape image, Func<NetworkBuilder<float>, NetworkBuilder<float>> add)
{
    private static readonly FeatureShape _digit = new(28, 28, 1);

    /// <summary>
    /// LeNet-5 of LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition" (1998),
    /// as it is usual today: images of 28×28 padded by 2, ReLU, max pooling.
    /// </summary>
    public static ImageNetwork LeNet5 { get; } = new("LeNet-5", _digit, builder => builder
        .Convolution(6, kernelSize: 5, padding: 2, activation: new ReLU())
        .MaxPooling(2)
        .Convolution(16, kernelSize: 5, activation: new ReLU())
        .MaxPooling(2)
        .Dense(120, new ReLU())
        .Dense(84, new ReLU())
        .Dense(10));

    /// <summary>The network of Keras's example "Simple MNIST convnet".</summary>
    public static ImageNetwork KerasMnist { get; } = new("Keras's MNIST", _digit, builder => builder
        .Convolution(32, kernelSize: 3, activation: new ReLU())
        .MaxPooling(2)
        .Convolution(64, kernelSize: 3, activation: new ReLU())
        .MaxPooling(2)
        .Dropout(0.5)
        .Dense(10));

    /// <summary>The network of PyTorch's example "Basic MNIST".</summary>
    public static ImageNetwork PyTorchMnist { get; } = new("PyTorch's MNIST", _digit, builder => builder
        .Convolution(32, kernelSize: 3, activation: new ReLU())
        .Convolution(64, kernelSize: 3, activation: new ReLU())
        .MaxPooling(2)
        .Dropout(0.25)
        .Dense(128, new ReLU())
        .Dropout(0.5)
        .Dense(10));

    /// <summary>Four convolutions with batch normalization for images of CIFAR's size.</summary>
    public static ImageNetwork Cifar { get; } = new("CIFAR", new(32, 32, 3), builder => builder
        .NormalizedConvolution(32)
        .NormalizedConvolution(32)
        .MaxPooling(2)
        .NormalizedConvolution(64)
        .NormalizedConvolution(64)
        .MaxPooling(2)
        .Dense(10));

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>Builds the network; the same seed gives the same parameters.</summary>
    public Network<float> Build(int seed = 42) => add(Network.Create<float>(image, seed)).Build();
}
