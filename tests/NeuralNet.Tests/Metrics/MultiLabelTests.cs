using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Metrics;

/// <summary>Figures of several labels per sample are scikit-learn's, however a metric learns of them.</summary>
public sealed class MultiLabelTests
{
    private static readonly Case[] _reference = ReferenceFile.Read<Case[]>("multilabel");

    public static TheoryData<int> Cases { get; } = new(Enumerable.Range(0, _reference.Length));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Labels_have_the_figures_of_scikit_learn(int index)
    {
        Case reference = _reference[index];
        (Matrix<double> outputs, Matrix<double> targets) = reference.Data<double>();
        var known = new OutputDescription
        {
            Count = reference.Labels,
            Meaning = OutputMeaning.Labels,
            Scale = reference.Scale == "logit" ? OutputScale.Logit : OutputScale.Probability,
        };
        double? threshold = reference.Threshold == known.Threshold ? null : reference.Threshold;

        Check(new ExactMatch(threshold), reference.ExactMatch);
        Check(new BinaryAccuracy(threshold), reference.Accuracy);
        Check(new BinaryAccuracy(threshold, Averaging.Macro), reference.Accuracy);
        Check(new BinaryAccuracy(threshold, Averaging.Weighted), reference.AccuracyWeighted);
        Check(new RocAuc(), reference.RocAuc);
        for (int i = 0; i < reference.Labels; i++)
        {
            Check(BinaryAccuracy.OfOutput(i, threshold), reference.AccuracyOfLabel[i]);
        }

        foreach (int zero in (int[])[0, 1])
        {
            Averages precision = reference.Figures[$"precision{zero}"];
            Averages recall = reference.Figures[$"recall{zero}"];
            Averages f1 = reference.Figures[$"f1{zero}"];
            for (int i = 0; i < reference.Labels; i++)
            {
                Check(Precision.OfClass(i, threshold, zero), precision.Each[i]);
                Check(Recall.OfClass(i, threshold, zero), recall.Each[i]);
                Check(F1Score.OfClass(i, threshold, zero), f1.Each[i]);
            }

            foreach (Averaging averaging in (Averaging[])[Averaging.Macro, Averaging.Micro, Averaging.Weighted])
            {
                Check(new Precision(averaging, threshold, zero), precision.Of(averaging));
                Check(new Recall(averaging, threshold, zero), recall.Of(averaging));
                Check(new F1Score(averaging, threshold, zero), f1.Of(averaging));
            }
        }

        void Check(IMetric metric, double expected)
        {
            IMetricAccumulator accumulator = metric.Start(known);
            accumulator.Add<double>(
                outputs.SubMatrix(0, reference.Labels, 0, 4), targets.SubMatrix(0, reference.Labels, 0, 4));
            int rest = outputs.ColumnCount - 4;
            accumulator.Add<double>(
                outputs.SubMatrix(0, reference.Labels, 4, rest), targets.SubMatrix(0, reference.Labels, 4, rest));
            if (double.IsNaN(expected))
            {
                accumulator.Value.Should().Be(double.NaN, metric.Name);
            }
            else
            {
                accumulator.Value.Should().BeApproximately(expected, 1e-12, metric.Name);
            }
        }
    }

    [Fact]
    public void A_sigmoid_or_its_loss_at_the_end_tells_metrics_of_the_labels()
    {
        DataSet<float> data = Data();
        Network<float> logits = Network.Create<float>(3, seed: 4).Dense(3).Build();
        IReadOnlyDictionary<string, double> figures = new Evaluator<float>(logits, new SigmoidCrossEntropy())
            .Evaluate(data, Metrics()).Metrics;
        Network<float> probabilities = Network.Create<float>(3, seed: 4).Dense(3, new Sigmoid()).Build();
        new Evaluator<float>(probabilities, new BinaryCrossEntropy()).Evaluate(data, Metrics()).Metrics
            .Should().BeEquivalentTo(figures);
        new Evaluator<float>(probabilities, new MeanSquaredError()).Evaluate(data, Metrics()).Metrics
            .Should().BeEquivalentTo(figures);
        Pipeline.Create(probabilities).Evaluate(data, Metrics()).Should().BeEquivalentTo(figures);
        Network<float> logarithms = Network.Create<float>(3, seed: 4).Dense(3, new LogSigmoid()).Build();
        new Evaluator<float>(logarithms, new MeanSquaredError()).Evaluate(data, Metrics()).Metrics
            .Should().BeEquivalentTo(figures);

        // Worked by hand from the outputs themselves.
        Matrix<float> outputs = logits.Predict(data.Inputs);
        double right = 0;
        for (int j = 0; j < data.Count; j++)
        {
            for (int i = 0; i < 3; i++)
            {
                right += (outputs[i, j] > 0) == (data.Targets[i, j] > 0) ? 1 : 0;
            }
        }

        figures["binary_accuracy"].Should().Be(right / (3 * data.Count));

        static IMetric[] Metrics() =>
        [
            new BinaryAccuracy(), new ExactMatch(), new F1Score(Averaging.Macro), F1Score.OfClass(2),
            new Precision(Averaging.Micro), new Recall(Averaging.Weighted), new RocAuc(),
        ];
    }

    [Fact]
    public void Metrics_of_classes_are_refused_for_labels_with_those_to_use_instead()
    {
        Network<float> network = Network.Create<float>(3, seed: 4).Dense(3).Build();
        var evaluator = new Evaluator<float>(network, new SigmoidCrossEntropy());
        foreach (IMetric metric in (IMetric[])[
            new Accuracy(), new TopKAccuracy(1), new ConfusionMatrix(3).AsMetric()])
        {
            evaluator.Invoking(e => e.Evaluate(Data(), [metric]))
                .Should().Throw<ArgumentException>().WithMessage("*labels*BinaryAccuracy*ExactMatch*F1Score*");
        }

        foreach (IMetric metric in (IMetric[])[new F1Score(), new Precision(), new Recall()])
        {
            evaluator.Invoking(e => e.Evaluate(Data(), [metric]))
                .Should().Throw<ArgumentException>().WithMessage("*each of the 3 outputs*OfClass*Macro*");
        }

        evaluator.Invoking(e => e.Evaluate(Data(), [F1Score.OfClass(3)]))
            .Should().Throw<ArgumentException>().WithMessage("*output 3*there are 3*");
        evaluator.Evaluate(Data(), [new Accuracy { Meaning = OutputMeaning.Classes }]).Metrics.Should().HaveCount(1);
    }

    [Fact]
    public void Metrics_of_labels_are_refused_for_classes()
    {
        Network<float> network = Network.Create<float>(3, seed: 4).Dense(3).Build();
        var evaluator = new Evaluator<float>(network, new SoftmaxCrossEntropy());
        foreach (IMetric metric in (IMetric[])[new BinaryAccuracy(), new ExactMatch(), BinaryAccuracy.OfOutput(1)])
        {
            evaluator.Invoking(e => e.Evaluate(Data(), [metric]))
                .Should().Throw<ArgumentException>().WithMessage("*exclude each other*Measure Accuracy*");
        }
    }

    [Fact]
    public void Where_only_the_targets_can_tell_labels_are_not_taken_for_classes()
    {
        // Linear outputs of a squared error may be either.
        Network<float> network = Network.Create<float>(3, seed: 4).Dense(3).Build();
        var evaluator = new Evaluator<float>(network, new MeanSquaredError());
        foreach (IMetric metric in (IMetric[])[
            new Accuracy(), new TopKAccuracy(1), new F1Score(Averaging.Macro), new ConfusionMatrix(3).AsMetric(),
            new RocAuc(fromLogits: true)])
        {
            evaluator.Invoking(e => e.Evaluate(Data(), [metric]))
                .Should().Throw<ArgumentException>().WithMessage("*target of sample*names no single class*Labels*");
            metric.Start().Invoking(a => a.Add<float>(Data().Targets, Data().Targets))
                .Should().Throw<ArgumentException>().WithMessage("*names no single class*");
        }

        DataSet<float> classes = new DataSet<float>(
            Matrix<float>.Build.Random(3, 4, 1), OneHot.Encode<float>([0, 2, 1, 1], 3));
        evaluator.Evaluate(classes, [new Accuracy(), new F1Score(Averaging.Macro)]).Metrics.Should().HaveCount(2);
        evaluator.Evaluate(
            Data(), [new F1Score(Averaging.Macro, threshold: 0.5) { Meaning = OutputMeaning.Labels }])
            .Metrics["f1_macro"].Should().BeInRange(0, 1);
    }

    [Fact]
    public void Targets_that_name_no_class_are_refused_though_softmax_or_loss_says_classes()
    {
        foreach ((IActivation? activation, ILoss loss) in ((IActivation?, ILoss)[])[
            (null, new SoftmaxCrossEntropy()), (new LogSoftmax(), new NegativeLogLikelihood()),
            (new Softmax(), new MeanSquaredError())])
        {
            Network<float> network = Network.Create<float>(3, seed: 4).Dense(3, activation).Build();
            foreach (float[] target in (float[][])[[1, 1, 0], [0, 0, 0]])
            {
                var data = new DataSet<float>(
                    Matrix<float>.Build.Random(3, 2, 1), Matrix<float>.Build.DenseOfColumnArrays([0, 1, 0], target));
                foreach (IMetric metric in (IMetric[])[
                    new Accuracy(), new TopKAccuracy(1), new F1Score(Averaging.Macro), new RocAuc(fromLogits: true),
                    new ConfusionMatrix(3).AsMetric()])
                {
                    new Evaluator<float>(network, loss).Invoking(e => e.Evaluate(data, [metric])).Should()
                        .Throw<ArgumentException>().WithMessage("*target of sample 1*names no single class*");
                    Pipeline.Create(network, labels: new LabelEncoder(["a", "b", "c"]))
                        .Invoking(p => p.Evaluate(data, [metric])).Should()
                        .Throw<ArgumentException>().WithMessage("*target of sample 1*names no single class*");
                }

                new Evaluator<float>(network, loss)
                    .Evaluate(data, [new Accuracy { Meaning = OutputMeaning.Classes }]).Metrics.Should().HaveCount(1);
            }
        }
    }

    [Fact]
    public void Labels_of_a_pipeline_say_that_outputs_are_classes()
    {
        Network<float> network = Network.Create<float>(3, seed: 4).Dense(3, new Sigmoid()).Build();
        DataSet<float> classes = new DataSet<float>(
            Matrix<float>.Build.Random(3, 4, 1), OneHot.Encode<float>([0, 2, 1, 1], 3));
        Pipeline.Create(network, labels: new LabelEncoder(["a", "b", "c"])).Evaluate(classes, [new Accuracy()])
            .Should().HaveCount(1);
        Pipeline.Create(network).Invoking(p => p.Evaluate(classes, [new Accuracy()]))
            .Should().Throw<ArgumentException>().WithMessage("*labels*BinaryAccuracy*");
    }

    private static DataSet<float> Data()
    {
        (_, Matrix<float> targets) = _reference[0].Data<float>();
        return new DataSet<float>(Matrix<float>.Build.Random(3, targets.ColumnCount, 7), targets);
    }

    private sealed record Case(
        int Labels,
        double Threshold,
        string Scale,
        double[] Outputs,
        double[] Targets,
        double ExactMatch,
        double Accuracy,
        double[] AccuracyOfLabel,
        double AccuracyWeighted,
        double RocAuc,
        Dictionary<string, Averages> Figures)
    {
        public (Matrix<T> Outputs, Matrix<T> Targets) Data<T>()
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => (Of<T>(Outputs), Of<T>(Targets));

        private Matrix<T> Of<T>(double[] values)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
            Matrix<T>.Build.Dense(Labels, values.Length / Labels, Array.ConvertAll(values, T.CreateChecked));
    }

    private sealed record Averages(double[] Each, double Macro, double Micro, double Weighted)
    {
        public double Of(Averaging averaging) => averaging switch
        {
            Averaging.Macro => Macro,
            Averaging.Micro => Micro,
            _ => Weighted,
        };
    }
}
