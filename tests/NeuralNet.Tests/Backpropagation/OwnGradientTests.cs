using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;
using NeuralNet.Regularization;

namespace NeuralNet.Tests.Backpropagation;

/// <summary>Forward and backward with a gradient from elsewhere, and the activations in between.</summary>
public sealed class OwnGradientTests
{
    private static readonly Matrix<double> _inputs = TestData.Uniform<double>(4, 7, seed: 2);
    private static readonly Matrix<double> _targets = TestData.Uniform<double>(3, 7, seed: 3);

    [Fact]
    public void Forward_and_backward_around_a_loss_of_ones_own_are_what_Compute_does()
    {
        Network<double> network = Make();
        Gradients<double> expected = Gradients.For(network);
        double[] expectedInput = new double[28];
        var draw = RandomStream.FromSeed(5);
        new BackpropagationEngine<double>(network, new MeanSquaredError())
            .Compute(_inputs, _targets, expected, new MatrixSpan<double>(expectedInput, 4, 7), draw);

        var engine = new BackpropagationEngine<double>(network);
        Matrix<double> inputs = _inputs.Clone();
        Matrix<double> outputs = engine.Forward(inputs, draw).ToMatrix();
        inputs.Clear();
        Gradients<double> gradients = Gradients.For(network);
        double[] inputGradient = new double[28];
        engine.Backward((2.0 / 3 / 7) * (outputs - _targets), gradients, new MatrixSpan<double>(inputGradient, 4, 7));
        engine.AddPenaltyGradients(gradients);
        foreach (Parameter<double> parameter in network.Parameters)
        {
            (gradients[parameter] - expected[parameter]).InfinityNorm().Should().BeLessThan(1e-13, parameter.Name);
        }

        inputGradient.Should().Equal(expectedInput, (one, other) => Math.Abs(one - other) < 1e-14);
    }

    [Fact]
    public void The_gradient_given_is_left_as_it_is()
    {
        var engine = new BackpropagationEngine<double>(Make());
        Matrix<double> gradient = TestData.Uniform<double>(3, 7, seed: 4);
        Matrix<double> before = gradient.Clone();
        engine.Forward(_inputs);
        engine.Backward(gradient, Gradients.For(engine.Network));
        gradient.Should().BeEquivalentTo(before);
    }

    [Fact]
    public void A_forward_pass_serves_one_backward_pass()
    {
        var engine = new BackpropagationEngine<double>(Make());
        Gradients<double> gradients = Gradients.For(engine.Network);
        engine.Invoking(e => e.Backward(_targets, gradients))
            .Should().Throw<InvalidOperationException>().WithMessage("*Call Forward first*");
        engine.Forward(_inputs);
        engine.Backward(_targets, gradients);
        engine.Invoking(e => e.Backward(_targets, gradients)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var engine = new BackpropagationEngine<double>(Make());
        Gradients<double> gradients = Gradients.For(engine.Network);
        engine.Invoking(e => e.Forward(_targets)).Should().Throw<ArgumentException>().WithParameterName("inputs");
        engine.Invoking(e => e.Forward(new ReadOnlyMatrixSpan<double>([], 4, 0)))
            .Should().Throw<ArgumentException>().WithMessage("The batch is empty*");
        engine.Forward(_inputs);
        engine.Invoking(e => e.Backward(_inputs, gradients))
            .Should().Throw<ArgumentException>().WithParameterName("outputGradient");
        engine.Invoking(e => e.Backward(_targets, Gradients.For(Make())))
            .Should().Throw<ArgumentException>().WithParameterName("gradients");
        engine.Invoking(e => e.Compute(_inputs, _targets, gradients))
            .Should().Throw<InvalidOperationException>().WithMessage("*made without a loss*");
    }

    [Fact]
    public void The_activations_of_every_layer_are_those_of_the_last_batch()
    {
        Network<double> network = Network.Create<double>(4, seed: 1)
            .Dense(5, new Tanh())
            .Residual(block => block.Dense(6, new ReLU()).Dense(5))
            .Branches(Merge.Concatenation, a => a.Dense(2), b => b)
            .Build();
        var engine = new BackpropagationEngine<double>(network);
        engine.Invoking(e => e.Activations(network.Layers[0]))
            .Should().Throw<InvalidOperationException>().WithMessage("No batch*");
        Matrix<double> outputs = engine.Forward(_inputs).ToMatrix();

        Matrix<double> Of(string layer) => engine.Activations(network.Layer(layer)).ToMatrix();
        Of("branches1").Should().BeEquivalentTo(outputs);
        Of("branches1.sequence1").Should().BeEquivalentTo(Of("branches1.sequence1.dense1"));
        (Of("dense1") + Of("residual1.dense2") - Of("residual1")).InfinityNorm().Should().BeLessThan(1e-15);
        Of("residual1.dense1").RowCount.Should().Be(6);
        Of("branches1.sequence1").Stack(Of("residual1")).Should().BeEquivalentTo(outputs);
        Of("branches1.sequence2").Should().BeEquivalentTo(Of("residual1"));
        engine.Invoking(e => e.Activations(Make().Layers[0]))
            .Should().Throw<ArgumentException>().WithMessage("*no layer of this engine's network*");
    }

    [Fact]
    public void The_meaning_of_the_outputs_is_asked_of_the_network()
    {
        Kind(b => b.Dense(2)).Should().Be(OutputKind.Real);
        Kind(b => b.Dense(2, new Sigmoid())).Should().Be(OutputKind.Probability);
        Kind(b => b.Dense(2, new Softmax())).Should().Be(OutputKind.Distribution);
        Kind(b => b.Dense(2).Activation(new LogSoftmax())).Should().Be(OutputKind.LogDistribution);
        Kind(b => b.Dense(2, new Sigmoid()).Dropout()).Should().BeNull();
        Kind(b => b.Residual(block => block.Dense(4, new Sigmoid()))).Should().BeNull("a sum of two is no probability");

        static OutputKind? Kind(Func<NetworkBuilder<double>, NetworkBuilder<double>> add) =>
            add(Network.Create<double>(4, seed: 1)).Build().OutputKind;
    }

    private static Network<double> Make() =>
        Network.Create<double>(4, seed: 1)
            .Dense(5, new Tanh(), weightPenalty: new L2Penalty(0.1)).Dropout(0.3).BatchNormalization().Dense(3).Build();
}
