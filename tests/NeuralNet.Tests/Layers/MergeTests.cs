using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Layers;

public sealed class MergeTests
{
    public static TheoryData<string> Names { get; } = ["Sum", "Product", "Average", "Maximum", "Concatenation"];

    [Fact]
    public void Elements_are_joined_each_by_itself()
    {
        Predict(Merge.Sum).Should().Equal(3, 6, 16);
        Predict(Merge.Product).Should().Equal(-3, 0, 90);
        Predict(Merge.Average).Should().Equal(1, 2, 16 / 3f);
        Predict(Merge.Maximum).Should().Equal(3, 4, 10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_right(string name)
    {
        Network<double> network = Network.Create<double>(new FeatureShape(3, 4), seed: 1)
            .Branches(
                Named(name),
                one => one.PReLU(slopePerFeature: true),
                two => two.LayerNormalization(),
                three => three.Add(shape => new Dense<double>(shape, 12, new Tanh())).Reshape(new FeatureShape(3, 4)))
            .Dense(2)
            .Build();
        GradientCheckReport report = GradientCheck.Run(
            network,
            new MeanSquaredError(),
            TestData.Uniform<double>(12, 5, seed: 2),
            TestData.Uniform<double>(2, 5, seed: 3));
        report.EnsurePassed();
        report.Comparisons.Should().OnlyContain(c => c.WorstRelativeError <= 1e-7);
    }

    [Fact]
    public void A_product_gives_a_gradient_where_a_branch_is_zero() =>
        InputGradient(Merge.Product, [0, 2, 0], [5, 0, 0]).Should().Equal(5, 0, 0, 0, 20, 0);

    [Fact]
    public void The_first_of_equal_branches_takes_the_gradient_of_a_maximum()
    {
        InputGradient(Merge.Maximum, [1, 1, 3], [1, 2, 0]).Should().Equal(1, 0, 100, 0, 10, 0);
        InputGradient(Merge.Maximum, [double.NaN, 1, double.NaN], [1, double.NaN, double.NaN])
            .Should().Equal(1, 0, 100, 0, 10, 0);
    }

    [Fact]
    public void A_maximum_loses_no_NaN()
    {
        Network<float> network = Network.Create<float>(4, seed: 1)
            .Branches(Merge.Maximum, one => one.Slice(0, 2), two => two.Slice(2, 2)).Build();
        network.Predict([float.NaN, 1, 1, float.NaN]).Should().OnlyContain(value => float.IsNaN(value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_number_of_threads_changes_no_bit(string name)
    {
        const int Size = 300;
        const int Samples = 1200;
        Network<float> network = Network.Create<float>(Size, seed: 1)
            .Branches(
                Named(name), one => one.PReLU(), two => two.LayerNormalization(), three => three.Activation(new Tanh()))
            .Residual(block => block.PReLU())
            .Dense(2)
            .Build();
        Matrix<float> x = TestData.Uniform<float>(Size, Samples, seed: 2);
        Matrix<float> t = TestData.Uniform<float>(2, Samples, seed: 3);
        float[][] expected = GradientsOf(network, x, t, threads: 1);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            float[][] shared = GradientsOf(network, x, t, threads);
            for (int i = 0; i < expected.Length; i++)
            {
                shared[i].AsSpan().SequenceEqual(expected[i]).Should().BeTrue($"{threads} threads, gradient {i}");
            }
        }
    }

    private static Merge Named(string name) => name switch
    {
        "Sum" => Merge.Sum,
        "Product" => Merge.Product,
        "Average" => Merge.Average,
        "Maximum" => Merge.Maximum,
        _ => Merge.Concatenation,
    };

    private static float[] Predict(Merge merge) => Network.Create<float>(9, seed: 1)
        .Branches(merge, a => a.Slice(0, 3), b => b.Slice(3, 3), c => c.Slice(6, 3)).Build()
        .Predict([1, 2, 3, -1, 0, 10, 3, 4, 3]);

    // The gradient of a₁ + 10·a₂ + 100·a₃, of the first branch and then of the second.
    private static double[] InputGradient(Merge merge, double[] first, double[] second)
    {
        Network<double> network = Network.Create<double>(6, seed: 1)
            .Branches(merge, a => a.Slice(0, 3), b => b.Slice(3, 3)).Build();
        var engine = new BackpropagationEngine<double>(network, threads: 1);
        engine.Forward(new ReadOnlyMatrixSpan<double>([.. first, .. second], 6, 1));
        double[] gradient = new double[6];
        engine.Backward(
            new ReadOnlyMatrixSpan<double>([1, 10, 100], 3, 1),
            Gradients.For(network),
            new MatrixSpan<double>(gradient, 6, 1));
        return gradient;
    }

    private static float[][] GradientsOf(Network<float> network, Matrix<float> x, Matrix<float> t, int threads)
    {
        var engine = new BackpropagationEngine<float>(network, new MeanSquaredError(), threads);
        Gradients<float> gradients = Gradients.For(network);
        float[] inputGradient = new float[x.RowCount * x.ColumnCount];
        engine.Compute(x, t, gradients, new MatrixSpan<float>(inputGradient, x.RowCount, x.ColumnCount));
        return [.. network.Parameters.Select(parameter => gradients.Values(parameter).ToArray()), inputGradient];
    }
}
