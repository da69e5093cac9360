using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Training;

namespace NeuralNet.Tests.Metrics;

/// <summary>Trainers and evaluators tell weights to the metrics that ask for them.</summary>
public sealed class WeightedMetricTests
{
    private static readonly IMetric[] _metrics = [new Accuracy(), new Accuracy().Weighted()];

    [Fact]
    public void An_evaluation_counts_samples_by_their_weights_only_where_it_is_asked_to()
    {
        (Network<float> network, DataSet<float> data) = Example();
        EvaluationResult result = new Evaluator<float>(network, new SoftmaxCrossEntropy()).Evaluate(data, _metrics);
        (double plain, double weighted) = Expected(network, data, data.Weights);
        plain.Should().NotBe(weighted);
        result.Metrics["accuracy"].Should().Be(plain);
        result.Metrics["weighted_accuracy"].Should().Be(weighted);

        IReadOnlyDictionary<string, double> ofPipeline = Pipeline.Create(network).Evaluate(data, _metrics);
        ofPipeline["accuracy"].Should().Be(plain);
        ofPipeline["weighted_accuracy"].Should().Be(weighted);
    }

    [Fact]
    public void Without_weights_the_figures_are_the_same()
    {
        (Network<float> network, DataSet<float> data) = Example();
        var bare = new DataSet<float>(data.Inputs.ToMatrix(), data.Targets.ToMatrix());
        EvaluationResult result = new Evaluator<float>(network, new SoftmaxCrossEntropy()).Evaluate(bare, _metrics);
        result.Metrics["weighted_accuracy"].Should().Be(result.Metrics["accuracy"]);
    }

    [Fact]
    public void In_training_class_weights_are_part_of_them_as_in_the_loss()
    {
        (Network<float> network, DataSet<float> data) = Example();

        // One batch, measured before its step.
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Sgd(0.1));
        float[] weights = data.Weights.ToArray();
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] *= data.Targets[1, j] == 1 ? 3 : 1;
        }

        (double plain, double weighted) = Expected(network, data, weights);
        (_, double withoutClasses) = Expected(network, data, data.Weights);
        weighted.Should().NotBe(withoutClasses);
        TrainingHistory history = trainer.Fit(
            data,
            new() { Epochs = 1, BatchSize = 40, Metrics = _metrics, ClassWeights = [1, 3], Shuffle = false });
        history.Epochs[0].Metrics["accuracy"].Should().Be(plain);
        history.Epochs[0].Metrics["weighted_accuracy"].Should().Be(weighted);
    }

    [Fact]
    public void A_metric_of_one_output_counts_by_the_weights_of_that_output()
    {
        Network<double> network = Network.Create<double>(3, seed: 4)
            .Output("price", price => price.Dense(2))
            .Output("kind", kind => kind.Dense(3))
            .Build();
        Matrix<double> inputs = TestData.Uniform<double>(3, 30, seed: 5);
        Matrix<double> prices = TestData.Uniform<double>(2, 30, seed: 6);
        Matrix<double> kinds = OneHot.Encode<double>([.. Enumerable.Range(0, 30).Select(j => j * j % 3)], 3);
        Matrix<double> weights = Matrix<double>.Build.Dense(2, 30, (i, j) => (j + (2 * i)) % 4 / 2.0);
        var data = new DataSet<double>(inputs, network.Outputs.Join(("price", prices), ("kind", kinds)))
            .WithOutputWeights(weights);
        var loss = new LossPerOutput(
            network.Outputs,
            new OutputLoss("price", new MeanSquaredError()),
            new OutputLoss("kind", new SoftmaxCrossEntropy()));
        IMetric[] metrics =
        [
            new MeanAbsoluteErrorMetric().Weighted().ForOutput("price"),
            new Accuracy().ForOutput("kind").Weighted(),
            new Accuracy().ForOutput("kind"),
        ];
        IReadOnlyDictionary<string, double> measured =
            new Evaluator<double>(network, loss).Evaluate(data, metrics).Metrics;
        measured.Keys.Should().BeEquivalentTo("price_weighted_mae", "weighted_kind_accuracy", "kind_accuracy");

        Matrix<double> outputs = network.Predict(inputs);
        measured["price_weighted_mae"].Should().Be(
            Of(new MeanAbsoluteErrorMetric(), network.Outputs["price"].Of(outputs), prices, weights.Row(0)));
        measured["weighted_kind_accuracy"].Should().Be(
            Of(new Accuracy(), network.Outputs["kind"].Of(outputs), kinds, weights.Row(1)));
        measured["kind_accuracy"].Should().Be(
            Of(new Accuracy(), network.Outputs["kind"].Of(outputs), kinds, Vector<double>.Build.Dense(30, 1)));

        static double Of(IMetric metric, Matrix<double> outputs, Matrix<double> targets, Vector<double> weights)
        {
            IMetricAccumulator accumulator = metric.Start();
            accumulator.Add(outputs, targets, weights.ToArray());
            return accumulator.Value;
        }
    }

    [Fact]
    public void A_metric_is_made_weighted_once()
    {
        IMetric metric = new RocAuc().Weighted();
        metric.Name.Should().Be("weighted_roc_auc");
        metric.Should().BeOfType<WeightedMetric>().Which.Metric.Should().BeOfType<RocAuc>();
        metric.IsWeighted.Should().BeTrue();
        new RocAuc().ForOutput("left").IsWeighted.Should().BeFalse();
        metric.ForOutput("left").IsWeighted.Should().BeTrue();
        metric.Invoking(one => one.Weighted()).Should().Throw<ArgumentException>()
            .WithMessage("*'weighted_roc_auc'*already*").WithParameterName("metric");
        metric.ForOutput("left").Invoking(one => one.Weighted()).Should().Throw<ArgumentException>();
        new RocAuc().ForOutput("left").Weighted().Invoking(one => one.ForOutput("left"))
            .Should().Throw<ArgumentException>().WithMessage("*about the output 'left' already*");
    }

    [Fact]
    public void Confusion_matrices_count_weights_too()
    {
        (Network<float> network, DataSet<float> data) = Example();
        var matrix = new ConfusionMatrix(2);
        EvaluationResult result = new Evaluator<float>(network, new SoftmaxCrossEntropy()).Evaluate(
            data, [new Accuracy().Weighted(), matrix.AsMetric().Weighted()]);
        result.Metrics["weighted_confusion_accuracy"].Should().Be(result.Metrics["weighted_accuracy"]);
        matrix.Count.Should().BeApproximately(data.Weights.ToArray().Sum(weight => (double)weight), 1e-12);

        var byHand = new ConfusionMatrix(2);
        byHand.Add(0, 1, weight: 2.5);
        byHand.Add(1, 1, weight: 0.5);
        (byHand[0, 1], byHand.Count, byHand.Correct, byHand.PredictedCount(1)).Should().Be((2.5, 3, 0.5, 3));
        byHand.Invoking(m => m.Add(0, 1, weight: -1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static (Network<float> Network, DataSet<float> Data) Example()
    {
        DataSet<float> data = TestData.Diagonal<float>(40, seed: 1);
        float[] weights = [.. Enumerable.Range(0, 40).Select(j => j % 5 * 0.25f)];
        return (Network.Create<float>(2, seed: 3).Dense(2).Build(), data.WithWeights(weights));
    }

    private static (double Plain, double Weighted) Expected(
        Network<float> network, DataSet<float> data, ReadOnlySpan<float> weights)
    {
        Matrix<float> outputs = network.Predict(data.Inputs.ToMatrix());
        double right = 0;
        double weight = 0;
        double all = 0;
        for (int j = 0; j < data.Count; j++)
        {
            bool isRight = outputs.Column(j).MaximumIndex() == data.Targets.ToMatrix().Column(j).MaximumIndex();
            right += isRight ? 1 : 0;
            weight += isRight ? weights[j] : 0;
            all += weights[j];
        }

        return (right / data.Count, weight / all);
    }
}
