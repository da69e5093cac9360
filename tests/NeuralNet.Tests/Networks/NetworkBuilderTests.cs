using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Networks;

public sealed class NetworkBuilderTests
{
    [Fact]
    public void Sizes_are_inferred_from_layer_to_layer()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(3, new ReLU()).Dense(5, new Tanh()).Dense(2)
            .Build();
        network.InputSize.Should().Be(4);
        network.OutputSize.Should().Be(2);
        network.Layers.Select(layer => (layer.InputSize, layer.OutputSize)).Should().Equal((4, 3), (3, 5), (5, 2));
        network.ParameterCount.Should().Be((3 * 5) + (5 * 4) + (2 * 6));
    }

    [Fact]
    public void Parameters_have_stable_names_and_can_be_found_by_them()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(3).Dense(2).Build();
        network.Parameters.Select(parameter => parameter.Name)
            .Should().Equal("dense1.weights", "dense1.biases", "dense2.weights", "dense2.biases");
        network.Parameter("dense2.weights").Should().BeSameAs(network.Layers[1].Parameters[0]);
        FluentActions.Invoking(() => network.Parameter("dense3.weights")).Should().Throw<KeyNotFoundException>()
            .WithMessage("*'dense3.weights'*dense1.weights, dense1.biases*");
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        static float[] Weights(int seed) =>
            Network.Create<float>(20, seed).Dense(30, new ReLU()).Dense(10).Build()
                .Parameter("dense2.weights").Values.ToArray();
        Weights(1).Should().Equal(Weights(1));
        Weights(1).Should().NotEqual(Weights(2));
    }

    [Fact]
    public void Layers_of_one_shape_start_with_different_weights()
    {
        Network<float> network = Network.Create<float>(5, seed: 1).Dense(5).Dense(5).Build();
        network.Parameter("dense1.weights").Values.ToArray()
            .Should().NotEqual(network.Parameter("dense2.weights").Values.ToArray());
    }

    [Fact]
    public void Initializers_given_are_used()
    {
        Network<double> network = Network.Create<double>(2, seed: 1)
            .Dense(3, new ReLU(), new Constant(0.5), new Constant(0.25)).Build();
        network.Parameter("dense1.weights").Values.ToArray().Should().OnlyContain(value => value == 0.5);
        network.Parameter("dense1.biases").Values.ToArray().Should().OnlyContain(value => value == 0.25);
    }

    [Fact]
    public void The_summary_lists_layers_output_sizes_and_parameter_counts() =>
        Network.Create<float>(784, seed: 1).Dense(128, new ReLU()).Dense(10).Build().ToString().Should().Be(
            """
            Layer   Activation  Output  Parameters
            input                  784           0
            dense1  ReLU           128     100,480
            dense2  Identity        10       1,290
            total                          101,770
            a training step of 32 samples takes 0.459 MB
            """);

    [Fact]
    public void The_summary_says_what_is_frozen()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(3).Dense(2).Build();
        network.Layers[0].Freeze();
        network.Parameter("dense2.biases").IsFrozen = true;

        network.ToString().Should().StartWith(
            """
            Layer   Activation  Output      Parameters
            input                    4               0
            dense1  Identity         3     15 (frozen)
            dense2  Identity         2    8 (2 frozen)
            total                       23 (17 frozen)
            """);
    }

    [Fact]
    public void A_layer_of_another_input_size_is_refused()
    {
        FluentActions.Invoking(() => Network.Create<float>(4, seed: 1).Add(new Dense<float>(3, 2)))
            .Should().Throw<ArgumentException>()
            .WithMessage("The layer 'dense' takes 3 features, but the input is 4 features.*");
        FluentActions.Invoking(() => Network.Create<float>(4, seed: 1).Dense(5).Add(_ => new Dense<float>(3, 2)))
            .Should().Throw<ArgumentException>()
            .WithMessage("The layer 'dense' takes 3 features, but 'dense' before it gives 5 features.*");
    }

    [Fact]
    public void A_network_without_layers_is_refused() =>
        FluentActions.Invoking(() => Network.Create<float>(4, seed: 1).Build())
            .Should().Throw<InvalidOperationException>().WithMessage("*at least one layer*");

    [Fact]
    public void A_builder_builds_once_and_a_layer_belongs_to_one_network()
    {
        NetworkBuilder<float> builder = Network.Create<float>(4, seed: 1).Dense(2);
        Network<float> network = builder.Build();
        builder.Invoking(b => b.Build())
            .Should().Throw<InvalidOperationException>().WithMessage("*builds one network*");
        FluentActions.Invoking(() => Network.Create<float>(4, seed: 1).Add(network.Layers[0]).Build())
            .Should().Throw<InvalidOperationException>().WithMessage("*'dense1' is part of a network already*");
    }

    [Fact]
    public void A_layer_of_another_network_is_refused_at_once()
    {
        Layer<float> theirs = Network.Create<float>(4, seed: 1).Dense(4).Build().Layers[0];

        NetworkBuilder<float> builder = Network.Create<float>(4, seed: 1).Dense(4);

        builder.Invoking(b => b.Add(theirs))
            .Should().Throw<InvalidOperationException>().WithMessage("*'dense1' is part of a network already*");
        builder.Build().Layers.Should().ContainSingle();
    }

    [Fact]
    public void Nobody_can_add_to_the_lists_of_a_layer_or_take_from_them()
    {
        Network<float> network =
            Network.Create<float>(4, seed: 1).Residual(block => block.Dense(4)).Build();
        Layer<float> layer = network.Layers[0];

        foreach (object list in (object[])[layer.Parameters, layer.Children, network.Parameters, network.Layers])
        {
            list.Should().NotBeOfType<List<Layer<float>>>().And.NotBeOfType<List<Parameter<float>>>();
            ((System.Collections.IList)list).IsReadOnly.Should().BeTrue();
        }
    }

    [Fact]
    public void A_layer_added_twice_is_refused_at_once()
    {
        var layer = new Dense<float>(4, 4);
        NetworkBuilder<float> builder = Network.Create<float>(4, seed: 1).Add(layer);
        builder.Invoking(b => b.Add(layer))
            .Should().Throw<ArgumentException>().WithMessage("The layer 'dense' is in this network already*");
        builder.Build().Layers.Should().HaveCount(1);
    }

    [Fact]
    public void Sizes_below_one_and_unsupported_number_types_are_refused()
    {
        FluentActions.Invoking(() => Network.Create<float>(0, seed: 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Network.Create<float>(1, seed: 1).Dense(0))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Network.Create<Half>(1, seed: 1)).Should().Throw<NotSupportedException>();
    }
}
