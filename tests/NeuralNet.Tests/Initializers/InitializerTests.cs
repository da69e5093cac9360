using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Randomness;
using Normal = NeuralNet.Initializers.Normal;

namespace NeuralNet.Tests.Initializers;

public sealed class InitializerTests
{
    private const int FanIn = 300;
    private const int FanOut = 200;
    private const double TruncatedVariance = 0.7737413;

    private static readonly Dictionary<string, IInitializer> _all = new()
    {
        ["Zero"] = new Zero(),
        ["One"] = new One(),
        ["Constant"] = new Constant(0.25),
        ["Uniform"] = new Uniform(-0.5, 2),
        ["Normal"] = new Normal(3, 0.5),
        ["TruncatedNormal"] = new TruncatedNormal(3, 0.5),
        ["GlorotUniform"] = new GlorotUniform(),
        ["GlorotUniform, gain"] = new GlorotUniform(5.0 / 3),
        ["GlorotNormal"] = new GlorotNormal(),
        ["GlorotNormal, gain"] = new GlorotNormal(5.0 / 3),
        ["HeUniform"] = new HeUniform(),
        ["HeUniform, slope"] = new HeUniform(0.5),
        ["HeNormal"] = new HeNormal(),
        ["HeNormal, slope"] = new HeNormal(0.5),
        ["LeCunUniform"] = new LeCunUniform(),
        ["LeCunNormal"] = new LeCunNormal(),
        ["Orthogonal"] = new Orthogonal(),
    };

    public static TheoryData<string> Names { get; } = new(_all.Keys);

    /// <summary>Name, min and max.</summary>
    public static TheoryData<string, double, double> UniformOnes { get; } = new()
    {
        { "Uniform", -0.5, 2 },
        { "GlorotUniform", -Math.Sqrt(6.0 / 500), Math.Sqrt(6.0 / 500) },
        { "GlorotUniform, gain", -5.0 / 3 * Math.Sqrt(6.0 / 500), 5.0 / 3 * Math.Sqrt(6.0 / 500) },
        { "HeUniform", -Math.Sqrt(6.0 / 300), Math.Sqrt(6.0 / 300) },
        { "HeUniform, slope", -Math.Sqrt(6.0 / (1.25 * 300)), Math.Sqrt(6.0 / (1.25 * 300)) },
        { "LeCunUniform", -Math.Sqrt(3.0 / 300), Math.Sqrt(3.0 / 300) },
    };

    /// <summary>Name, mean and standard deviation.</summary>
    public static TheoryData<string, double, double> NormalOnes { get; } = new()
    {
        { "Normal", 3, 0.5 },
        { "GlorotNormal", 0, Math.Sqrt(2.0 / 500) },
        { "GlorotNormal, gain", 0, 5.0 / 3 * Math.Sqrt(2.0 / 500) },
        { "HeNormal", 0, Math.Sqrt(2.0 / 300) },
        { "HeNormal, slope", 0, Math.Sqrt(2.0 / (1.25 * 300)) },
        { "LeCunNormal", 0, Math.Sqrt(1.0 / 300) },
    };

    [Fact]
    public void Every_initializer_of_the_library_is_tested() =>
        _all.Values.Select(initializer => initializer.GetType()).Distinct().Should().BeEquivalentTo(
            typeof(IInitializer).Assembly.GetTypes()
                .Where(type => type.IsAssignableTo(typeof(IInitializer)) && type.IsPublic && !type.IsAbstract));

    [Theory]
    [MemberData(nameof(UniformOnes))]
    public void A_uniform_distribution_fills_its_interval_evenly(string name, double min, double max)
    {
        double[] values = Draw(_all[name]);
        values.Should().OnlyContain(value => value >= min && value <= max);

        // The fourth moment of a uniform distribution is 9/5 of the square of its variance.
        AssertMoments(values, (min + max) / 2, (max - min) / Math.Sqrt(12), kurtosis: 1.8);
        AssertDistribution(values, x => ContinuousUniform.CDF(min, max, x));
    }

    [Theory]
    [MemberData(nameof(NormalOnes))]
    public void A_normal_distribution_has_its_mean_its_deviation_and_its_tails(
        string name, double mean, double deviation)
    {
        double[] values = Draw(_all[name]);
        AssertMoments(values, mean, deviation, kurtosis: 3);
        AssertDistribution(values, x => MathNet.Numerics.Distributions.Normal.CDF(mean, deviation, x));

        // Of 60,000 values 16 ± 4 are expected beyond 3.65 deviations: it is not truncated.
        values.Count(value => Math.Abs(value - mean) > 3.65 * deviation).Should().BeInRange(1, 36);
    }

    [Fact]
    public void A_truncated_normal_distribution_ends_at_two_deviations()
    {
        double[] values = Draw(_all["TruncatedNormal"]);
        values.Should().OnlyContain(value => value >= 2 && value <= 4);

        // With φ(2) = 0.053991 and Φ(2) − Φ(−2) = 0.954500: E x² = 1 − 4φ(2)/0.9545 = 0.773741,
        // E x⁴ = 3 E x² − 16φ(2)/0.9545 = 1.416189, which is 2.3656 of the square of E x².
        AssertMoments(values, 3, 0.5 * Math.Sqrt(TruncatedVariance), kurtosis: 2.3656);
        double below = MathNet.Numerics.Distributions.Normal.CDF(0, 1, -2);
        AssertDistribution(
            values, x => (MathNet.Numerics.Distributions.Normal.CDF(3, 0.5, x) - below) / (1 - (2 * below)));
    }

    [Fact]
    public void Constants_are_constant()
    {
        Draw(new Zero()).Should().OnlyContain(value => value == 0);
        Draw(new One()).Should().OnlyContain(value => value == 1);
        Draw(new Constant(0.25)).Should().OnlyContain(value => value == 0.25);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(1, 5)]
    [InlineData(20, 7)]
    [InlineData(7, 20)]
    [InlineData(64, 64)]
    public void Rows_or_columns_are_orthonormal(int rows, int columns)
    {
        AssertOrthogonal(Orthogonal(rows, columns, new Orthogonal(), seed: 1), gain: 1);
        AssertOrthogonal(Orthogonal(rows, columns, new Orthogonal(1.5), seed: 1), gain: 1.5);
    }

    [Fact]
    public void The_weights_of_a_layer_are_orthogonal_whichever_side_is_longer()
    {
        Network<double> network = Network.Create<double>(6, seed: 1)
            .Add(
                size =>
                    new Dense<double>(size, 10, weightInitializer: new Orthogonal(), biasInitializer: new Orthogonal()))
            .Add(shape => new Dense<double>(shape.Size, 3, weightInitializer: new Orthogonal()))
            .Build();
        AssertOrthogonal(network.Parameters[0].Value, gain: 1);
        network.Parameters[1].Vector.L2Norm().Should().BeApproximately(1, 1e-12);
        AssertOrthogonal(network.Parameters[2].Value, gain: 1);
    }

    [Fact]
    public void Every_orthogonal_matrix_is_as_likely_as_any_other()
    {
        // Of a uniformly (Haar) distributed orthogonal matrix of side 4 the trace has the moments 0, 1, 0, 3 of a
        // standard normal distribution (Diaconis and Shahshahani, "On the eigenvalues of random matrices", 1994): the
        // standard errors of the means of t and t² over n matrices are √(1/n) and √(2/n). A 1 × 1 matrix is −1 or 1,
        // either in half of all cases.
        const int Count = 4000;
        double[] traces =
        [
            .. Enumerable.Range(0, Count).Select(seed => Orthogonal(4, 4, new Orthogonal(), seed).Trace()),
        ];
        traces.Average().Should().BeApproximately(0, 5 * Math.Sqrt(1.0 / Count));
        traces.Average(t => t * t).Should().BeApproximately(1, 5 * Math.Sqrt(2.0 / Count));
        Enumerable.Range(0, Count).Average(seed => Orthogonal(1, 1, new Orthogonal(), seed)[0, 0])
            .Should().BeApproximately(0, 5 * Math.Sqrt(1.0 / Count));
    }

    [Fact]
    public void Rows_and_columns_of_an_orthogonal_matrix_are_those_of_the_parameter_whatever_its_fans()
    {
        double[] values = new double[3 * 12];
        new Orthogonal().Initialize(new MatrixSpan<double>(values, 3, 12), fanIn: 4, fanOut: 9, new Random(1));
        Matrix<double> weights = Matrix<double>.Build.Dense(3, 12, values);
        ((weights * weights.Transpose()) - Matrix<double>.Build.DenseIdentity(3)).InfinityNorm()
            .Should().BeLessThan(1e-14);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_stream_gives_the_same_bits_and_another_stream_others(string name)
    {
        double[] first = Draw(_all[name], 1, 30, 20);
        Draw(_all[name], 1, 30, 20).Should().Equal(first);
        if (_all[name] is not (Zero or One or Constant))
        {
            Draw(_all[name], 2, 30, 20).Should().NotEqual(first);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Float_gets_the_numbers_of_double_rounded(string name)
    {
        float[] single = new float[30 * 20];
        _all[name].Initialize(
            new MatrixSpan<float>(single, 20, 30), 30, 20, RandomStream.FromSeed(1).CreateGenerator());
        single.Should().Equal(Array.ConvertAll(Draw(_all[name], 1, 30, 20), value => (float)value));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Hyperparameters_that_are_not_finite_are_refused(double value)
    {
        Refused(() => new Constant(value), "value must be a finite number*");
        Refused(() => new HeNormal(value), "negativeSlope must be a finite number*");
        Refused(() => new HeUniform(value), "negativeSlope must be a finite number*");
        Refused(() => new Normal(value, 1), "mean must be a finite number*");
        Refused(() => new TruncatedNormal(value, 1), "mean must be a finite number*");
        Refused(() => new Uniform(value, 1), "min must be a finite number*");
        Refused(() => new Uniform(1, value), "max must be a finite number*");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Gains_and_deviations_that_are_not_positive_are_refused(double value)
    {
        Refused(() => new GlorotUniform(value), "gain must be a finite number above 0*");
        Refused(() => new GlorotNormal(value), "gain must be a finite number above 0*");
        Refused(() => new Orthogonal(value), "gain must be a finite number above 0*");
        Refused(() => new Normal(0, value), "standardDeviation must be a finite number above 0*");
        Refused(() => new TruncatedNormal(0, value), "standardDeviation must be a finite number above 0*");
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(1.0, 0.5)]
    [InlineData(-1.5e308, 1.5e308)]
    public void Bounds_without_an_interval_between_them_are_refused(double min, double max) =>
        Refused(() => new Uniform(min, max), "max - min must be a finite number above 0*");

    [Theory]
    [InlineData("GlorotUniform")]
    [InlineData("GlorotNormal")]
    [InlineData("HeUniform")]
    [InlineData("HeNormal")]
    [InlineData("LeCunUniform")]
    [InlineData("LeCunNormal")]
    public void A_layer_without_inputs_is_refused(string name) =>
        FluentActions.Invoking(
            () => _all[name].Initialize(new MatrixSpan<double>(new double[3], 3, 1), 0, 3, new Random(1)))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("fanIn");

    [Theory]
    [MemberData(nameof(Names))]
    public void What_draws_needs_a_generator(string name)
    {
        Action draw = () => _all[name].Initialize(new MatrixSpan<double>(new double[6], 3, 2), 2, 3, null!);
        if (_all[name] is Zero or One or Constant)
        {
            draw.Should().NotThrow();
        }
        else
        {
            draw.Should().Throw<ArgumentNullException>().WithParameterName("random");
        }
    }

    private static void Refused(Func<IInitializer> make, string message) =>
        make.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);

    private static void AssertOrthogonal(Matrix<double> w, double gain)
    {
        Matrix<double> product = w.RowCount >= w.ColumnCount
            ? w.TransposeThisAndMultiply(w)
            : w.TransposeAndMultiply(w);
        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(product.RowCount);
        ((product / (gain * gain)) - identity).Enumerate().Should().OnlyContain(x => Math.Abs(x) < 1e-12);
    }

    /// <summary>
    /// Mean and variance within 5 standard errors, which one seed in a million leaves by chance. The standard error of
    /// the mean of n values is σ/√n, that of their variance σ²√((κ − 1)/n), where κσ⁴ is the fourth moment.
    /// </summary>
    private static void AssertMoments(double[] values, double mean, double deviation, double kurtosis)
    {
        double variance = deviation * deviation;
        Statistics.Mean(values).Should().BeApproximately(mean, 5 * deviation / Math.Sqrt(values.Length));
        Statistics.Variance(values)
            .Should().BeApproximately(variance, 5 * variance * Math.Sqrt((kurtosis - 1) / values.Length));
    }

    /// <summary>
    /// Kolmogorov and Smirnov: the largest distance between the values' distribution and the right one is above 2.5/√n
    /// in 2e^(−2·2.5²), about 7 of a million cases.
    /// </summary>
    private static void AssertDistribution(double[] values, Func<double, double> cumulative)
    {
        double[] sorted = [.. values.Order()];
        double distance = sorted.Select((x, i) => Math.Abs(cumulative(x) - ((i + 0.5) / sorted.Length))).Max();
        distance.Should().BeLessThan(2.5 / Math.Sqrt(sorted.Length));
    }

    private static Matrix<double> Orthogonal(int rows, int columns, Orthogonal initializer, int seed) =>
        Matrix<double>.Build.Dense(rows, columns, Draw(initializer, seed, columns, rows));

    private static double[] Draw(IInitializer initializer, int seed = 1, int fanIn = FanIn, int fanOut = FanOut)
    {
        double[] values = new double[fanIn * fanOut];
        initializer.Initialize(
            new MatrixSpan<double>(values, fanOut, fanIn),
            fanIn,
            fanOut,
            RandomStream.FromSeed(seed).CreateGenerator());
        return values;
    }
}
