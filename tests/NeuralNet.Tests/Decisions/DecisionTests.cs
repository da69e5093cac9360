using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Decisions;

public sealed class DecisionTests
{
    [Fact]
    public void The_first_of_the_largest_numbers_is_the_answer()
    {
        Decision.Largest<float>([1, 3, 2, 3]).Should().Be(1);
        Decision.Largest<double>([double.NegativeInfinity]).Should().Be(0);
        Decision.Largest<double>([0, double.PositiveInfinity, double.NegativeInfinity]).Should().Be(1);
        Decision.Largest<float>([float.NegativeInfinity, 0, float.NegativeInfinity]).Should().Be(1);
    }

    [Fact]
    public void Numbers_that_overflowed_are_not_equal_so_that_none_is_the_largest()
    {
        const float Infinity = float.PositiveInfinity;
        foreach ((float[] scores, string message) in ((float[], string)[])[
            ([0, Infinity, 3, Infinity], "Outputs 1 and 3 are both ∞*"),
            ([-Infinity, -Infinity], "Outputs 0 and 1 are both −∞*"),
            ([-Infinity, Infinity, Infinity], "Outputs 1 and 2 are both ∞*"),
            ([Infinity, Infinity, float.NaN], "Output 2 is NaN*")])
        {
            Decision.LargestOrNone<float>(scores).Should().Be(Decision.None);
            FluentActions.Invoking(() => Decision.Largest<float>(scores))
                .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("scores");
        }
    }

    [Fact]
    public void Outputs_that_overflow_together_name_no_class_anywhere()
    {
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(3).Build();
        network.Parameter("dense1.weights").Set(Matrix<float>.Build.Dense(3, 1, [-1, 1e10f, 2e10f]));
        Pipeline<float> pipeline = Pipeline.Create(network, labels: new LabelEncoder(["a", "b", "c"]));
        pipeline.Invoking(p => p.PredictLabel<float>([1e30f])).Should().Throw<InvalidOperationException>()
            .WithMessage("Outputs 1 and 2 of sample 0 are both ∞, so the sample has no label*overflow*");
        pipeline.PredictLabel<float>([1]).Should().Be("c");

        Matrix<float> outputs = Matrix<float>.Build.DenseOfColumnArrays(
            [1, 0, 0], [float.PositiveInfinity, float.PositiveInfinity, 0]);
        Matrix<float> targets = Matrix<float>.Build.DenseOfColumnArrays([1, 0, 0], [1, 0, 0]);
        foreach (IMetric metric in (IMetric[])[
            new Accuracy(), new TopKAccuracy(1), new F1Score(Averaging.Macro), new Precision(Averaging.Micro)])
        {
            IMetricAccumulator accumulator = metric.Start();
            accumulator.Add<float>(outputs, targets);
            accumulator.Value.Should().Be(double.NaN, metric.Name);
        }

        var confusion = new ConfusionMatrix(3);
        confusion.Invoking(c => c.Add<float>(outputs, targets)).Should().Throw<ArgumentException>()
            .WithMessage("Outputs 0 and 1 of sample 1 of the batch are both ∞*").WithParameterName("outputs");
        confusion.Count.Should().Be(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(39)]
    public void NaN_has_no_largest_number_wherever_it_is(int at)
    {
        float[] values = [.. Enumerable.Range(0, 40).Select(i => (float)i)];
        values[at] = float.NaN;
        Decision.LargestOrNone<float>(values).Should().Be(Decision.None);
        FluentActions.Invoking(() => Decision.Largest<float>(values))
            .Should().Throw<ArgumentException>().WithMessage($"Output {at} is NaN*finite*").WithParameterName("scores");
    }

    [Fact]
    public void Nothing_has_no_largest_number() =>
        FluentActions.Invoking(() => Decision.Largest<float>([])).Should().Throw<ArgumentException>();

    [Fact]
    public void A_number_is_compared_in_its_own_precision_and_the_threshold_itself_is_not_above()
    {
        Decision.IsAbove(0.3f, 0.3).Should().BeFalse("0.3 is rounded to float before it is compared");
        Decision.IsAbove(MathF.BitIncrement(0.3f), 0.3).Should().BeTrue();
        Decision.IsAbove(0.3, 0.3).Should().BeFalse();
        Decision.IsAbove(Math.BitIncrement(0.3), 0.3).Should().BeTrue();
        FluentActions.Invoking(() => Decision.IsAbove(float.NaN, 0.5))
            .Should().Throw<ArgumentException>().WithParameterName("score");
        FluentActions.Invoking(() => Decision.IsAbove(0.5f, double.NaN))
            .Should().Throw<ArgumentException>().WithParameterName("threshold");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public void An_output_on_the_threshold_is_decided_alike_everywhere(double threshold)
    {
        foreach (float output in (float[])[
            MathF.BitDecrement((float)threshold), (float)threshold, MathF.BitIncrement((float)threshold)])
        {
            Network<float> network = Network.Create<float>(1, seed: 1).Dense(1).Build();
            network.Parameter("dense1.weights").Values[0] = 1;
            Pipeline<float> pipeline =
                Pipeline.Create(network, labels: new LabelEncoder(["no", "yes"]), threshold: threshold);
            string label = pipeline.PredictLabel<float>([output]);
            label.Should().Be(output > (float)threshold ? "yes" : "no");
            pipeline.PredictLabels(new ReadOnlyMatrixSpan<float>([output], 1, 1)).Should().Equal(label);

            Matrix<float> outputs = Matrix<float>.Build.Dense(1, 1, output);
            Matrix<float> yes = Matrix<float>.Build.Dense(1, 1, 1);
            double expected = label == "yes" ? 1 : 0;
            foreach (IMetric metric in (IMetric[])[
                new BinaryAccuracy(threshold), new ExactMatch(threshold), new Recall(threshold: threshold),
                new ConfusionMatrix(2, threshold).AsMetric()])
            {
                IMetricAccumulator accumulator = metric.Start();
                accumulator.Add<float>(outputs, yes);
                accumulator.Value.Should().Be(expected, metric.Name);
            }
        }
    }

    [Fact]
    public void A_label_is_refused_where_an_output_is_NaN_naming_output_and_sample()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3).Build();
        Pipeline<float> pipeline = Pipeline.Create(network, labels: new LabelEncoder(["a", "b", "c"]));
        network.Parameter("dense1.biases").Values[1] = float.NaN;
        pipeline.Invoking(p => p.PredictLabel(Vector<float>.Build.Dense([1, 2])))
            .Should().Throw<InvalidOperationException>().WithMessage("Output 1 of sample 0 is NaN*diverged*");
        pipeline.Invoking(p => p.PredictLabels(new ReadOnlyMatrixSpan<float>([1, 2, 3, 4], 2, 2)))
            .Should().Throw<InvalidOperationException>().WithMessage("Output 1 of sample 0 is NaN*");
        pipeline.PredictProbabilities(Vector<float>.Build.Dense([1, 2])).Should().OnlyContain(p => float.IsNaN(p));

        network.Parameter("dense1.biases").Values[1] = 0;
        pipeline.Invoking(p => p.PredictLabels(new ReadOnlyMatrixSpan<float>([1, 2, 3, float.NaN], 2, 2)))
            .Should().Throw<ArgumentException>().WithMessage("Output 0 of sample 1 is NaN*feature 1 is NaN*")
            .WithParameterName("inputs");
        pipeline.Invoking(p => p.PredictLabel<float>([float.NaN, 1]))
            .Should().Throw<ArgumentException>().WithMessage("*feature 0 is NaN*").WithParameterName("input");
    }

    [Fact]
    public void A_single_output_that_is_NaN_has_no_label_either_and_a_threshold_must_decide_something()
    {
        Network<double> network = Network.Create<double>(1, seed: 1).Dense(1, new Sigmoid()).Build();
        Pipeline<double> pipeline = Pipeline.Create(network, labels: new LabelEncoder(["no", "yes"]));
        pipeline.Invoking(p => p.PredictLabel<double>([double.NaN])).Should().Throw<ArgumentException>();
        foreach (double threshold in (double[])[double.NaN, double.PositiveInfinity])
        {
            pipeline.Invoking(p => p.PredictLabel<double>([1], threshold))
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("threshold");
        }

        Network<double> two = Network.Create<double>(1, seed: 1).Dense(2).Build();
        Pipeline.Create(two, labels: new LabelEncoder(["no", "yes"]))
            .Invoking(p => p.PredictLabel<double>([1], 0.3))
            .Should().Throw<ArgumentException>().WithMessage("*there are 2*largest*").WithParameterName("threshold");
    }
}
