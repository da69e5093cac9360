using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;
using NeuralNet.Recurrence;
using NeuralNet.Serialization;

namespace NeuralNet.Tests.Recurrence;

/// <summary>Dropout between the steps of recurrent layers: one choice of units for all steps of a sequence.</summary>
public sealed class RecurrentDropoutTests
{
    private static readonly Dictionary<
        string, Func<NetworkBuilder<double>, RecurrentOptions, bool, NetworkBuilder<double>>> _layers = new()
        {
            ["LSTM"] = (b, options, steps) => b.Lstm(5, returnSteps: steps, options: options),
            ["GRU"] = (b, options, steps) => b.Gru(5, returnSteps: steps, options: options),
            ["GRU, reset before"] = (b, options, steps) =>
                b.Gru(5, returnSteps: steps, resetAfter: false, options: options),
            ["simple"] = (b, options, steps) => b.SimpleRecurrent(5, returnSteps: steps, options: options),
            ["both directions"] = (b, options, steps) =>
                b.Lstm(5, returnSteps: steps, bidirectional: true, options: options),
        };

    public static TheoryData<string> Layers { get; } = new(_layers.Keys);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradients_are_right_at_a_fixed_draw(string layer)
    {
        RecurrentOptions options = new() { RecurrentDropout = 0.4, LearnsInitialState = true };
        Check(Network.Create<double>(new FeatureShape(4, 2), seed: 1), TestData.Uniform<double>(8, 3, seed: 2));

        // With padding: sequences of 4, 2 and 1 steps.
        Matrix<double> padded = TestData.Uniform<double>(9, 3, seed: 4);
        padded.SetRow(8, [4, 2, 1]);
        Network<double> network = Network.Create<double>(9, seed: 3)
            .PaddedSequences(new FeatureShape(4, 2), inner => Layered(inner)).Dense(2).Build();
        GradientCheck.Run(network, new MeanSquaredError(), padded, TestData.Uniform<double>(2, 3, seed: 5))
            .Comparisons.Where(c => c.Name != "input").Should().OnlyContain(c => c.WorstRelativeError <= 1e-7);

        void Check(NetworkBuilder<double> builder, Matrix<double> inputs) => GradientCheck.Run(
            Layered(builder).Dense(2).Build(),
            new MeanSquaredError(),
            inputs,
            TestData.Uniform<double>(2, 3, seed: 3)).EnsurePassed();

        NetworkBuilder<double> Layered(NetworkBuilder<double> builder) =>
            _layers[layer](_layers[layer](builder, options, true), options, false);
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    [InlineData("GRU, reset before")]
    [InlineData("simple")]
    public void What_is_dropped_counts_nowhere_but_in_the_product_and_is_the_same_at_all_steps(string layer)
    {
        const double rate = 0.4;
        RandomStream random = RandomStream.FromSeed(6);
        double[] mask = new double[5];
        DropoutMask.Draw<double>(mask, rate, random.Derive(0));
        mask.Should().Contain(0).And.Contain(factor => factor > 0, "or nothing is tested");
        Network<double> dropping = Make(new() { RecurrentDropout = rate });
        Network<double> plain = Make(new());
        plain.CopyParametersFrom(dropping);

        // U·(m ⊙ h) is (U·diag(m))·h.
        Parameter<double> weights = ((RecurrentLayer<double>)plain.Layers[0]).RecurrentWeights;
        weights.Set(weights.Value * Matrix<double>.Build.DenseOfDiagonalArray(mask));
        Matrix<double> inputs = TestData.Uniform<double>(14, 1, seed: 7);
        double[] outputs = Forward(dropping);
        double[] expected = Forward(plain);
        outputs.Should().Equal(expected, (actual, wanted) => Math.Abs(actual - wanted) < 1e-14);
        dropping.Predict(inputs).Column(0).Should().NotEqual(outputs);

        double[] Forward(Network<double> network) =>
            new BackpropagationEngine<double>(network).Forward(inputs, random).Values.ToArray();

        Network<double> Make(RecurrentOptions options) =>
            _layers[layer](Network.Create<double>(new FeatureShape(7, 2), seed: 1), options, true).Build();
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_prediction_drops_nothing_and_threads_change_no_bit(string layer)
    {
        Network<double> dropping = Make(0.5);
        Network<double> plain = Make(0);
        plain.CopyParametersFrom(dropping);
        Matrix<double> inputs = TestData.Uniform<double>(200, 40, seed: 8);
        dropping.Predict(inputs).Should().BeEquivalentTo(plain.Predict(inputs));
        (double[] outputs, double[] gradient) = Run(1);
        foreach (int threads in (int[])[2, 5])
        {
            (double[] outputsHere, double[] gradientHere) = Run(threads);
            outputsHere.Should().Equal(outputs);
            gradientHere.Should().Equal(gradient);
        }

        (double[] Outputs, double[] Gradient) Run(int threads)
        {
            var engine = new BackpropagationEngine<double>(dropping, threads: threads);
            double[] given = engine.Forward(inputs, RandomStream.FromSeed(1)).Values.ToArray();
            double[] below = new double[200 * 40];
            engine.Backward(
                new ReadOnlyMatrixSpan<double>(given, dropping.OutputSize, 40),
                Gradients.For(dropping),
                new MatrixSpan<double>(below, 200, 40));
            return (given, below);
        }

        Network<double> Make(double rate) => _layers[layer](
            Network.Create<double>(new FeatureShape(100, 2), seed: 1),
            new() { RecurrentDropout = rate },
            false).Build();
    }

    [Fact]
    public void It_is_saved_and_a_rate_out_of_range_is_refused()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(3, 2), seed: 1)
            .Gru(4, options: new() { RecurrentDropout = 0.25 }).Build();
        using var stream = new MemoryStream();
        network.Save(stream);
        stream.Position = 0;
        ((Gru<float>)ModelFile.Load<float>(stream).Layers[0]).RecurrentDropout.Should().Be(0.25);
        new RecurrentOptions { RecurrentDropout = 0.25 }.ToString()
            .Should().EndWith("whole gradients, dropout of 0.25");
        foreach (double rate in (double[])[1, -0.1, double.NaN])
        {
            FluentActions.Invoking(() => new Lstm<float>(
                new FeatureShape(3, 2), 4, options: new() { RecurrentDropout = rate }))
                .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*must be at least 0 and below 1*");
        }
    }
}
