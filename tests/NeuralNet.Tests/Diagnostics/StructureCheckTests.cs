using NeuralNet.Activations;
using NeuralNet.Diagnostics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Diagnostics;

/// <summary>Layers and shapes that work but are hardly meant are named, and nothing else is.</summary>
public sealed class StructureCheckTests
{
    [Fact]
    public void Dense_layers_without_an_activation_between_are_named_wherever_they_stand()
    {
        Warnings(Builder().Dense(16).Dense(16, new ReLU()).Dense(3).Build())
            .Should().ContainSingle(warning => warning.Kind == TrainingWarningKind.LinearLayers)
            .Which.Message.Should().Contain("'dense1' and 'dense2'").And.Contain("new ReLU()");
        Warnings(Builder().Dense(16, new Identity()).Dense(3).Build())
            .Should().ContainSingle().Which.Layer.Should().Be("dense1");
        Warnings(Builder().Residual(block => block.Dense(8).Dense(4)).Dense(3).Build())
            .Should().ContainSingle().Which.Layer.Should().Be("residual1.dense1");
    }

    [Fact]
    public void A_bottleneck_and_layers_with_something_between_are_left_alone()
    {
        foreach (Network<float> network in (Network<float>[])
            [
                Builder().Dense(2).Dense(3).Build(),
                Builder().Dense(16, new ReLU()).Dense(3).Build(),
                Builder().Dense(16).Activation(new ReLU()).Dense(3).Build(),
                Builder().Dense(16).BatchNormalization().Dense(3).Build(),
                Builder().Dense(3).Build(),
            ])
        {
            Warnings(network).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData(3, 32, 32, true)]
    [InlineData(1, 28, 28, true)]
    [InlineData(32, 32, 3, false)]
    [InlineData(4, 4, 4, false)]
    [InlineData(3, 32, 16, false)]
    [InlineData(8, 16, 16, false)]
    public void Images_with_their_channels_first_are_named(int height, int width, int channels, bool isNamed)
    {
        Network<float> network = Network.Create<float>(new FeatureShape(height, width, channels), seed: 1)
            .Convolution(2, new HeightWidth(1, 3), activation: new ReLU())
            .Dense(3)
            .Build();
        string[] messages = [.. Warnings(network)
            .Where(warning => warning.Kind == TrainingWarningKind.ChannelsFirst).Select(warning => warning.Message)];
        messages.Should().HaveCount(isNamed ? 1 : 0);
        if (isNamed)
        {
            messages[0].Should().Contain($"FeatureShape({width}, {channels}, {height})")
                .And.Contain("Permute(1, 2, 0)");
        }
    }

    [Fact]
    public void Channels_first_that_are_permuted_or_not_convolved_are_left_alone()
    {
        NetworkBuilder<float> builder = Network.Create<float>(new FeatureShape(3, 32, 32), seed: 1);
        Warnings(builder.Dense(3).Build()).Should().BeEmpty();
        Warnings(Network.Create<float>(new FeatureShape(3, 32, 32), seed: 1)
            .Permute(1, 2, 0).Convolution(2, 3, activation: new ReLU()).Dense(3).Build()).Should().BeEmpty();
    }

    private static NetworkBuilder<float> Builder() => Network.Create<float>(4, seed: 1);

    private static List<TrainingWarning> Warnings(Network<float> network) => [.. StructureCheck.Check(network)];
}
