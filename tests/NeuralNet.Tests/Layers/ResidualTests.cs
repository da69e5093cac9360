using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Layers;

public sealed class ResidualTests
{
    [Fact]
    public void The_output_is_the_input_plus_what_the_layers_make_of_it()
    {
        Network<double> network = Network.Create<double>(2, seed: 1)
            .Residual(block => block.Dense(3, new ReLU()).Dense(2)).Build();
        Network<double> inner = Network.Create<double>(2, seed: 1).Dense(3, new ReLU()).Dense(2).Build();
        foreach (Parameter<double> parameter in inner.Parameters)
        {
            parameter.Set(network.Parameter("residual1." + parameter.Name).Value);
        }

        Matrix<double> inputs = TestData.Uniform<double>(2, 4, seed: 2);
        network.Predict(inputs).Should().BeEquivalentTo(inputs + inner.Predict(inputs));
    }

    [Fact]
    public void The_layers_within_are_named_after_the_block()
    {
        Network<float> network = Network.Create<float>(4, seed: 1)
            .Residual(block => block.Dense(4).Residual(deeper => deeper.Dense(4)))
            .Residual(block => block.Dense(4))
            .Build();
        network.Parameters.Select(parameter => parameter.Name).Should().Equal(
            "residual1.dense1.weights",
            "residual1.dense1.biases",
            "residual1.residual1.dense1.weights",
            "residual1.residual1.dense1.biases",
            "residual2.dense1.weights",
            "residual2.dense1.biases");
    }

    [Fact]
    public void Gradients_are_right_through_nested_blocks()
    {
        Network<double> network = Network.Create<double>(3, seed: 1)
            .Residual(first => first.Dense(5, new Tanh()).Dense(3))
            .Dense(4, new Sigmoid())
            .Residual(block => block
                .BatchNormalization()
                .Dense(6, new Softmax())
                .Dropout(0.3)
                .Residual(deeper => deeper.LayerNormalization().PReLU())
                .Dense(4))
            .Dense(2)
            .Build();
        GradientCheck.Run(
            network,
            new MeanSquaredError(),
            TestData.Uniform<double>(3, 5, seed: 2),
            TestData.Uniform<double>(2, 5, seed: 3)).EnsurePassed();
    }

    [Fact]
    public void The_layers_within_learn_as_they_would_by_themselves()
    {
        // Wide enough for products that have written some of their result when they read the last of their operands.
        Network<double> network = Network.Create<double>(6, seed: 1)
            .Residual(block => block.Dense(150, new Tanh()).Dense(130, new Tanh()).Dense(6)).Build();
        Network<double> inner = Network.Create<double>(6, seed: 1).Dense(150, new Tanh()).Dense(130, new Tanh())
            .Dense(6).Build();
        foreach (Parameter<double> parameter in inner.Parameters)
        {
            parameter.Set(network.Parameter("residual1." + parameter.Name).Value);
        }

        Matrix<double> inputs = TestData.Uniform<double>(6, 20, seed: 2);
        Matrix<double> targets = TestData.Uniform<double>(6, 20, seed: 3);
        Gradients<double> gradients = Gradients.For(network);
        Gradients<double> innerGradients = Gradients.For(inner);
        new BackpropagationEngine<double>(network, new MeanSquaredError()).Compute(inputs, targets, gradients);
        new BackpropagationEngine<double>(inner, new MeanSquaredError())
            .Compute(inputs, targets - inputs, innerGradients);
        foreach (Parameter<double> parameter in inner.Parameters)
        {
            (gradients["residual1." + parameter.Name] - innerGradients[parameter]).InfinityNorm()
                .Should().BeLessThan(1e-13, parameter.Name);
        }
    }

    [Fact]
    public void The_layers_within_draw_independently()
    {
        Network<double> network = Network.Create<double>(4000, seed: 1)
            .Residual(block => block.Dropout(0.5).Dropout(0.5)).Build();
        Matrix<double> ones = Matrix<double>.Build.Dense(4000, 1, 1.0);
        var engine = new BackpropagationEngine<double>(network, new MeanSquaredError());
        engine.ComputeLoss(ones, ones, RandomStream.FromSeed(1));
        ((double)engine.Outputs.Values.ToArray().Count(value => value == 5))
            .Should().BeApproximately(1000, 5 * Math.Sqrt(4000 * 0.25 * 0.75));
    }

    [Fact]
    public void A_block_must_end_in_as_many_features_as_it_begins_with() =>
        FluentActions.Invoking(() => Network.Create<float>(4, seed: 1).Residual(block => block.Dense(3)))
            .Should().Throw<ArgumentException>()
            .WithMessage("*they take 4 features and give 3 features.*");

    [Fact]
    public void A_block_without_layers_is_refused() =>
        FluentActions.Invoking(() => Network.Create<float>(4, seed: 1).Residual(none => none))
            .Should().Throw<ArgumentException>()
            .WithMessage("*at least one layer*");

    [Fact]
    public void A_layer_has_one_place_only()
    {
        var dense = new Dense<float>(4, 4);
        _ = new Residual<float>(dense);
        FluentActions.Invoking(() => new Residual<float>(dense))
            .Should().Throw<InvalidOperationException>().WithMessage("*another layer already*");
        FluentActions.Invoking(() => Network.Create<float>(4, seed: 1).Add(dense).Build())
            .Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void A_block_freezes_with_all_that_is_in_it()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Residual(block => block.Dense(4)).Build();
        network.Layers[0].Freeze();
        network.Parameters.Should().OnlyContain(parameter => parameter.IsFrozen);
        network.Layers[0].Unfreeze();
        network.Parameters.Should().OnlyContain(parameter => parameter.IsTrainable);
    }
}
