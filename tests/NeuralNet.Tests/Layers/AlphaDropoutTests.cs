using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Layers;

public sealed class AlphaDropoutTests
{
    private static readonly DropoutCase[] _cases = ReferenceFile.Read<References>("gates").AlphaDropout;

    public static TheoryData<int> Cases { get; } = new(Enumerable.Range(0, _cases.Length));

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_kept_and_what_is_dropped_are_PyTorchs(int index)
    {
        DropoutCase reference = _cases[index];
        double[] values = [.. Train(reference.Rate, Enumerable.Repeat(reference.Input, 1000), 1).Distinct().Order()];
        values.Should().HaveCount(2);
        values[0].Should().BeApproximately(reference.Outputs[0], 1e-13);
        values[1].Should().BeApproximately(reference.Outputs[1], 1e-13);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_mean_of_0_and_a_variance_of_1_are_kept(double rate)
    {
        const int count = 400_000;
        double[] inputs = new double[count];
        NormalNoise.Add<double>(inputs, inputs, 1, RandomStream.FromSeed(8), ForkJoin.Alone);
        double[] outputs = Train(rate, inputs, 2);
        outputs.Average().Should().BeApproximately(0, 5 / Math.Sqrt(count));
        double fourth = outputs.Average(a => a * a * a * a);
        outputs.Average(a => a * a).Should().BeApproximately(1, 5 * Math.Sqrt(fourth / count));
    }

    [Fact]
    public void A_rate_of_0_changes_nothing() => Train(0, [1, -2, 3.5], 1).Should().Equal(1, -2, 3.5);

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        const int count = 700_001;
        Network<float> network = Network.Create<float>(count, seed: 1).AlphaDropout(0.3).Build();
        Matrix<float> inputs = TestData.Uniform<float>(count, 1, seed: 4);
        (float[] outputs, float[] gradient) = Run(threads: 1);
        foreach (int threads in (int[])[2, 3, 8])
        {
            (float[] outputsHere, float[] gradientHere) = Run(threads);
            outputsHere.AsSpan().SequenceEqual(outputs).Should().BeTrue();
            gradientHere.AsSpan().SequenceEqual(gradient).Should().BeTrue();
        }

        (float[] Outputs, float[] Gradient) Run(int threads)
        {
            var engine = new BackpropagationEngine<float>(network, threads: threads);
            float[] given = engine.Forward(inputs, RandomStream.FromSeed(5)).Values.ToArray();
            float[] below = new float[count];
            engine.Backward(inputs, Gradients.For(network), new MatrixSpan<float>(below, count, 1));
            return (given, below);
        }
    }

    [Fact]
    public void Gradients_are_right_at_a_fixed_draw() =>
        GradientCheck.Run(
            Network.Create<double>(4, seed: 1).AlphaDropout(0.3).Dense(8, new SELU()).AlphaDropout(0.5).Dense(2)
                .Build(),
            new MeanSquaredError(),
            TestData.Uniform<double>(4, 5, seed: 2),
            TestData.Uniform<double>(2, 5, seed: 3)).EnsurePassed();

    [Fact]
    public void A_prediction_drops_nothing_and_NaN_is_not_hidden()
    {
        Network<float> network = Network.Create<float>(3, seed: 1).AlphaDropout(0.9).Build();
        network.Predict(Vector<float>.Build.Dense([1, 2, 3])).Should().Equal(1, 2, 3);
        Train(0.9, Enumerable.Repeat(double.NaN, 100), 1).Should().OnlyContain(a => double.IsNaN(a));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    public void A_rate_out_of_range_is_refused(double rate) =>
        FluentActions.Invoking(() => new AlphaDropout<float>(3, rate)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("rate must be at least 0 and below 1*");

    private static double[] Train(double rate, IEnumerable<double> inputs, int seed)
    {
        double[] values = [.. inputs];
        Network<double> network = Network.Create<double>(values.Length, seed: 1).AlphaDropout(rate).Build();
        var engine = new BackpropagationEngine<double>(network);
        return engine
            .Forward(new ReadOnlyMatrixSpan<double>(values, values.Length, 1), RandomStream.FromSeed(seed))
            .Values.ToArray();
    }

    private sealed record References(DropoutCase[] AlphaDropout);

    private sealed record DropoutCase(double Rate, double Input, double[] Outputs);
}
