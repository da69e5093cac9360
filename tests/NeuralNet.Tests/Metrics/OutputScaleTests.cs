using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Training;

namespace NeuralNet.Tests.Metrics;

/// <summary>Metrics learn from the network and its loss on which scale the outputs are.</summary>
public sealed class OutputScaleTests
{
    private static readonly DataSet<float> _yesOrNo = new(
        Matrix<float>.Build.Random(2, 60, 3),
        Matrix<float>.Build.Dense(1, 60, (_, j) => j % 3 == 0 ? 1 : 0));

    private static readonly DataSet<float> _signs = new(
        Matrix<float>.Build.Random(2, 60, 3),
        Matrix<float>.Build.Dense(1, 60, (_, j) => j % 3 == 0 ? 1 : -1));

    [Fact]
    public void Logits_probabilities_and_their_logarithms_have_the_same_figures()
    {
        IReadOnlyDictionary<string, double> logits = Figures(Make(null), new SigmoidCrossEntropy(), _yesOrNo);
        logits["recall"].Should().BeInRange(0.2, 0.9, "not all outputs are on one side");
        Figures(Make(new Sigmoid()), new BinaryCrossEntropy(), _yesOrNo).Should().BeEquivalentTo(logits);
        Figures(Make(new Sigmoid()), new MeanSquaredError(), _yesOrNo).Should().BeEquivalentTo(logits);
        Figures(Make(new LogSigmoid()), new MeanSquaredError(), _yesOrNo).Should().BeEquivalentTo(logits);
        Figures(Make(null), new Hinge(), _signs).Should().BeEquivalentTo(logits);
        Figures(Make(null), new SquaredHinge(), _signs).Should().BeEquivalentTo(logits);
        Pipeline.Create(Make(null), labels: new LabelEncoder(["no", "yes"]), threshold: 0)
            .Evaluate(_yesOrNo, Metrics()).Should().BeEquivalentTo(logits);
        Pipeline.Create(Make(new Sigmoid())).Evaluate(_yesOrNo, Metrics()).Should().BeEquivalentTo(logits);
        Figures(Make(new Sigmoid(), dropout: true), new MeanSquaredError(), _yesOrNo).Should().BeEquivalentTo(logits);
    }

    [Fact]
    public void A_pipeline_with_a_threshold_of_its_own_is_measured_by_it()
    {
        Pipeline<float> pipeline =
            Pipeline.Create(Make(null), labels: new LabelEncoder(["no", "yes"]), threshold: 0.4);
        pipeline.Evaluate(_yesOrNo, Metrics()).Should().BeEquivalentTo(
            Pipeline.Create(Make(null)).Evaluate(_yesOrNo, Metrics(0.4)));
    }

    [Fact]
    public void Real_numbers_of_which_nothing_is_known_need_a_threshold()
    {
        var evaluator = new Evaluator<float>(Make(null), new MeanSquaredError());
        foreach (IMetric metric in Metrics())
        {
            evaluator.Invoking(e => e.Evaluate(_yesOrNo, [metric]))
                .Should().Throw<ArgumentException>().WithMessage($"*'{metric.Name}'*threshold*0.5*0*R2Score*");
        }

        foreach (IMetric metric in Metrics())
        {
            Pipeline.Create(Make(null)).Invoking(p => p.Evaluate(_yesOrNo, [metric]))
                .Should().Throw<ArgumentException>().WithMessage($"*'{metric.Name}'*threshold*0.5*0*R2Score*");
        }

        evaluator.Evaluate(_yesOrNo, Metrics(0.5)).Metrics.Should().HaveCount(5);
        evaluator.Evaluate(_yesOrNo, [new RocAuc()]).Metrics["roc_auc"].Should().BeInRange(0, 1);

        Standardization scaling = Standardization.Fit(_yesOrNo.Targets);
        Pipeline.Create(Make(null), outputs: scaling)
            .Invoking(p => p.Evaluate(_yesOrNo, [new F1Score()])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void An_explicit_threshold_counts_whatever_the_network_gives()
    {
        Matrix<float> outputs = Make(new Sigmoid()).Predict(_yesOrNo.Inputs);
        double right =
            Enumerable.Range(0, 60).Count(j => (outputs[0, j] > 0.7f) == (_yesOrNo.Targets[0, j] > 0)) / 60.0;
        new Evaluator<float>(Make(new Sigmoid()), new BinaryCrossEntropy())
            .Evaluate(_yesOrNo, [new BinaryAccuracy(0.7)]).Metrics["binary_accuracy"].Should().Be(right);
    }

    [Fact]
    public void Areas_of_classes_are_those_of_logits_where_the_loss_takes_logits()
    {
        DataSet<float> data = new(
            Matrix<float>.Build.Random(2, 9, 3), OneHot.Encode<float>([0, 1, 2, 0, 1, 2, 0, 1, 2], 3));
        double logits = Area(null, new SoftmaxCrossEntropy());
        Area(new LogSoftmax(), new NegativeLogLikelihood()).Should().BeApproximately(logits, 1e-12);
        Area(new Softmax(), new MeanSquaredError()).Should().BeApproximately(logits, 1e-12);

        double Area(IActivation? activation, ILoss loss) => new Evaluator<float>(
            Network.Create<float>(2, seed: 5).Dense(3, activation).Build(), loss)
            .Evaluate(data, [new RocAuc()]).Metrics["roc_auc"];
    }

    public static TheoryData<IMetric, string> Refused { get; } = new()
    {
        { new Accuracy(), "*there is 1 output*BinaryAccuracy*" },
        { new TopKAccuracy(2), "*more than 2 outputs*" },
        { new F1Score(Averaging.Binary) { Meaning = OutputMeaning.Labels }, "" },
        { F1Score.OfClass(2), "*class 2*" },
        { R2Score.OfOutput(1), "*output 1*there are 1*" },
        { RocAuc.OfClass(2), "*class 2*" },
        { new ConfusionMatrix(3).AsMetric(), "*3 classes*1 outputs*" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_makes_no_sense_is_refused_before_the_first_step(IMetric metric, string message)
    {
        Network<float> network = Make(null);
        var trainer = new Trainer<float>(network, new SigmoidCrossEntropy(), new Sgd(0.1));
        var options = new FitOptions<float> { Epochs = 1, Metrics = [metric] };
        if (message.Length == 0)
        {
            trainer.Fit(_yesOrNo, options).Epochs.Should().HaveCount(1);
            return;
        }

        float[] before = network.Parameters[0].Values.ToArray();
        trainer.Invoking(t => t.Fit(_yesOrNo, options)).Should().Throw<ArgumentException>().WithMessage(message);
        trainer.StepCount.Should().Be(0);
        network.Parameters[0].Values.ToArray().Should().Equal(before);
    }

    [Fact]
    public void Class_weights_are_refused_for_labels_and_for_targets_that_name_no_class()
    {
        Matrix<float> labels = Matrix<float>.Build.DenseOfColumnArrays([1, 1], [0, 1], [0, 0], [1, 1]);
        var data = new DataSet<float>(Matrix<float>.Build.Random(2, 4, 1), labels);
        var options = new FitOptions<float> { Epochs = 1, ClassWeights = [1, 2] };
        Network<float> Two(IActivation? activation) =>
            Network.Create<float>(2, seed: 1).Dense(2, activation).Build();
        foreach ((IActivation? activation, ILoss loss) in ((IActivation?, ILoss)[])[
            (null, new SigmoidCrossEntropy()), (new Sigmoid(), new BinaryCrossEntropy()),
            (new Sigmoid(), new MeanSquaredError())])
        {
            var trainer = new Trainer<float>(Two(activation), loss, new Sgd(0.1));
            trainer.Invoking(t => t.Fit(data, options))
                .Should().Throw<ArgumentException>().WithMessage("*labels*positiveWeight*WithWeights*");
            trainer.StepCount.Should().Be(0);
        }

        foreach ((IActivation? activation, ILoss loss) in ((IActivation?, ILoss)[])[
            (null, new MeanSquaredError()), (null, new SoftmaxCrossEntropy()), (new Softmax(), new MeanSquaredError()),
            (new LogSoftmax(), new NegativeLogLikelihood())])
        {
            new Trainer<float>(Two(activation), loss, new Sgd(0.1)).Invoking(t => t.Fit(data, options))
                .Should().Throw<InvalidOperationException>().WithMessage("*names no class*");
        }

        IBatchSource<float> odd = BatchSource.From<float>(_ =>
            [
                new(
                    Matrix<float>.Build.Random(2, 2, 1),
                    Matrix<float>.Build.DenseOfColumnArrays([1, 0], [float.NaN, 0])),
            ]);
        new Trainer<float>(Two(null), new SoftmaxCrossEntropy(), new Sgd(0.1)).Invoking(t => t.Fit(odd, options))
            .Should().Throw<InvalidOperationException>().WithMessage("*holds NaN*");
    }

    private static IMetric[] Metrics(double? threshold = null) =>
    [
        new BinaryAccuracy(threshold), new F1Score(threshold: threshold), new Precision(threshold: threshold),
        new Recall(threshold: threshold), new ConfusionMatrix(2, threshold).AsMetric(),
    ];

    private static IReadOnlyDictionary<string, double> Figures(
        Network<float> network, ILoss loss, DataSet<float> data) =>
        new Evaluator<float>(network, loss).Evaluate(data, Metrics()).Metrics;

    // Outputs are spread about 0, so that a threshold of ½ would be wrong for logits.
    private static Network<float> Make(IActivation? activation, bool dropout = false)
    {
        NetworkBuilder<float> builder = Network.Create<float>(2, seed: 9).Dense(1, activation);
        return (dropout ? builder.Dropout() : builder).Build();
    }
}
