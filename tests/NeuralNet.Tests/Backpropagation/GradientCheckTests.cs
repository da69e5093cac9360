using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.GradientChecks;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Regularization;
using NeuralNet.Tests.Activations;
using NeuralNet.Tests.Losses;

namespace NeuralNet.Tests.Backpropagation;

public sealed class GradientCheckTests
{
    private static readonly IActivation[] _activations =
        [new Identity(), new ReLU(), new LeakyReLU(0.1), new Sigmoid(), new Tanh(), new Softmax()];

    private static readonly ILoss[] _losses = [new MeanSquaredError(), new SoftmaxCrossEntropy()];

    public static TheoryData<IActivation, IActivation, ILoss> Combinations { get; } = new MatrixTheoryData();

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_activation_and_loss_is_differentiated_correctly(IActivation hidden, IActivation last, ILoss loss)
    {
        Network<double> network = Network.Create<double>(4, seed: 5).Dense(6, hidden).Dense(5, hidden).Dense(3, last)
            .Build();
        GradientCheckReport report = GradientCheck.Run(
            network, loss, TestData.Uniform<double>(4, 5, seed: 6), TestData.Distributions(3, 5, seed: 7));

        report.EnsurePassed();
        report.WorstRelativeError.Should().BeLessThan(1e-7);
        report.Comparisons.Select(comparison => comparison.Name).Should().Equal(
            "dense1.weights", "dense1.biases", "dense2.weights", "dense2.biases", "dense3.weights", "dense3.biases",
            "input");
        (report.Checked + report.Kinks).Should().Be((int)network.ParameterCount + 20);
        report.Kinks.Should().BeLessThan(5);
    }

    [Fact]
    public void The_check_leaves_the_network_as_it_was()
    {
        Network<double> network = Network.Create<double>(4, seed: 5).Dense(3, new Tanh()).Build();
        double[][] before = network.Parameters.Select(parameter => parameter.Values.ToArray()).ToArray();
        Matrix<double> inputs = TestData.Uniform<double>(4, 2, seed: 6);
        double[] inputsBefore = inputs.ToColumnMajorArray();
        GradientCheck.Run(network, new MeanSquaredError(), inputs, TestData.Uniform<double>(3, 2, seed: 7));
        network.Parameters.Select(parameter => parameter.Values.ToArray()).Should().BeEquivalentTo(before);
        inputs.AsColumnMajorArray().Should().Equal(inputsBefore);
    }

    [Fact]
    public void Kinks_are_skipped_and_counted()
    {
        // z = 0 for the zero input: the weights' gradient is 0 on both sides, but the bias stands on the kink itself.
        Network<double> network = Network.Create<double>(1, seed: 5).Dense(1, new ReLU()).Build();
        GradientCheckReport report = GradientCheck.Run(
            network,
            new MeanSquaredError(),
            Matrix<double>.Build.Dense(1, 1),
            Matrix<double>.Build.Dense(1, 1, 1.0),
            new() { ParameterNoise = 0 });
        report.Comparisons[1].Kinks.Should().Be(1);
        report.Passed.Should().BeFalse("a parameter whose every element was skipped is not proven");
    }

    [Fact]
    public void A_layer_is_checked_by_itself_where_it_is_and_left_as_it_was()
    {
        Network<double> network = Network.Create<double>(4, seed: 5).Dense(3, new Tanh()).Dense(2, new Cubic()).Build();
        double[][] before = network.Parameters.Select(parameter => parameter.Values.ToArray()).ToArray();
        GradientCheckReport report = GradientCheck.Run(network.Layers[1], TestData.Uniform<double>(3, 4, seed: 6));

        report.EnsurePassed();
        report.WorstRelativeError.Should().BeLessThan(1e-9);
        report.Comparisons.Select(comparison => (comparison.Name, comparison.Checked)).Should().Equal(
            ("dense2.weights", 6), ("dense2.biases", 2), ("input", 12));
        network.Parameters.Select(parameter => parameter.Values.ToArray()).Should().BeEquivalentTo(before);
    }

    [Fact]
    public void A_layer_of_no_network_is_put_into_one()
    {
        var layer = new Dense<double>(4, 3, new Softmax());
        GradientCheck.Run(layer, TestData.Uniform<double>(4, 2, seed: 6)).EnsurePassed();
        layer.Name.Should().Be("dense1");
        layer.Weights.Value.Enumerate().Should().OnlyContain(value => value != 0, "its weights are drawn");
        GradientCheck.Run(layer, TestData.Uniform<double>(4, 2, seed: 6)).EnsurePassed();
    }

    [Fact]
    public void Every_layer_is_checked_by_itself()
    {
        Layer<double>[] layers =
        [
            new Dense<double>(4, 3, new Tanh(), weightPenalty: new L2Penalty(0.1)),
            new ActivationLayer<double>(4, new Mish()),
            new PReLU<double>(4),
            new Dropout<double>(4, 0.3),
            new BatchNormalization<double>(4),
            new LayerNormalization<double>(4),
            new Residual<double>(
                new Dense<double>(4, 5, new Sigmoid()), new BatchNormalization<double>(5), new Dense<double>(5, 4)),
        ];
        foreach (Layer<double> layer in layers)
        {
            GradientCheckReport report = GradientCheck.Run(layer, TestData.Uniform<double>(4, 6, seed: 6));
            report.EnsurePassed();
            report.WorstRelativeError.Should().BeLessThan(1e-8, $"of {layer.Name}\n{report}");
            report.Kinks.Should().Be(0);
            report.Comparisons.Select(comparison => comparison.Name)
                .Should().NotContain(name => name.Contains("running"));
        }
    }

    [Fact]
    public void Every_activation_is_checked_by_itself()
    {
        foreach (IActivation activation in Catalogue.Activations)
        {
            GradientCheckReport report = GradientCheck.Run(activation, TestData.Uniform<double>(5, 4, seed: 6, -4, 4));
            report.EnsurePassed();
            report.Checked.Should().Be(20, activation.Name);
            report.WorstRelativeError.Should().BeLessThan(1e-8, $"of {activation.Name}\n{report}");
        }
    }

    [Fact]
    public void Every_loss_is_checked_by_itself()
    {
        foreach (LossCase loss in LossCatalogue.OfOneOutput(outputs: 5))
        {
            (Matrix<double> outputs, Matrix<double> targets) = loss.Draw(samples: 4, seed: 6);
            GradientCheckReport report = GradientCheck.Run(loss.Loss, outputs, targets);
            report.EnsurePassed();
            report.Checked.Should().Be(4 * loss.Outputs, loss.Name);
            report.WorstRelativeError.Should().BeLessThan(1e-8, $"of {loss.Name}\n{report}");
        }
    }

    [Fact]
    public void Sample_weights_and_penalties_are_part_of_the_loss()
    {
        Network<double> network = Network.Create<double>(4, seed: 5)
            .Dense(3, new Tanh(), weightPenalty: new L2Penalty(0.3)).Build();
        Matrix<double> inputs = TestData.Uniform<double>(4, 3, seed: 6);
        Matrix<double> targets = TestData.Uniform<double>(3, 3, seed: 7);
        GradientCheckReport Run(params double[] weights) =>
            GradientCheck.Run(network, new MeanSquaredError(), inputs, targets, new() { SampleWeights = weights });

        GradientCheckReport report = Run(2, 0, 0.5);
        report.EnsurePassed();
        report.WorstRelativeError.Should().BeLessThan(1e-8);
        report.Comparisons[^1].Should().NotBe(Run(1, 1, 1).Comparisons[^1], "the weights count");
        FluentActions.Invoking(() => Run(1, 2))
            .Should().Throw<ArgumentException>().WithMessage("*3 samples, but 2 weights*");
    }

    [Fact]
    public void A_kink_at_the_very_place_is_no_gradient_however_the_outputs_are_combined()
    {
        // Central differences of ReLU at 0 converge, to ½; the slopes to either side are 0 and 1.
        GradientCheckReport report = GradientCheck.Run(
            new ReLU(), Matrix<double>.Build.DenseOfArray(new[,] { { 0, 1e-3, -1e-5, 0.7 } }));
        report.EnsurePassed();
        report.Should().Match<GradientCheckReport>(r => r.Checked == 3 && r.Kinks == 1);
    }

    [Fact]
    public void Kinks_of_two_samples_do_not_cancel()
    {
        // z = ±x at x = 0: the mean of the two losses has no kink, but each of them has.
        Network<double> network = Network.Create<double>(1, seed: 5).Dense(1, new ReLU()).Build();
        ((Dense<double>)network.Layers[0]).Weights[0, 0] = 0;
        GradientCheckReport report = GradientCheck.Run(
            network,
            new MeanSquaredError(),
            Matrix<double>.Build.DenseOfArray(new double[,] { { 1, -1 } }),
            Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 1 } }),
            new() { ParameterNoise = 0 });
        report.Comparisons[0].Should().Match<GradientComparison>(weights => weights.Kinks == 1 && weights.Checked == 0);
        report.ToString().Should().Contain("NOT PROVEN");
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e-3)]
    [InlineData(1.0)]
    [InlineData(1e4)]
    public void Values_of_any_size_are_checked(double size)
    {
        Matrix<double> z = size * TestData.Uniform<double>(4, 3, seed: 6, 0.5, 2);
        GradientCheckReport activation = GradientCheck.Run(new Cubic(), z);
        activation.EnsurePassed();
        activation.Should().Match<GradientCheckReport>(report => report.Checked == 12 && report.BelowNoise == 0);

        GradientCheckReport loss = GradientCheck.Run(new MeanSquaredError(), z, 3 * z);
        loss.EnsurePassed();
        loss.Should().Match<GradientCheckReport>(report => report.Checked == 12 && report.BelowNoise == 0);

        Network<double> network = Network.Create<double>(4, seed: 5).Dense(5, new LeakyReLU(0.1)).Dense(2).Build();
        GradientCheckReport whole = GradientCheck.Run(
            network, new MeanSquaredError(), z, TestData.Uniform<double>(2, 3, seed: 7));
        whole.EnsurePassed();
    }

    [Fact]
    public void A_large_loss_that_hardly_changes_is_resolved()
    {
        // L ≈ 10⁶, ∂L/∂b ≈ 2·10³, and ∂L/∂w of the small input ≈ 10⁻³: a billionth of the loss.
        Network<double> network = Network.Create<double>(2, seed: 5).Dense(1).Build();
        GradientCheckReport report = GradientCheck.Run(
            network,
            new MeanSquaredError(),
            Matrix<double>.Build.DenseOfArray(new[,] { { 1e-6, 2e-6 }, { 1, 2 } }),
            Matrix<double>.Build.DenseOfArray(new double[,] { { 1000, -999 } }));
        report.EnsurePassed();
        report.Comparisons[0].BelowNoise.Should().Be(0);
    }

    [Fact]
    public void Gradients_below_the_noise_are_said_to_be()
    {
        // σ'(−40) = 4·10⁻¹⁸ beside σ(−40) as small is resolved; σ'(40) = 4·10⁻¹⁸ beside 1 is not.
        GradientCheckReport report = GradientCheck.Run(
            new Sigmoid(), Matrix<double>.Build.DenseOfArray(new double[,] { { -40, 20, 40 } }));
        report.EnsurePassed();
        report.Checked.Should().Be(3);
        report.BelowNoise.Should().BeInRange(1, 2);
        report.Comparisons[0].Should().Match<GradientComparison>(input => input.WorstRelativeError < 1e-7);
    }

    [Fact]
    public void A_sample_of_elements_is_the_same_for_the_same_seed()
    {
        Network<double> network = Network.Create<double>(30, seed: 5).Dense(20, new Tanh()).Dense(3).Build();
        Matrix<double> inputs = TestData.Uniform<double>(30, 2, seed: 6);
        Matrix<double> targets = TestData.Uniform<double>(3, 2, seed: 7);
        GradientCheckReport Run(int seed) => GradientCheck.Run(
            network,
            new MeanSquaredError(),
            inputs,
            targets,
            new() { MaxElementsPerParameter = 7, Seed = seed, ParameterNoise = 0 });

        GradientCheckReport report = Run(1);
        report.EnsurePassed();
        report.Comparisons.Select(comparison => (comparison.Checked, comparison.Elements))
            .Should().Equal((7, 600), (7, 20), (7, 60), (3, 3), (7, 60));
        Run(1).ToString().Should().Be(report.ToString());
        Run(2).ToString().Should().NotBe(report.ToString());
        report.ToString().Should().Contain("7 of 600");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_sample_of_elements_has_the_ends(int elements)
    {
        // A gradient that is wrong in the last element alone, as by a loop that stops too early.
        Matrix<double> z = TestData.Uniform<double>(7, 9, seed: 6);
        GradientCheck.Run(new LastForgotten(), z, new() { MaxElementsPerParameter = elements }).Comparisons[0]
            .Should().Match<GradientComparison>(input =>
                input.Checked == elements && input.WorstRelativeError == 1 && input.Row == 6 && input.Column == 8);
    }

    [Fact]
    public void A_large_network_is_checked_by_a_sample()
    {
        Network<double> network = Network.Create<double>(784, seed: 5).Dense(200, new ReLU()).Dense(10).Build();
        GradientCheckReport report = GradientCheck.Run(
            network,
            new SoftmaxCrossEntropy(),
            TestData.Uniform<double>(784, 3, seed: 6, 0, 1),
            TestData.Distributions(10, 3, seed: 7),
            new() { MaxElementsPerParameter = 20 });
        report.EnsurePassed();
        report.Comparisons[0].Elements.Should().Be(784 * 200);
        (report.Checked + report.Kinks).Should().Be(20 + 20 + 20 + 10 + 20);
        report.WorstRelativeError.Should().BeLessThan(1e-8);
    }

    [Fact]
    public void The_table_is_aligned_and_says_what_is_wrong()
    {
        string[] lines = GradientCheck.Run(new LastForgotten(), TestData.Uniform<double>(7, 9, seed: 6)).ToString()
            .Split('\n');
        lines.Should().HaveCount(3);
        lines[0]
            .Should().MatchRegex(
                "^parameter  checked  kinks  below noise  worst error  at \\(row, column\\) +analytic +numeric$");
        lines[1]
            .Should().MatchRegex(
                @"^input           63      0            0    1.00E\+000            \(6, 8\)  0\.0+E\+000  "
                + @"-?\d\.\d{9}E[+-]\d{3}  WRONG$");
        lines[2].Should().Be("tolerance 1E-007: FAILED");
    }

    [Fact]
    public void What_gives_no_finite_number_is_refused()
    {
        FluentActions.Invoking(() => GradientCheck.Run(new Identity(), Matrix<double>.Build.Dense(1, 1, double.NaN)))
            .Should().Throw<GradientCheckException>().WithMessage("*NaN or infinity*");
        FluentActions.Invoking(() => GradientCheck.Run(
                new MeanSquaredError(), Matrix<double>.Build.Dense(1, 1, 1e200), Matrix<double>.Build.Dense(1, 1)))
            .Should().Throw<GradientCheckException>().WithMessage("*NaN or infinity*");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Matrix<double> inputs = TestData.Uniform<double>(4, 2, seed: 6);
        FluentActions.Invoking(() => GradientCheck.Run(new Dense<double>(3, 2), inputs))
            .Should().Throw<ArgumentException>().WithMessage("*'dense' takes 3 features*4 rows*")
            .WithParameterName("inputs");
        FluentActions.Invoking(() => GradientCheck.Run(new ReLU(), Matrix<double>.Build.Dense(4, 0)))
            .Should().Throw<ArgumentException>().WithMessage("*empty*").WithParameterName("inputs");
        FluentActions.Invoking(() => GradientCheck.Run(new MeanSquaredError(), inputs, inputs.Transpose()))
            .Should().Throw<ArgumentException>().WithMessage("*4 × 2*2 × 4*").WithParameterName("targets");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_tolerance_out_of_range_is_refused(double tolerance) =>
        FluentActions.Invoking(() => new GradientCheckOptions { Tolerance = tolerance })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(GradientCheckOptions.Tolerance));

    [Fact]
    public void Other_options_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new GradientCheckOptions { MaxElementsPerParameter = 0 })
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName(nameof(GradientCheckOptions.MaxElementsPerParameter));
        FluentActions.Invoking(() => new GradientCheckOptions { ParameterNoise = -0.1 })
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName(nameof(GradientCheckOptions.ParameterNoise));
        FluentActions.Invoking(() => new GradientCheckOptions { ParameterNoise = double.NaN })
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName(nameof(GradientCheckOptions.ParameterNoise));
    }

    private sealed class MatrixTheoryData : TheoryData<IActivation, IActivation, ILoss>
    {
        public MatrixTheoryData()
        {
            foreach (IActivation hidden in _activations)
            {
                foreach (IActivation last in _activations)
                {
                    foreach (ILoss loss
                        in _losses.Where(
                            loss => !(loss.Input == LossInput.Logits && last.OutputKind != OutputKind.Real)))
                    {
                        Add(hidden, last, loss);
                    }
                }
            }
        }
    }

    /// <summary>σ(z) = z, the last element of whose gradient is 0.</summary>
    private sealed class LastForgotten : IActivation
    {
        public string Name => "LastForgotten";

        public bool BackwardReadsInput => false;

        public OutputKind OutputKind => OutputKind.Real;

        public IInitializer DefaultInitializer { get; } = new GlorotUniform();

        public void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => z.Values.CopyTo(a.Values);

        public void Backward<T>(
            ReadOnlyMatrixSpan<T> z,
            ReadOnlyMatrixSpan<T> a,
            ReadOnlyMatrixSpan<T> outputGradient,
            MatrixSpan<T> inputGradient)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            outputGradient.Values.CopyTo(inputGradient.Values);
            inputGradient.Values[^1] = T.Zero;
        }
    }
}
