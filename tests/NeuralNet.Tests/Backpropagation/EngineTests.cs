using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Backpropagation;

public sealed class EngineTests
{
    private readonly Network<double> _network = Network.Create<double>(4, seed: 5).Dense(6, new ReLU()).Dense(3)
        .Build();
    private readonly Matrix<double> _inputs = TestData.Uniform<double>(4, 5, seed: 6);
    private readonly Matrix<double> _targets = TestData.Uniform<double>(3, 5, seed: 7);

    [Fact]
    public void Batches_of_any_size_may_follow_each_other()
    {
        var engine = new BackpropagationEngine<double>(_network, new MeanSquaredError());
        Gradients<double> gradients = Gradients.For(_network);
        double whole = engine.Compute(_inputs, _targets, gradients);
        double[] expected = gradients["dense1.weights"].ToColumnMajorArray();

        engine.Compute(_inputs.SubMatrix(0, 4, 0, 2), _targets.SubMatrix(0, 3, 0, 2), gradients);
        gradients["dense1.weights"].ToColumnMajorArray().Should().NotEqual(expected);

        engine.Compute(_inputs, _targets, gradients).Should().Be(whole);
        gradients["dense1.weights"].ToColumnMajorArray()
            .Should().Equal(expected, "gradients are overwritten, not summed");
    }

    [Fact]
    public void Outputs_are_those_of_the_last_batch()
    {
        var engine = new BackpropagationEngine<double>(_network, new MeanSquaredError());
        engine.Compute(_inputs, _targets, Gradients.For(_network));
        engine.Outputs.ToMatrix().Should().BeEquivalentTo(_network.Predict(_inputs));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Probabilities_are_refused_where_the_loss_takes_logits(bool softmax)
    {
        Network<double> network = Network.Create<double>(4, seed: 5)
            .Dense(3, softmax ? new Softmax() : new Sigmoid()).Build();
        FluentActions.Invoking(() => new BackpropagationEngine<double>(network, new SoftmaxCrossEntropy()))
            .Should().Throw<ArgumentException>()
            .WithMessage($"*softmax cross-entropy*logits*'dense1' ends in {(softmax ? "Softmax" : "Sigmoid")}*");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        var engine = new BackpropagationEngine<double>(_network, new MeanSquaredError());
        Gradients<double> gradients = Gradients.For(_network);
        engine.Invoking(e => e.Compute(_inputs.Transpose(), _targets, gradients)).Should().Throw<ArgumentException>()
            .WithMessage("The network takes 4 features per sample, but the inputs have 5 rows.*")
            .WithParameterName("inputs");
        engine.Invoking(e => e.Compute(_inputs, _targets.Transpose(), gradients)).Should().Throw<ArgumentException>()
            .WithMessage("The targets of this batch must be 3 × 5 (outputs × samples), but they are 5 × 3.*")
            .WithParameterName("targets");
        engine.Invoking(
            e => e.Compute(
                new ReadOnlyMatrixSpan<double>([], 4, 0), new ReadOnlyMatrixSpan<double>([], 3, 0), gradients))
            .Should().Throw<ArgumentException>().WithMessage("The batch is empty*");
        engine.Invoking(e => e.Compute(_inputs, _targets, gradients, new MatrixSpan<double>(new double[4], 4, 1)))
            .Should().Throw<ArgumentException>().WithMessage("The input gradient must be 4 × 5*");
        Gradients<double> others = Gradients.For(Network.Create<double>(4, seed: 5).Dense(3).Build());
        engine.Invoking(e => e.Compute(_inputs, _targets, others))
            .Should().Throw<ArgumentException>().WithMessage("*another network*").WithParameterName("gradients");
    }

    [Fact]
    public void Gradients_can_be_summed_scaled_and_cleared()
    {
        var engine = new BackpropagationEngine<double>(_network, new MeanSquaredError());
        Gradients<double> first = Gradients.For(_network);
        Gradients<double> second = Gradients.For(_network);
        Gradients<double> whole = Gradients.For(_network);
        engine.Compute(_inputs.SubMatrix(0, 4, 0, 2), _targets.SubMatrix(0, 3, 0, 2), first);
        engine.Compute(_inputs.SubMatrix(0, 4, 2, 3), _targets.SubMatrix(0, 3, 2, 3), second);
        engine.Compute(_inputs, _targets, whole);

        // The mean over five samples from the means over two and over three.
        first.Scale(2.0 / 5);
        second.Scale(3.0 / 5);
        first.Add(second);
        (first["dense1.weights"] - whole["dense1.weights"]).L2Norm().Should().BeLessThan(1e-14);

        first.Clear();
        first["dense2.biases"].Enumerate().Should().OnlyContain(value => value == 0);
    }

    [Fact]
    public void Gradients_know_their_network()
    {
        Network<double> other = Network.Create<double>(4, seed: 5).Dense(3).Build();
        Gradients<double> gradients = Gradients.For(_network);
        gradients.Invoking(g => g[other.Parameters[0]])
            .Should().Throw<ArgumentException>().WithMessage("*no parameter of the network*");
        gradients.Invoking(g => g.Add(Gradients.For(other)))
            .Should().Throw<ArgumentException>().WithMessage("*another shape*");
    }

    [Fact]
    public void A_pass_allocates_nothing_after_the_first()
    {
        var engine = new BackpropagationEngine<double>(_network, new MeanSquaredError());
        Gradients<double> gradients = Gradients.For(_network);
        Allocations.WhenWarm(() => engine.Compute(_inputs, _targets, gradients)).Should().Be(0);
    }
}
