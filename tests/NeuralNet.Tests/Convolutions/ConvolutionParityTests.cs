using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Convolutions;

/// <summary>
/// Networks with convolutions, poolings and resizing train and then predict as PyTorch's do: values, gradients, and the
/// order of the weights in a <c>state_dict</c>.
/// </summary>
public sealed class ConvolutionParityTests
{
    private static readonly Dictionary<string, TrainedCase> _cases =
        ReferenceFile.Read<Dictionary<string, TrainedCase>>("convolution");

    private static readonly Dictionary<string, NetworkBuilder<double>> _networks = new()
    {
        ["strides"] = Image(9, 6, 3)
            .Convolution(5, (3, 2), stride: (2, 1), activation: new Tanh())
            .Convolution(4, kernelSize: 2, stride: 3, biases: false).Dense(3),
        ["padding"] = Image(5, 5, 2)
            .Convolution(4, kernelSize: 3, padding: Padding.Same, activation: new Sigmoid())
            .Convolution(3, (2, 4), padding: (1, 1, 3, 3)).Dense(2),
        ["dilation and groups"] = Image(5, 5, 4)
            .Convolution(6, kernelSize: 3, padding: 2, dilation: (2, 1), groups: 2, activation: new ELU())
            .Convolution(6, kernelSize: 2, groups: 6, activation: new ELU())
            .Convolution(12, kernelSize: 1, groups: 6).Dense(3),
        ["maximum pooling"] = Image(6, 7, 1)
            .Convolution(20, kernelSize: 3).MaxPooling((2, 3), stride: (2, 1), padding: 1).Activation(new ReLU())
            .Dense(3),
        ["average pooling"] = Image(7, 7, 1)
            .Convolution(3, kernelSize: 2).AveragePooling(3, stride: 2, padding: 1, countPadding: true)
            .Activation(new Tanh()).AveragePooling(2, stride: 1, padding: 1).Dense(3),
        ["global pooling"] = Image(4, 5, 2)
            .Convolution(6, kernelSize: 2, activation: new Tanh()).GlobalAveragePooling().Dense(3),
        ["sequence"] = Network.Create<double>(new FeatureShape(12, 3), seed: 1)
            .Convolution(5, kernelSize: 3, padding: 1, activation: new ReLU()).MaxPooling(2)
            .Convolution(4, kernelSize: 2, stride: 2).Dense(2),
        ["network with batch normalization"] = Image(10, 10, 3)
            .Convolution(8, kernelSize: 3, padding: 1, biases: false).BatchNormalization().Activation(new ReLU())
            .MaxPooling(2).Convolution(12, kernelSize: 3).BatchNormalization().Activation(new ReLU())
            .Dense(10, new ReLU()).Dense(4),
        ["ties"] = Image(6, 6, 3)
            .Convolution(3, kernelSize: 1, biases: false).MaxPooling(3, stride: 2, padding: 1).Dense(2),
        ["transposed"] = Image(4, 5, 3)
            .TransposedConvolution(
                5, (3, 2), stride: (2, 3), padding: (1, 1, 0, 0), outputPadding: (1, 2), activation: new Tanh())
            .TransposedConvolution(2, kernelSize: 3, biases: false).Dense(3),
        ["transposed, dilation and groups"] = Image(3, 3, 4)
            .TransposedConvolution(
                6, 3, stride: 2, padding: 2, outputPadding: 1, dilation: (2, 1), groups: 2, activation: new ELU())
            .TransposedConvolution(12, kernelSize: 2, groups: 6).Dense(3),
        ["transposed sequence"] = Network.Create<double>(new FeatureShape(5, 3), seed: 1)
            .TransposedConvolution(5, kernelSize: 4, stride: 3, padding: 1, activation: new ReLU())
            .Convolution(4, kernelSize: 2, stride: 2)
            .TransposedConvolution(2, kernelSize: 1, stride: 2, outputPadding: 1).Dense(2),
        ["autoencoder"] = Image(8, 8, 1)
            .Convolution(6, kernelSize: 3, stride: 2, padding: 1, activation: new ReLU())
            .Convolution(8, kernelSize: 3, stride: 2, padding: 1).BatchNormalization().Activation(new ReLU())
            .TransposedConvolution(
                6, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1, activation: new ReLU())
            .TransposedConvolution(1, kernelSize: 4, stride: 2, padding: 1),
        ["resizing"] = Image(2, 2, 2)
            .ZeroPadding((0, 3, 1, 2)).Convolution(3, kernelSize: 2, activation: new Tanh()).UpSampling((2, 3))
            .Convolution(2, kernelSize: 3).UpSampling((3, 2), Interpolation.Bilinear).AveragePooling(2).Dense(2),
        ["resizing of a sequence"] = Network.Create<double>(new FeatureShape(4, 3), seed: 1)
            .ZeroPadding((2, 1, 0, 0)).Convolution(4, kernelSize: 2).UpSampling(3, Interpolation.Bilinear)
            .Activation(new Tanh()).UpSampling(2).Convolution(2, kernelSize: 2, stride: 2).Dense(2),
    };

    public static TheoryData<string> Cases { get; } = new(_networks.Keys);

    [Fact]
    public void Every_case_is_tested() => _networks.Keys.Should().BeEquivalentTo(_cases.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_steps_and_predictions_are_those_of_PyTorch(string name) =>
        _cases[name].Require(_networks[name].Build());

    private static NetworkBuilder<double> Image(int height, int width, int channels) =>
        Network.Create<double>(new FeatureShape(height, width, channels), seed: 1);
}
