using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Initializers;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Tests.Layers;

/// <summary>Layers of one's own that are made of others: their names, their memory, their files.</summary>
public sealed class CompositeTests
{
    private static readonly ModelKinds _kinds = new ModelKinds().WithLayer<double, Pair>(
        "pair",
        s =>
        {
            IReadOnlyList<Layer<double>> first = s.Layers("first", pair => [pair.Children[0]]);
            IReadOnlyList<Layer<double>> second = s.Layers("second", pair => [pair.Children[1]]);
            string? name = s.OptionalText("name", pair => pair.GivenName);
            return () => new(first[0], second[0], name);
        });

    [Theory]
    [InlineData(null)]
    [InlineData("gate")]
    public void It_is_saved_and_loaded_whatever_the_layers_within_are_called(string? name)
    {
        Network<double> network = Network.Create<double>(3, seed: 1)
            .Add(new Pair(new Dense<double>(3, 5), new Dense<double>(3, 4), name)).Build();
        network.Layer($"pair1.{name ?? "dense1"}").OutputSize.Should().Be(5);
        Network<double> loaded = Copy(network);
        Matrix<double> inputs = TestData.Uniform<double>(3, 4, seed: 2);
        loaded.Predict(inputs).ToColumnMajorArray().Should().Equal(network.Predict(inputs).ToColumnMajorArray());
    }

    [Fact]
    public void Two_layers_within_never_have_one_name()
    {
        var pair = new Pair(new Dense<double>(3, 5), new Dense<double>(3, 4), "dense2");
        FluentActions.Invoking(() => Network.Create<double>(3, seed: 1).Add(pair).Build())
            .Should().Throw<InvalidOperationException>().WithMessage("Two layers would be called 'pair1.dense2'*");
        FluentActions.Invoking(() => new Pair(new Dense<double>(3, 5), new Dense<double>(3, 4), ""))
            .Should().Throw<ArgumentException>().WithMessage("*must be the only one*");
        FluentActions.Invoking(() => new Pair(new Dense<double>(3, 5), new Dense<double>(3, 4), "a.b"))
            .Should().Throw<ArgumentException>().WithMessage("*holds a dot*");
    }

    [Fact]
    public void The_output_of_a_layer_within_that_is_not_kept_is_not_guessed()
    {
        Network<double> network = Network.Create<double>(3, seed: 1)
            .Add(new Pair(new Dense<double>(3, 4, new ReLU()), new Dense<double>(3, 4), name: null)).Build();
        var engine = new BackpropagationEngine<double>(network);
        engine.Forward(TestData.Uniform<double>(3, 4, seed: 2));
        engine.Invoking(e => e.Activations(network.Layer("pair1.dense1"))).Should().Throw<ArgumentException>()
            .WithMessage("*keeps no output of it*");
        engine.Activations(network.Layer("pair1")).Rows.Should().Be(8);
    }

    [Fact]
    public void A_layer_that_is_within_another_is_complete()
    {
        var late = new Late();
        _ = new Sequence<double>(late);
        late.Invoking(layer => layer.Add()).Should().Throw<InvalidOperationException>()
            .WithMessage("*parameters are fixed*");
    }

    [Fact]
    public void Of_layers_that_cannot_be_had_together_none_is_taken()
    {
        var dense = new Dense<double>(2, 2);
        FluentActions.Invoking(() => new Sequence<double>(dense, dense)).Should().Throw<InvalidOperationException>()
            .WithMessage("*there twice*");
        FluentActions.Invoking(() => new Residual<double>(dense, new Dense<double>(2, 3)))
            .Should().Throw<ArgumentException>();
        var branch = new Sequence<double>(dense);
        FluentActions.Invoking(() => new Branches<double>(Merge.Sum, branch, branch))
            .Should().Throw<InvalidOperationException>();
        new Residual<double>(branch).Body.Should().BeSameAs(branch);
    }

    [Fact]
    public void A_layer_that_reads_its_input_in_another_shape_is_saved_and_loaded()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(2, 3, 1), seed: 1)
            .Add(new BatchNormalization<double>(6))
            .Add(new Residual<double>(new Dense<double>(6, 6)))
            .LayerNormalization()
            .Dense(2)
            .Build();
        Network<double> loaded = Copy(network);
        loaded.Layers.Select(layer => layer.InputShape)
            .Should().Equal(network.Layers.Select(layer => layer.InputShape));
        Matrix<double> inputs = TestData.Uniform<double>(6, 4, seed: 2);
        loaded.Predict(inputs).ToColumnMajorArray().Should().Equal(network.Predict(inputs).ToColumnMajorArray());
    }

    [Fact]
    public void An_engine_forgets_a_batch_that_failed()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Add(new Failing()).Build();
        var engine = new BackpropagationEngine<double>(network);
        engine.Invoking(e => e.Forward(TestData.Uniform<double>(2, 3, seed: 1)))
            .Should().Throw<NotSupportedException>();
        engine.Invoking(e => e.Activations(network.Layers[0])).Should().Throw<InvalidOperationException>()
            .WithMessage("No batch went through*");
    }

    [Fact]
    public void A_fan_below_one_is_refused_and_a_parameter_without_elements_is_not_drawn()
    {
        FluentActions.Invoking(() => new Late(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("fanIn");
        Network.Create<double>(2, seed: 1).Add(new Late()).Build().ParameterCount.Should().Be(0);
    }

    [Fact]
    public void The_whole_sequence_of_a_network_is_checked_like_a_layer()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(4, new Tanh()).Dense(2).Build();
        GradientCheck.Run(network.Body, TestData.Uniform<double>(3, 5, seed: 2)).EnsurePassed();
    }

    private static Network<double> Copy(Network<double> network)
    {
        using var stream = new MemoryStream();
        network.Save(stream, _kinds);
        stream.Position = 0;
        return Network.Load<double>(stream, _kinds);
    }

    /// <summary>Two layers side by side, whose outputs it copies out of scratch memory.</summary>
    private sealed class Pair : UnusedLayer<double>
    {
        public Pair(Layer<double> first, Layer<double> second, string? name)
            : base("pair", first.InputShape, first.OutputSize + second.OutputSize)
        {
            GivenName = name;
            AddChild(first, name);
            AddChild(second);
        }

        public string? GivenName { get; }

        public override void RequestMemory(MemoryRequest memory)
        {
            memory.Scratch(Children[0].OutputSize, memory.Samples);
            memory.Scratch(Children[1].OutputSize, memory.Samples);
        }

        public override void Forward(
            ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context)
        {
            for (int child = 0; child < 2; child++)
            {
                context.ForwardChild(child, input, context.Scratch(child));
                for (int j = 0; j < input.Columns; j++)
                {
                    int start = child == 0 ? 0 : Children[0].OutputSize;
                    context.Scratch(child).Column(j).CopyTo(output.Column(j)[start..]);
                }
            }
        }
    }

    private sealed class Late : UnusedLayer<double>
    {
        public Late(int? fanIn = null)
            : base("late", 2, 2) => AddParameter("empty", [2, 0], new GlorotNormal(), fanIn);

        public void Add() => AddParameter("late", [2], new One());

        public override void Forward(
            ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context) =>
            input.Values.CopyTo(output.Values);
    }

    private sealed class Failing() : UnusedLayer<double>("failing", 2, 2);
}
