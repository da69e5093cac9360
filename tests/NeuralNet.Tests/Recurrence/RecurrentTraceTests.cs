using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Recurrence;
using NeuralNet.Regularization;
using NeuralNet.Traces;

namespace NeuralNet.Tests.Recurrence;

/// <summary>A recurrent layer's trace tells each step, and its sums are the gradients of backpropagation.</summary>
public sealed class RecurrentTraceTests
{
    private const int Steps = 4;
    private const int Features = 3;
    private const int Units = 2;

    public static TheoryData<string> Layers { get; } = new(
        "lstm", "lstm, all steps", "lstm, reversed", "gru", "gru, reset first", "gru, reversed", "simple");

    [Theory]
    [MemberData(nameof(Layers))]
    public void The_terms_of_every_parameter_sum_to_its_gradient(string name)
    {
        (RecurrentTrace trace, RecurrentLayer<double> layer) = Trace(name);
        foreach (string gate in trace.Gates)
        {
            int block = trace.Gates.ToList().IndexOf(gate) * Units;
            for (int unit = 0; unit < Units; unit++)
            {
                for (int feature = 0; feature < Features; feature++)
                {
                    ShouldBe(trace.InputWeight(gate, unit, feature), layer.InputWeights, block + unit, feature);
                }

                for (int from = 0; from < Units; from++)
                {
                    ShouldBe(trace.RecurrentWeight(gate, unit, from), layer.RecurrentWeights, block + unit, from);
                }

                ShouldBe(trace.InputBias(gate, unit), layer.InputBiases!, block + unit, 0);
                ShouldBe(trace.RecurrentBias(gate, unit), layer.RecurrentBiases!, block + unit, 0);
            }
        }

        void ShouldBe(
            SharedParameterTerms terms, NeuralNet.Layers.Parameter<double> parameter, int row, int column)
        {
            terms.Places.Select(place => place.Row).Should().Equal(Enumerable.Range(0, Steps));
            double gradient = trace.Parameters.Single(one => one.Name == parameter.Name).Gradient[row, column];
            terms.Gradient.Should().Be(gradient);
            (terms.Sum + terms.PenaltyByParameter).Should().BeApproximately(gradient, 1e-13);
            terms.FiniteDifference.Should().BeApproximately(gradient, 1e-8);
            terms.Name.Should().StartWith(parameter.Name + "[");
        }
    }

    [Fact]
    public void The_gates_are_those_of_the_equations()
    {
        (RecurrentTrace trace, RecurrentLayer<double> layer) = Trace("lstm");
        Vector<double> hidden = layer.InitialHidden!.Value.Column(0);
        Vector<double> cell = layer.InitialCell!.Value.Column(0);
        for (int step = 0; step < Steps; step++)
        {
            Vector<double> z = (layer.InputWeights.Value * trace.Input.SubVector(step * Features, Features))
                + layer.InputBiases!.Value.Column(0)
                + (layer.RecurrentWeights.Value * hidden)
                + layer.RecurrentBiases!.Value.Column(0);
            Vector<double> i = Block(z, 0).Map(Sigmoid);
            Vector<double> f = Block(z, 1).Map(Sigmoid);
            Vector<double> g = Block(z, 2).Map(Math.Tanh);
            Vector<double> o = Block(z, 3).Map(Sigmoid);
            cell = f.PointwiseMultiply(cell) + i.PointwiseMultiply(g);
            hidden = o.PointwiseMultiply(cell.PointwiseTanh());
            Near(trace.Gate("i").Column(step), i);
            Near(trace.Gate("f").Column(step), f);
            Near(trace.Gate("g").Column(step), g);
            Near(trace.Gate("o").Column(step), o);
            Near(trace.Hidden.Column(step), hidden);
        }

        static Vector<double> Block(Vector<double> z, int gate) => z.SubVector(gate * Units, Units);

        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

        static void Near(Vector<double> actual, Vector<double> expected) =>
            (actual - expected).InfinityNorm().Should().BeLessThan(1e-14);
    }

    [Fact]
    public void The_text_shows_each_step()
    {
        string text = Trace("gru").Trace.ToString();
        text.Should().Contain("r by step").And.Contain("δ of n by step").And.Contain("h by step")
            .And.Contain("∂L/∂gru1.recurrentWeights");
        text.Split('\n').Single(line => line.Contains("u by step") && !line.Contains('δ'))
            .Count(c => c == ';').Should().Be(Steps - 1);
    }

    [Fact]
    public void What_is_not_there_is_refused_by_name()
    {
        (RecurrentTrace trace, _) = Trace("lstm");
        trace.Invoking(t => t.Gate("u")).Should().Throw<ArgumentException>()
            .WithMessage("There is no gate 'u'; there are i, f, g, o.*").WithParameterName("gate");
        trace.Invoking(t => t.InputWeight("i", Units, 0)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("unit");
        trace.Invoking(t => t.InputWeight("i", 0, -1)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("feature");
        trace.Invoking(t => t.RecurrentWeight("i", 0, Units)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("from");
        Network<double> network = Network.Create<double>(new FeatureShape(Steps, Features), seed: 1)
            .Lstm(Units, options: new() { HasBiases = false }).Build();
        Run(network).Recurrent("lstm1").Invoking(t => t.InputBias("i", 0)).Should().Throw<InvalidOperationException>()
            .WithMessage("*'lstm1' has no biases*");
        Run(network).Invoking(t => t.Recurrent("lstm2")).Should().Throw<KeyNotFoundException>()
            .WithMessage("*no recurrent layer 'lstm2'; there are lstm1.*");
    }

    [Fact]
    public void Of_sequences_of_different_lengths_the_layer_is_shown_as_a_whole()
    {
        Network<double> network = Network.Create<double>((Steps * Features) + 1, seed: 1)
            .PaddedSequences(new FeatureShape(Steps, Features), steps => steps.Lstm(Units)).Build();
        double[] input = [.. Enumerable.Range(0, Steps * Features).Select(i => Math.Sin(i)), 2];
        BackpropagationTrace trace = BackpropagationTrace.Run(
            network,
            new MeanSquaredError(),
            Vector<double>.Build.Dense(input),
            Vector<double>.Build.Dense(network.OutputSize));
        trace.Layers[0].Layers[0].Should().BeOfType<OtherLayerTrace>();
    }

    private static (RecurrentTrace Trace, RecurrentLayer<double> Layer) Trace(string name)
    {
        RecurrentOptions options = new()
        {
            IsReversed = name.EndsWith("reversed", StringComparison.Ordinal),
            LearnsInitialState = true,
            WeightPenalty = new L2Penalty(0.01),
        };
        NetworkBuilder<double> builder = Network.Create<double>(new FeatureShape(Steps, Features), seed: 3);
        Network<double> network = (name.Split(',')[0] switch
        {
            "lstm" => builder.Lstm(
                Units, returnSteps: name.EndsWith("all steps", StringComparison.Ordinal), options: options),
            "gru" => builder.Gru(
                Units, resetAfter: !name.EndsWith("reset first", StringComparison.Ordinal), options: options),
            _ => builder.SimpleRecurrent(Units, options: options),
        }).Build();
        var layer = (RecurrentLayer<double>)network.Layers[0];
        var random = new Random(5);
        foreach (NeuralNet.Layers.Parameter<double> parameter in layer.Parameters)
        {
            foreach (ref double value in parameter.Values)
            {
                value += (random.NextDouble() - 0.5) * 0.6;
            }
        }

        return (Run(network).Recurrent(layer.Name), layer);
    }

    private static BackpropagationTrace Run(Network<double> network) => BackpropagationTrace.Run(
        network,
        new MeanSquaredError(),
        Vector<double>.Build.Dense(network.InputSize, i => Math.Sin(1 + (2 * i))),
        Vector<double>.Build.Dense(network.OutputSize, i => 0.3 * i));
}
