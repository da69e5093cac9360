using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Layers;

/// <summary>What a layer of one's own may not do, and what no layer may be part of.</summary>
public sealed class LayerRefusalTests
{
    [Theory]
    [InlineData("gain2")]
    [InlineData("my.gain")]
    public void A_kind_that_would_garble_names_is_refused(string kind) =>
        FluentActions.Invoking(() => new Own(kind))
            .Should().Throw<ArgumentException>().WithMessage($"The kind '{kind}' must hold no dot*")
            .WithParameterName(nameof(kind));

    [Fact]
    public void A_parameter_has_a_name_of_its_own_without_a_dot()
    {
        var layer = new Own("own");
        layer.Add("gain");
        layer.Invoking(l => l.Add("gain"))
            .Should().Throw<ArgumentException>().WithMessage("*'own' has a parameter 'gain' already*")
            .WithParameterName("name");
        layer.Invoking(l => l.Add("my.gain"))
            .Should().Throw<ArgumentException>().WithMessage("The name 'my.gain' holds a dot*")
            .WithParameterName("name");
        layer.Parameters.Should().ContainSingle();
    }

    [Fact]
    public void The_parameters_of_a_layer_in_a_network_are_fixed()
    {
        var layer = new Own("own");
        Network.Create<double>(2, seed: 1).Add(layer).Build();
        layer.Invoking(l => l.Add("gain"))
            .Should().Throw<InvalidOperationException>().WithMessage("The layer 'own1' is part of a network*");
    }

    [Fact]
    public void A_layer_has_one_place()
    {
        var layer = new Dense<double>(2, 2);
        Network.Create<double>(2, seed: 1).Add(layer).Build();
        FluentActions.Invoking(() => Network.Create<double>(2, seed: 1).Add(layer).Build())
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The layer 'dense1' is part of a network already*");
        FluentActions.Invoking(() => new Residual<double>(layer))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The layer 'dense1' is part of a network already*");

        var within = new Dense<double>(2, 2);
        _ = new Residual<double>(within);
        FluentActions.Invoking(() => new Residual<double>(within))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The layer 'dense' is part of another layer already*");
        FluentActions.Invoking(() => Network.Create<double>(2, seed: 1).Add(within).Build())
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The layer 'dense' is part of another layer already*");
    }

    [Fact]
    public void Layers_of_a_block_that_do_not_fit_each_other_are_refused()
    {
        FluentActions.Invoking(() => new Residual<double>(new Dense<double>(2, 3), new PReLU<double>(4)))
            .Should().Throw<ArgumentException>()
            .WithMessage("The layer 'prelu' takes 4 features, but 'dense' before it gives 3 features.*");
        FluentActions.Invoking(() => new Residual<double>(new Dense<double>(2, 3)))
            .Should().Throw<ArgumentException>().WithMessage("*take 2 features and give 3 features*");
        FluentActions.Invoking(() => new Residual<double>())
            .Should().Throw<ArgumentException>().WithMessage("*at least one layer*");
    }

    [Fact]
    public void A_batch_of_which_no_array_holds_what_a_block_remembers_is_refused()
    {
        var block = new Residual<double>(new Dense<double>(2, 1000), new Dense<double>(1000, 2));
        Network<double> network = Network.Create<double>(2, seed: 1).Add(block).Build();
        var engine = new BackpropagationEngine<double>(network);
        int samples = (Array.MaxLength / 1000) + 1;
        engine.Invoking(e => e.Forward(new ReadOnlyMatrixSpan<double>(new double[2 * samples], 2, samples)))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("samples")
            .WithMessage("*'residual1'*smaller batches*");
        engine.Forward(new ReadOnlyMatrixSpan<double>(new double[20], 2, 10)).Columns
            .Should().Be(10, "the engine is as it was");
    }

    [Fact]
    public void Scale_and_shift_of_a_normalization_are_the_parameters_of_those_names()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).BatchNormalization().LayerNormalization().Build();
        var batch = (BatchNormalization<double>)network.Layers[0];
        var layer = (LayerNormalization<double>)network.Layers[1];
        TestData.Uniform<double>(2, 8, seed: 1).AsColumnMajorArray().Chunk(2).Zip(network.Parameters).ToList()
            .ForEach(pair => pair.First.CopyTo(pair.Second.Values));
        batch.Gamma.Set(batch.Gamma.Vector * 2);
        batch.Beta.Set(batch.Beta.Vector + 1);
        network.Parameter("batchNormalization1.gamma").Values.ToArray().Should().Equal(
            TestData.Uniform<double>(2, 8, seed: 1).Column(0).Select(value => 2 * value));
        network.Parameter("batchNormalization1.beta").Values.ToArray().Should().Equal(
            TestData.Uniform<double>(2, 8, seed: 1).Column(1).Select(value => 1 + value));
        batch.Gamma.Vector.Should().Equal(network.Parameter("batchNormalization1.gamma").Values.ToArray());
        batch.Beta.Vector.Should().Equal(network.Parameter("batchNormalization1.beta").Values.ToArray());
        layer.Gamma.Vector.Should().Equal(network.Parameter("layerNormalization1.gamma").Values.ToArray());
        layer.Beta.Vector.Should().Equal(network.Parameter("layerNormalization1.beta").Values.ToArray());
    }

    private sealed class Own(string kind) : UnusedLayer<double>(kind, 2, 2, new Identity())
    {
        public void Add(string name) => AddParameter(name, [2], new Constant(1));
    }
}
