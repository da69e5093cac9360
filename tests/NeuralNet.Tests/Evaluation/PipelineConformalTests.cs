using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Conformal;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Randomness;
using NeuralNet.Serialization;
using static NeuralNet.Tests.Calibrations.PipelineCalibrationTests;

namespace NeuralNet.Tests.Evaluation;

public sealed class PipelineConformalTests
{
    private const int Samples = 4000;

    // The coverage of new samples varies with those that the limit comes from and with the new ones themselves: this
    // is five standard deviations of both.
    private static double Bound(double coverage, int calibration, int test) =>
        (5 * Math.Sqrt(coverage * (1 - coverage) * ((1.0 / calibration) + (1.0 / test)))) + (1.0 / calibration);

    [Theory]
    [InlineData(3, 0.9)]
    [InlineData(3, 0.75)]
    [InlineData(1, 0.9)]
    [InlineData(5, 0.95)]
    public void Label_sets_hold_the_right_class_as_often_as_was_asked_for(int outputs, double coverage)
    {
        DataSet<double> calibration = Data<double>(outputs, Samples, seed: 1);
        DataSet<double> test = Data<double>(outputs, Samples, seed: 2);
        Pipeline<double> pipeline = Identity<double>(outputs, "").ToConformal(calibration, coverage);
        CoverageReport report = pipeline.EvaluateCoverage(test);
        report.Coverage.Should().BeApproximately(coverage, Bound(coverage, Samples, Samples));
        report.Sizes.Sum().Should().BeApproximately(1, 1e-9);

        Pipeline<double> loaded = Pipeline.Load<double>(new MemoryStream(Saved(pipeline)));
        string[][] sets = loaded.PredictLabelSets(test.Inputs);
        sets.Where((set, j) => set.Contains(Actual(test, j))).Count().Should()
            .Be((int)Math.Round(report.Coverage * Samples));
        sets.Average(set => set.Length).Should().BeApproximately(report.Size, 1e-9);
        loaded.PredictLabelSet(Vector<double>.Build.Dense(test.Inputs.Column(3).ToArray())).Should().Equal(sets[3]);
        report.ToString().Should().Contain("coverage").And.Contain("label 0");
    }

    [Fact]
    public void Adaptive_sets_hold_as_many_of_hard_samples_and_are_never_empty()
    {
        DataSet<double> calibration = Data<double>(5, Samples, seed: 3);
        DataSet<double> test = Data<double>(5, Samples, seed: 4);
        Pipeline<double> pipeline = Identity<double>(5, "").Calibrate(Data<double>(5, Samples, seed: 5))
            .ToConformal(calibration, 0.9, ConformalScore.Adaptive);
        CoverageReport report = pipeline.EvaluateCoverage(test);
        report.Sizes[0].Should().Be(0);
        report.Coverage.Should().BeApproximately(0.9, Bound(0.9, Samples, Samples));

        // Of samples that are hard by their largest probability as many are held as of easy ones, other than where one
        // limit is for all.
        double[] least = Spread(Identity<double>(5, "").Calibrate(Data<double>(5, Samples, seed: 5))
            .ToConformal(calibration, 0.9));
        double[] adaptive = Spread(pipeline);
        adaptive.Min().Should().BeGreaterThan(0.86).And.BeGreaterThan(least.Min());

        double[] Spread(Pipeline<double> one)
        {
            string[][] sets = one.PredictLabelSets(test.Inputs);
            Matrix<double> probabilities = one.PredictProbabilities(test.Inputs);
            return
            [
                .. Enumerable.Range(0, Samples).OrderBy(j => probabilities.Column(j).Maximum()).Chunk(Samples / 4)
                    .Select(part => part.Count(j => sets[j].Contains(Actual(test, j))) / (double)part.Length),
            ];
        }
    }

    [Fact]
    public void Per_class_the_coverage_is_that_of_each_class()
    {
        Pipeline<double> pipeline = Identity<double>(3, "");
        pipeline.Network.Parameter("dense1.biases").Set(Matrix<double>.Build.Dense(3, 1, [3, 0, -1]));
        DataSet<double> calibration = Data<double>(3, Samples, seed: 6);
        DataSet<double> test = Data<double>(3, Samples, seed: 7);
        CoverageReport together = pipeline.ToConformal(calibration, 0.8).EvaluateCoverage(test);
        together.Parts.Min(part => part.Coverage).Should().BeLessThan(0.75, "the bias hides the last class");
        Pipeline<double> each = pipeline.ToConformal(calibration, 0.8, perClass: true);
        foreach ((string _, double coverage, double _) in each.EvaluateCoverage(test).Parts)
        {
            coverage.Should().BeApproximately(0.8, Bound(0.8, Samples / 4, Samples / 4));
        }

        Pipeline.Load<double>(new MemoryStream(Saved(each))).LabelSets!.Limits.Should().Equal(each.LabelSets!.Limits);
        pipeline.Invoking(p => p.ToConformal(calibration.Take(12), 0.9, perClass: true)).Should()
            .Throw<ArgumentException>().WithMessage("A coverage of 0.9 needs at least 9 samples of class 'label *");
    }

    [Fact]
    public void Intervals_hold_the_target_as_often_as_was_asked_for()
    {
        (Pipeline<float> pipeline, Func<int, DataSet<float>> data) = Regression();
        Pipeline<float> sure = pipeline.ToConformal(data(1), coverage: 0.9);
        DataSet<float> test = data(2);
        CoverageReport report = sure.EvaluateCoverage(test);
        foreach ((string _, double coverage, double _) in report.Parts)
        {
            coverage.Should().BeApproximately(0.9, Bound(0.9, Samples, Samples));
        }

        Pipeline<float> loaded = Pipeline.Load<float>(new MemoryStream(Saved(sure)));
        (Matrix<float> lower, Matrix<float> upper) = loaded.PredictIntervals(test.Inputs);
        int within = 0;
        for (int j = 0; j < Samples; j++)
        {
            within += lower[1, j] <= test.Targets[1, j] && test.Targets[1, j] <= upper[1, j] ? 1 : 0;
        }

        ((double)within / Samples).Should().BeApproximately(report.Parts[1].Coverage, 2.0 / Samples);

        // Noise is uniform on ±10 and ±20 in the unit of the data.
        sure.Intervals!.Margins[0].Should().BeApproximately(9, 0.4);
        sure.Intervals.Margins[1].Should().BeApproximately(18, 0.8);
        loaded.PredictInterval(Vector<float>.Build.Dense(test.Inputs.Column(0).ToArray())).Upper[1]
            .Should().Be(upper[1, 0]);
    }

    [Fact]
    public void Too_few_samples_are_refused_with_the_count_that_is_needed()
    {
        (Pipeline<float> pipeline, Func<int, DataSet<float>> data) = Regression();
        pipeline.Invoking(p => p.ToConformal(data(1).Take(18), 0.95)).Should().Throw<ArgumentException>()
            .WithMessage("A coverage of 0.95 needs at least 19 samples, but there are 18*")
            .WithParameterName("calibration");
        pipeline.ToConformal(data(1).Take(19), 0.95).Intervals!.Coverage.Should().Be(0.95);
        pipeline.Invoking(p => p.EvaluateCoverage(data(1))).Should().Throw<InvalidOperationException>()
            .WithMessage("*ToConformal*");
        pipeline.Invoking(p => p.PredictIntervals(data(1).Inputs)).Should().Throw<InvalidOperationException>();
        pipeline.Invoking(p => p.ToConformal(data(1), 0.9, perClass: true)).Should().Throw<ArgumentException>()
            .WithParameterName("perClass");
    }

    [Fact]
    public void Quantiles_move_until_they_hold_enough_and_keep_their_differences()
    {
        // Without weights, the network says −1, 0 and 1 of noise from −5 to 5.
        Network<double> network = Network.Create<double>(1, seed: 1).Dense(3).Build();
        network.Parameter("dense1.weights").Set(Matrix<double>.Build.Dense(3, 1));
        network.Parameter("dense1.biases").Set(Matrix<double>.Build.Dense(3, 1, [-1, 0, 1]));
        double[] levels = [0.1, 0.5, 0.9];
        Pipeline<double> sure = Pipeline.Create(network).ToConformal(Noise(1), 0.8, levels);
        sure.Intervals!.Margins[0].Should().BeApproximately(3, 0.2);
        sure.EvaluateCoverage(Noise(2)).Coverage.Should().BeApproximately(0.8, Bound(0.8, Samples, Samples));
        (Matrix<double> lower, Matrix<double> upper) = sure.PredictIntervals(Noise(2).Inputs);
        (lower.RowCount, lower[0, 0], upper[0, 0]).Should().Be(
            (1, -1 - sure.Intervals.Margins[0], 1 + sure.Intervals.Margins[0]));
        Pipeline.Create(network).Invoking(p => p.ToConformal(Noise(1), 0.8, [0.1, 0.9])).Should()
            .Throw<ArgumentException>().WithParameterName("quantiles");

        static DataSet<double> Noise(int seed)
        {
            Random random = RandomStream.FromSeed(seed).CreateGenerator();
            double[] noise = [.. Enumerable.Range(0, Samples).Select(_ => 10 * (random.NextDouble() - 0.5))];
            return new(
                Matrix<double>.Build.Dense(1, Samples),
                Matrix<double>.Build.Dense(3, Samples, (_, j) => noise[j]));
        }
    }

    private static string Actual(DataSet<double> data, int sample) => data.TargetSize == 1
        ? $"label {data.Targets[0, sample]}"
        : $"label {Enumerable.Range(0, data.TargetSize).Single(i => data.Targets[i, sample] == 1)}";

    private static (Pipeline<float> Pipeline, Func<int, DataSet<float>> Data) Regression()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(2).Build();
        network.Parameters[0].Set(Matrix<float>.Build.DenseIdentity(2));
        var scaling = new Standardization([100, 200], [10, 20]);
        return (Pipeline.Create(network, outputs: scaling), Data);

        static DataSet<float> Data(int seed)
        {
            Random random = RandomStream.FromSeed(seed).CreateGenerator();
            Matrix<float> inputs = Matrix<float>.Build.Dense(2, Samples, (_, _) => random.NextSingle());
            return new(inputs, Matrix<float>.Build.Dense(
                2,
                Samples,
                (i, j) => (10 * (i + 1) * (inputs[i, j] + (2 * random.NextSingle()) - 1)) + (100 * (i + 1))));
        }
    }
}
