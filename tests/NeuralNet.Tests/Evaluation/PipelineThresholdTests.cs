using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Evaluation;
using NeuralNet.Metrics;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;
using static NeuralNet.Tests.Calibrations.PipelineCalibrationTests;

namespace NeuralNet.Tests.Evaluation;

public sealed class PipelineThresholdTests
{
    [Fact]
    public void The_chosen_threshold_decides_labels_and_metrics_and_is_saved()
    {
        DataSet<float> data = Data<float>(1, 2000, seed: 1);
        Pipeline<float> pipeline = Identity<float>(1, "");
        Pipeline<float> chosen = pipeline.ChooseThreshold(data, ThresholdGoal.F1);
        IMetric[] metrics = [new F1Score(), new BinaryAccuracy()];
        double best = chosen.Evaluate(data, metrics)["f1"];
        best.Should().BeGreaterThan(pipeline.Evaluate(data, metrics)["f1"]);
        for (double logit = -4; logit <= 4; logit += 0.05)
        {
            pipeline.WithThresholds(logit).Evaluate(data, metrics)["f1"].Should().BeLessThanOrEqualTo(best);
        }

        string[] labels = chosen.PredictLabels(data.Inputs);
        labels.Where((label, j) => label == "label 1" == data.Targets[0, j] > 0).Should()
            .HaveCount((int)Math.Round(chosen.Evaluate(data, metrics)["binary_accuracy"] * data.Count));
        Pipeline<float> loaded = Pipeline.Load<float>(new MemoryStream(Saved(chosen)));
        loaded.Threshold.Should().Be(chosen.Threshold);
        loaded.PredictLabels(data.Inputs).Should().Equal(labels);
    }

    [Fact]
    public void A_threshold_of_calibrated_outputs_is_a_probability()
    {
        DataSet<double> data = Data<double>(1, 20_000, seed: 2);
        Pipeline<double> pipeline = Identity<double>(1, "").Calibrate(data)
            .ChooseThreshold(data, ThresholdGoal.LeastCost(falsePositive: 1, falseNegative: 4));

        // Of true probabilities the best is 1/(1 + 4); the costs around it are flat.
        pipeline.Threshold.Should().BeApproximately(0.2, 0.06);
        pipeline.WithThresholds().Threshold.Should().Be(0.5);
    }

    [Fact]
    public void Every_label_has_a_threshold_of_its_own()
    {
        DataSet<float> data = Data<float>(3, 1500, seed: 3, areLabels: true);
        Pipeline<float> pipeline = Identity<float>(3, "Sigmoid");
        Pipeline<float> chosen = pipeline.ChooseThreshold(data, ThresholdGoal.F1);
        chosen.LabelThresholds.Should().HaveCount(3).And.OnlyHaveUniqueItems();
        IMetric[] metrics =
        [
            F1Score.OfClass(0), F1Score.OfClass(1), F1Score.OfClass(2), new ExactMatch(), new BinaryAccuracy(),
        ];
        IReadOnlyDictionary<string, double> before = pipeline.Evaluate(data, metrics);
        IReadOnlyDictionary<string, double> after = chosen.Evaluate(data, metrics);
        for (int i = 0; i < 3; i++)
        {
            string name = $"f1_class_{i}";
            after[name].Should().BeGreaterThan(before[name]);
            double[] scores = [.. Enumerable.Range(0, 41).Select(k => k / 40.0)];
            foreach (double score in scores)
            {
                double[] other = [.. chosen.LabelThresholds!];
                other[i] = score;
                chosen.WithThresholds(other).Evaluate(data, metrics)[name].Should().BeLessThanOrEqualTo(after[name]);
            }
        }

        Pipeline<float> loaded = Pipeline.Load<float>(new MemoryStream(Saved(chosen)));
        loaded.LabelThresholds.Should().Equal(chosen.LabelThresholds);
        string[][] sets = loaded.PredictLabelSets(data.Inputs);
        Matrix<float> outputs = chosen.Predict(data.Inputs);
        int right = 0;
        for (int j = 0; j < data.Count; j++)
        {
            string[] above = [.. Enumerable.Range(0, 3)
                .Where(i => outputs[i, j] > chosen.LabelThresholds![i]).Select(i => $"label {i}")];
            sets[j].Should().Equal(above);
            right += Enumerable.Range(0, 3).All(i => above.Contains($"label {i}") == data.Targets[i, j] > 0.5f) ? 1 : 0;
        }

        after["exact_match"].Should().Be((double)right / data.Count);
        chosen.Invoking(p => p.PredictLabels(data.Inputs)).Should().Throw<InvalidOperationException>()
            .WithMessage("*any number of the labels*PredictLabelSets*");
    }

    [Fact]
    public void Weights_of_classes_raise_the_mean_of_their_figures()
    {
        // Rare classes that the most probable one hides.
        DataSet<double> data = Data<double>(3, 4000, seed: 4);
        Pipeline<double> pipeline = Identity<double>(3, "");
        pipeline.Network.Parameter("dense1.biases").Set(Matrix<double>.Build.Dense(3, 1, [2, 0, 0]));
        Pipeline<double> chosen = pipeline.ChooseThreshold(data, ThresholdGoal.F1);
        IMetric[] metrics = [new F1Score(Averaging.Macro), new Accuracy(), new ConfusionMatrix(3).AsMetric()];
        IReadOnlyDictionary<string, double> before = pipeline.Evaluate(data, metrics);
        IReadOnlyDictionary<string, double> after = chosen.Evaluate(data, metrics);
        after["f1_macro"].Should().BeGreaterThan(before["f1_macro"] + 0.01);
        string[] labels = Pipeline.Load<double>(new MemoryStream(Saved(chosen))).PredictLabels(data.Inputs);
        double share = labels.Where((label, j) => data.Targets[label[^1] - '0', j] == 1).Count() / (double)data.Count;
        after["accuracy"].Should().BeApproximately(share, 1e-12);
    }

    [Fact]
    public void Costs_decide_for_the_least_expected_cost()
    {
        Pipeline<double> pipeline = Identity<double>(2, "Softmax")
            .WithCosts(new(new double[,] { { 0, 1 }, { 9, 0 } }));
        double tenth = Math.Log(0.1 / 0.9);
        pipeline.PredictLabel([0, tenth - 0.01]).Should().Be("label 0");
        pipeline.PredictLabel([0, tenth + 0.01]).Should().Be("label 1");
        pipeline.Invoking(p => p.PredictLabel([0, double.NaN])).Should().Throw<ArgumentException>();
        Identity<double>(2, "Softmax").WithCosts(ClassCosts.OfWeights([1, 9])).PredictLabel([0, tenth + 0.01])
            .Should().Be("label 1");
        Identity<double>(1, "").Invoking(p => p.WithCosts(ClassCosts.OfWeights([1, 2]))).Should()
            .Throw<InvalidOperationException>().WithMessage("*LeastCost*");
        Identity<double>(3, "").Invoking(p => p.WithCosts(ClassCosts.OfWeights([1, 2]))).Should()
            .Throw<ArgumentException>().WithMessage("*3 classes apart, but the costs are of 2*");
        Identity<double>(3, "").Invoking(p => p.WithThresholds(1, 2, 3)).Should()
            .Throw<InvalidOperationException>().WithMessage("*WithCosts*");
        FluentActions.Invoking(() => new ClassCosts(new double[2, 3])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_goal_that_nothing_reaches_is_refused()
    {
        var data = new DataSet<double>(
            Matrix<double>.Build.Dense(1, 4, [1, 2, 3, 4]), Matrix<double>.Build.Dense(1, 4, [1, 0, 1, 0]));
        Identity<double>(1, "").Invoking(p => p.ChooseThreshold(data, ThresholdGoal.PrecisionAtLeast(0.75)))
            .Should().Throw<ArgumentException>()
            .WithMessage("No threshold serves the goal precision of at least 0.75 on 4 samples, 2 of them yes*")
            .WithParameterName("validation");
        Identity<double>(1, "").Invoking(p => p.ChooseThreshold(
                data, ThresholdGoal.Of("nothing", _ => double.NaN))).Should().Throw<ArgumentException>();
    }
}
