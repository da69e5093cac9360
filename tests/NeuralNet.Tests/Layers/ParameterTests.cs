using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Layers;

public sealed class ParameterTests
{
    [Fact]
    public void A_parameter_of_several_dimensions_is_a_matrix_of_the_first_by_the_others()
    {
        Parameter<double> parameter = new Cube().Values;
        parameter.Shape.Should().Equal(2, 3, 4);
        (parameter.Rows, parameter.Columns, parameter.Count).Should().Be((2, 12, 24));
        (parameter.FanIn, parameter.FanOut).Should().Be((6, 8));
        parameter[1, 2, 3] = 7;
        parameter.Value[1, 11].Should().Be(7, "the last dimension is the fastest");
        parameter.Values[23].Should().Be(7, "and the matrix stands column after column");
        parameter[1, 0, 1] = 5;
        parameter.Value[1, 1].Should().Be(5);
        parameter.ToString().Should().Be("cube.values (2 × 3 × 4)");
    }

    [Fact]
    public void An_element_that_is_not_there_is_refused()
    {
        Parameter<double> parameter = new Cube().Values;
        FluentActions.Invoking(() => parameter[1, 2]).Should().Throw<ArgumentException>().WithMessage("*3 dimensions*");
        FluentActions.Invoking(() => parameter[2, 0, 0]).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => parameter[0, -1, 0]).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_parameter_needs_a_dimension() =>
        FluentActions.Invoking(() => new Cube([]))
            .Should().Throw<ArgumentException>().WithMessage("*at least one dimension*");

    [Fact]
    public void Parameters_are_copied_from_a_network_of_the_same_layers()
    {
        Network<double> target = Make(seed: 1);
        Network<double> source = Make(seed: 2);
        double[] before = Values(target);
        target.CopyParametersFrom(source, share: 0.25);
        Values(target).Should().Equal(
            before.Zip(Values(source), (old, other) => (0.75 * old) + (0.25 * other)),
            (one, other) => Math.Abs(one - other) < 1e-15);

        target.CopyParametersFrom(source);
        Values(target).Should().Equal(Values(source));
        target.Parameters[0].Values[0]++;
        source.Parameters[0].Values[0].Should().NotBe(target.Parameters[0].Values[0], "they are copies");
    }

    [Fact]
    public void A_layer_takes_the_parameters_of_another_alone()
    {
        Network<double> target = Make(seed: 1);
        Network<double> source = Make(seed: 2);
        double[] rest = target.Parameter("dense2.weights").Values.ToArray();
        target.Layer("residual1").CopyParametersFrom(source.Layer("residual1"));
        target.Parameter("residual1.dense1.weights").Value
            .Should().BeEquivalentTo(source.Parameter("residual1.dense1.weights").Value);
        target.Parameter("dense2.weights").Values.ToArray().Should().Equal(rest);
    }

    [Fact]
    public void Parameters_of_other_layers_are_refused_and_nothing_is_changed()
    {
        Network<double> target = Make(seed: 1);
        double[] before = Values(target);
        FluentActions.Invoking(() => target.CopyParametersFrom(Network.Create<double>(3, seed: 1).Dense(3).Build()))
            .Should().Throw<ArgumentException>().WithMessage("*has 6 parameters, but*has 2*");
        Network<double> other = Network.Create<double>(3, seed: 2).Dense(3).Residual(block => block.Dense(3)).Dense(4)
            .Build();
        FluentActions.Invoking(() => target.CopyParametersFrom(other))
            .Should().Throw<ArgumentException>()
            .WithMessage("dense2.weights (2 × 3) cannot take the values of dense2.weights (4 × 3)*");
        FluentActions.Invoking(() => target.CopyParametersFrom(Make(seed: 2), share: 0))
            .Should().Throw<ArgumentOutOfRangeException>();
        Values(target).Should().Equal(before);
    }

    [Fact]
    public void A_layer_is_found_by_its_name()
    {
        Network<double> network = Make(seed: 1);
        network.Layer("residual1.dense1").Should().BeSameAs(((Residual<double>)network.Layers[1]).Body.Children[0]);
        network.Layer("residual1").Should().BeSameAs(network.Layers[1], "not the sequence that goes by its name");
        network.Invoking(n => n.Layer("dense3")).Should().Throw<KeyNotFoundException>()
            .WithMessage("There is no layer 'dense3'; there are dense1, residual1, residual1.dense1, dense2.");
    }

    [Fact]
    public void A_dense_layer_may_have_no_biases()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(2, biases: false).Build();
        var dense = (Dense<double>)network.Layers[0];
        dense.Biases.Should().BeNull();
        Matrix<double> x = TestData.Uniform<double>(3, 4, seed: 1);
        (network.Predict(x) - (dense.Weights.Value * x)).InfinityNorm().Should().BeLessThan(1e-15);
        FluentActions.Invoking(() => new Dense<double>(2, 2, biasInitializer: new One(), biases: false))
            .Should().Throw<ArgumentException>().WithMessage("*needs no initializer*");
    }

    private static Network<double> Make(int seed) =>
        Network.Create<double>(3, seed).Dense(3).Residual(block => block.Dense(3)).Dense(2).Build();

    private static double[] Values(Network<double> network) =>
        [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private sealed class Cube : UnusedLayer<double>
    {
        public Cube()
            : this([2, 3, 4])
        {
        }

        public Cube(int[] shape)
            : base("cube", 3, 2) => Values = AddParameter("values", shape, new Zero(), fanIn: 6, fanOut: 8);

        public Parameter<double> Values { get; }
    }
}
