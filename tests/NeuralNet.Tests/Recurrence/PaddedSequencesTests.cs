using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Recurrence;

/// <summary>
/// Sequences of different lengths in one batch: each is treated as if it were alone, without its padding.
/// </summary>
public sealed class PaddedSequencesTests
{
    private const int Steps = 6;
    private const int Features = 3;

    private static readonly int[] _lengths = [4, 6, 1, 3, 6, 2, 5, 1, 2, 3, 6];

    private static readonly Dictionary<string, Func<NetworkBuilder<double>, NetworkBuilder<double>>> _layers = new()
    {
        ["LSTM"] = b => b.Lstm(5),
        ["both directions"] = b => b.Lstm(4, returnSteps: true, bidirectional: true).Gru(3, bidirectional: true),
        ["reset first"] = b => b.Gru(5, returnSteps: true, resetAfter: false).Gru(4, resetAfter: false),
        ["simple"] = b => b.SimpleRecurrent(4, returnSteps: true).Activation(new Tanh()).SimpleRecurrent(3, new ReLU()),
        ["per step, last"] = b => b.PerStep(step => step.Dense(4, new Sigmoid())).LastStep(),
        ["attention"] = b => b.Lstm(4, returnSteps: true).PerStep(step => step.Dense(3)).AttentionPooling(),
        ["mean"] = b => b.PerStep(step => step.Dense(4, new Sigmoid())).GlobalAveragePooling(),
        ["maximum"] = b => b.Gru(4, returnSteps: true).GlobalMaxPooling(),
        ["residual"] = b => b.Residual(block => block.Lstm(3, returnSteps: true)).Gru(2),
    };

    public static TheoryData<string> Layers { get; } = new(_layers.Keys);

    [Fact]
    public void A_step_of_padding_gives_0_and_has_no_gradient()
    {
        // The outputs are the steps themselves, so that the loss has a gradient by those of padding.
        Network<double> network = Network.Create<double>((Steps * Features) + 1, seed: 1)
            .PaddedSequences(new FeatureShape(Steps, Features), steps => steps.PerStep(step => step.Dense(2))).Build();
        Matrix<double> inputs = Matrix<double>.Build.DenseOfColumnMajor(
            network.InputSize, _lengths.Length, Batch(padding: 0.5));
        Matrix<double> targets = Matrix<double>.Build.Dense(network.OutputSize, _lengths.Length, 1);

        network.Predict(inputs).Column(0).Skip(_lengths[0] * 2).Should().OnlyContain(value => value == 0);
        GradientCheck.Run(network, new MeanSquaredError(), inputs, targets).Comparisons
            .Where(c => c.Name != "input").Should().OnlyContain(c => c.WorstRelativeError <= 1e-7);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Each_sequence_gives_what_it_gives_alone(string name)
    {
        Network<double> padded = Padded(name);
        double[] batch = Batch(padding: double.NaN);
        double[] outputs = padded.Predict(batch);
        var engine = new BackpropagationEngine<double>(padded, new MeanSquaredError());
        Gradients<double> all = NeuralNet.Backpropagation.Gradients.For(padded);
        double[] targets = new double[outputs.Length];
        double[] inputGradient = new double[batch.Length];
        double loss = engine.Compute(
            new(batch, padded.InputSize, _lengths.Length),
            new(targets, padded.OutputSize, _lengths.Length),
            all,
            new(inputGradient, padded.InputSize, _lengths.Length));

        double[][] sums = [.. padded.Parameters.Select(parameter => new double[parameter.Count])];
        double sumOfLosses = 0;
        for (int n = 0; n < _lengths.Length; n++)
        {
            int rows = _lengths[n] * Features;
            Network<double> alone = Alone(name, _lengths[n], padded);
            double[] sequence = batch.AsSpan(n * padded.InputSize, rows).ToArray();
            AssertClose(alone.Predict(sequence), outputs.AsSpan(n * padded.OutputSize, padded.OutputSize));

            var engineAlone = new BackpropagationEngine<double>(alone, new MeanSquaredError());
            Gradients<double> gradients = NeuralNet.Backpropagation.Gradients.For(alone);
            double[] own = new double[rows];
            sumOfLosses += engineAlone.Compute(
                new(sequence, rows, 1),
                new(new double[alone.OutputSize], alone.OutputSize, 1),
                gradients,
                new(own, rows, 1));
            for (int p = 0; p < sums.Length; p++)
            {
                double[] values = gradients[alone.Parameters[p]].AsColumnMajorArray();
                for (int i = 0; i < values.Length; i++)
                {
                    sums[p][i] += values[i] / _lengths.Length;
                }
            }

            Span<double> gradient = inputGradient.AsSpan(n * padded.InputSize, padded.InputSize);
            AssertClose([.. own.Select(value => value / _lengths.Length)], gradient[..rows]);
            gradient[rows..].ToArray().Should().OnlyContain(value => value == 0);
        }

        loss.Should().BeApproximately(sumOfLosses / _lengths.Length, 1e-12);
        for (int p = 0; p < sums.Length; p++)
        {
            AssertClose(sums[p], all[padded.Parameters[p]].AsColumnMajorArray());
        }
    }

    [Fact]
    public void Categories_in_the_padding_are_not_looked_at()
    {
        Network<double> network = Network.Create<double>(5, seed: 1)
            .PaddedSequences(4, text => text.Embedding(3, 2).Lstm(3)).Build();
        double[] expected = network.Predict([1.0, 2, 0, 0, 2]);
        network.Predict([1.0, 2, 99, double.NaN, 2]).Should().Equal(expected);
        network.Predict([1.0, 2, 1, 0, 3]).Should().NotEqual(expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(2.5)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_length_that_is_no_number_of_steps_is_refused(double length)
    {
        Network<double> network = Padded("LSTM");
        double[] batch = Batch(padding: 0);
        batch[(2 * network.InputSize) - 1] = length;
        network.Invoking(one => one.Predict(batch))
            .Should().Throw<ArgumentException>().WithMessage("*sequence 1*paddedSequences1*whole number from 1 to 6*");
    }

    [Fact]
    public void Layers_that_padding_would_disturb_are_refused()
    {
        Refused(b => b.Convolution(3, 2).Lstm(2)).WithMessage("*'convolution' does not take padded sequences*");
        Refused(b => b.Dense(3)).WithMessage("*'dense'*");
        Refused(b => b.Lstm(3, returnSteps: true).Dense(3)).WithMessage("*'dense'*");
        Refused(b => b.PerStep(step => step.BatchNormalization()).Lstm(2)).WithMessage("*'perStep'*");
        Refused(b => b.Residual(block => block.BatchNormalization())).WithMessage("*'residual'*");
        FluentActions.Invoking(() => Network.Create<double>(18, seed: 1)
            .PaddedSequences(new FeatureShape(Steps, Features), steps => steps.Lstm(2)))
            .Should().Throw<ArgumentException>().WithMessage("*one row more*18 rows*").WithParameterName("shape");
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refused(
        Func<NetworkBuilder<double>, NetworkBuilder<double>> layers) =>
        FluentActions.Invoking(() => Network.Create<double>((Steps * Features) + 1, seed: 1)
            .PaddedSequences(new FeatureShape(Steps, Features), layers)).Should().Throw<ArgumentException>();

    private static Network<double> Padded(string name) =>
        Network.Create<double>((Steps * Features) + 1, seed: 1)
            .PaddedSequences(new FeatureShape(Steps, Features), _layers[name]).Dense(2).Build();

    private static Network<double> Alone(string name, int steps, Network<double> parameters)
    {
        Network<double> network =
            _layers[name](Network.Create<double>(new FeatureShape(steps, Features), seed: 1)).Dense(2).Build();
        foreach ((NeuralNet.Layers.Parameter<double> from, NeuralNet.Layers.Parameter<double> to) in
            parameters.Parameters.Zip(network.Parameters))
        {
            from.Values.CopyTo(to.Values);
        }

        return network;
    }

    private static double[] Batch(double padding)
    {
        double[] numbers = TestData.Uniform<double>(Steps * Features, _lengths.Length, seed: 3).AsColumnMajorArray();
        double[] batch = new double[_lengths.Length * ((Steps * Features) + 1)];
        for (int n = 0; n < _lengths.Length; n++)
        {
            Span<double> sample = batch.AsSpan(n * ((Steps * Features) + 1), (Steps * Features) + 1);
            sample.Fill(padding);
            numbers.AsSpan(n * Steps * Features, _lengths[n] * Features).CopyTo(sample);
            sample[^1] = _lengths[n];
        }

        return batch;
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<double> actual)
    {
        actual.Length.Should().Be(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].Should().BeApproximately(expected[i], 1e-12);
        }
    }
}
