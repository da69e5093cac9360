using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Recurrence;

/// <summary>A stream predicted step by step gives what the whole sequence up to there gives.</summary>
public sealed class RecurrentStateTests
{
    private const int Steps = 7;

    private static readonly Dictionary<string, Func<NetworkBuilder<double>, NetworkBuilder<double>>> _networks = new()
    {
        ["LSTM"] = b => b.Lstm(5).Dense(2),
        ["two LSTMs"] = b => b.Lstm(5, returnSteps: true).Dropout(0.5).Lstm(4).Dense(3, new Tanh()).Dense(2),
        ["GRU from a learned state"] = b => b.Gru(5, options: new() { LearnsInitialState = true }),
        ["GRU that resets first"] = b => b.Gru(19, resetAfter: false),
        ["simple"] = b => b.SimpleRecurrent(3, returnSteps: true).Activation(new ReLU()).SimpleRecurrent(4, new ReLU()),
        ["per step"] = b => b.PerStep(step => step.Dense(4, new Tanh())).Gru(3, returnSteps: true).LastStep().Dense(2),
        ["LSTM without biases"] = b => b.Lstm(5, options: new() { HasBiases = false, LearnsInitialState = true }),
    };

    public static TheoryData<string> Networks { get; } = new(_networks.Keys);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Each_step_gives_what_the_sequence_up_to_there_gives(string name)
    {
        double[] sequence = [.. TestData.Uniform<double>(Steps * 3, 1, seed: 4).Enumerate()];
        Network<double> network = Build(name, Steps);
        var state = new RecurrentState<double>(network);
        for (int round = 0; round < 2; round++)
        {
            for (int step = 0; step < Steps; step++)
            {
                Network<double> shorter = Build(name, step + 1);
                shorter.CopyParametersFrom(network);
                double[] expected = shorter.Predict(sequence.AsSpan(0, 3 * (step + 1)).ToArray());
                double[] predicted = state.Predict(sequence.AsSpan(3 * step, 3));
                predicted.Length.Should().Be(expected.Length);
                for (int i = 0; i < expected.Length; i++)
                {
                    predicted[i].Should().BeApproximately(expected[i], 1e-14);
                }
            }

            state.Reset();
        }
    }

    [Fact]
    public void All_steps_of_a_network_that_returns_them_come_one_by_one()
    {
        Network<double> network =
            Network.Create<double>(new FeatureShape(Steps, 2), seed: 1).Gru(3, returnSteps: true).Build();
        double[] sequence = [.. TestData.Uniform<double>(Steps * 2, 1, seed: 4).Enumerate()];
        double[] expected = network.Predict(sequence);
        var state = new RecurrentState<double>(network);
        for (int step = 0; step < Steps; step++)
        {
            state.Predict(sequence.AsSpan(2 * step, 2)).Should().Equal(expected[(3 * step)..(3 * (step + 1))]);
        }
    }

    [Fact]
    public void Categories_come_one_by_one()
    {
        Network<double> network = Network.Create<double>(4, seed: 1).Embedding(6, 3).Lstm(5).Dense(2).Build();
        var state = new RecurrentState<double>(network);
        state.StepSize.Should().Be(1);
        double[] predicted = [];
        foreach (double category in new double[] { 3, 0, 5, 1 })
        {
            predicted = state.Predict([category]);
        }

        predicted.Should().BeEquivalentTo(
            network.Predict([3.0, 0, 5, 1]), options => options.Using<double>(c =>
                c.Subject.Should().BeApproximately(c.Expectation, 1e-14)).WhenTypeIs<double>());
    }

    [Fact]
    public void A_stream_goes_on_from_stored_values_and_allocates_nothing()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(3, 2), seed: 1)
            .Lstm(40, returnSteps: true).Gru(5).Dense(2).Build();
        var state = new RecurrentState<float>(network);
        float[] output = new float[2];
        state.Predict([1, 2], output);
        float[] stored = state.Values.ToArray();
        state.Predict([3, 4], output);
        float[] expected = [.. output];
        var other = new RecurrentState<float>(network);
        stored.CopyTo(other.Values);
        other.Predict([3f, 4]).Should().Equal(expected);

        float[] step = [5, 6];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            state.Predict(step, output);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void Streams_of_one_network_do_not_disturb_each_other()
    {
        Network<double> network = Build("two LSTMs", Steps);
        double[][] outputs = new double[64][];
        Parallel.For(0, 64, stream =>
        {
            var state = new RecurrentState<double>(network);
            for (int step = 0; step < 50; step++)
            {
                outputs[stream] = state.Predict([stream % 2, step, 1]);
            }
        });
        outputs.Where((_, i) => i % 2 == 0).Should().AllSatisfy(output => output.Should().Equal(outputs[0]));
        outputs.Where((_, i) => i % 2 == 1).Should().AllSatisfy(output => output.Should().Equal(outputs[1]));
    }

    [Fact]
    public void Layers_that_need_the_whole_sequence_are_refused_by_name()
    {
        Refused(b => b.Lstm(3, bidirectional: true)).WithMessage("*branches1*whole sequence*");
        Refused(b => b.Lstm(3, options: new() { IsReversed = true })).WithMessage("*lstm1*whole sequence*");
        Refused(b => b.Convolution(3, 2).Lstm(3)).WithMessage("*convolution1*whole sequence*");
        Refused(b => b.Dense(3)).WithMessage("*dense1*whole sequence*");
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        var state = new RecurrentState<double>(Build("LSTM", Steps));
        FluentActions.Invoking(() => state.Predict([1, 2]))
            .Should().Throw<ArgumentException>().WithMessage("*3 features*2*").WithParameterName("step");
        FluentActions.Invoking(() => state.Predict([1, 2, 3], new double[1]))
            .Should().Throw<ArgumentException>().WithMessage("*2 outputs*1*").WithParameterName("output");
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<NotSupportedException> Refused(
        Func<NetworkBuilder<double>, NetworkBuilder<double>> add)
    {
        Network<double> network = add(Network.Create<double>(new FeatureShape(4, 3), seed: 1)).Build();
        return FluentActions.Invoking(() => new RecurrentState<double>(network))
            .Should().Throw<NotSupportedException>();
    }

    private static Network<double> Build(string name, int steps) =>
        _networks[name](Network.Create<double>(new FeatureShape(steps, 3), seed: 1)).Build();
}
