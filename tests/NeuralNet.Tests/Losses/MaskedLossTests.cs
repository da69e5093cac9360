using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Kinds;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Losses;

/// <summary>Targets that are not known.</summary>
public sealed class MaskedLossTests
{
    [Fact]
    public void The_mean_is_over_the_known_targets_of_a_sample()
    {
        // Errors of 1 and 3 among the known: (1 + 9)/2 = 5, with gradients 2/2·(1, 3).
        LossResult<double> result = LossResult<double>.Of(
            new MeanSquaredError().Masked(-999), 3, [1, 50, 3, 4, 5, 6], [0, -999, 0, -999, -999, -999]);
        result.Losses.Should().Equal(5, 0);
        result.Gradient.Should().Equal(1, 0, 3, 0, 0, 0);
    }

    [Fact]
    public void A_sample_of_no_known_class_has_no_loss_and_others_have_what_they_have_without_it()
    {
        double[] o = [0.3, -1, 2, 1, 2, 3, 0, 1, 0];
        double[] t = [0, 1, 0, -1, -1, -1, 1, 0, 0];
        var loss = new SoftmaxCrossEntropy(0.1);
        LossResult<double> result = LossResult<double>.Of(loss.Masked(-1), 3, o, t);
        LossResult<double> known = LossResult<double>.Of(loss, 3, [.. o[..3], .. o[6..]], [.. t[..3], .. t[6..]]);
        result.Losses.Should().Equal(known.Losses[0], 0, known.Losses[1]);
        result.Gradient.Should().Equal([.. known.Gradient[..3], 0, 0, 0, .. known.Gradient[3..]]);
        FluentActions.Invoking(() => LossResult<double>.Of(loss.Masked(-1), 3, o, [0, 1, 0, 0, 1, 0, 1, -1, 0]))
            .Should().Throw<ArgumentException>().WithParameterName("targets")
            .WithMessage("The loss 'softmax cross-entropy' needs all targets of a sample or none, but 1 of the 3 of "
                + "sample 2 are -1, which says that they are not known.*");
    }

    [Fact]
    public void An_output_that_overflowed_is_not_hidden_by_a_mask() =>
        LossResult<double>.Of(
            new SigmoidCrossEntropy().Masked(-1), 2, [double.NaN, 1, double.PositiveInfinity, 1], [-1, 1, -1, 1])
            .Losses.Should().Equal(double.NaN, double.NaN);

    [Fact]
    public void Labels_that_nobody_knows_are_learned_from_the_others_and_metrics_leave_them_out()
    {
        // Label i says whether feature i is above 0; a third of them is not known.
        Matrix<float> inputs = TestData.Uniform<float>(3, 300, seed: 1);
        Matrix<float> full = inputs.Map(x => x > 0 ? 1f : 0f);
        Matrix<float> targets = full.Clone();
        for (int j = 0; j < 300; j++)
        {
            targets[j % 3, j] = -1;
        }

        var trainer = new Trainer<float>(
            Network.Create<float>(3, seed: 1).Dense(3).Build(), new SigmoidCrossEntropy().Masked(-1), new Adam(0.05));
        var data = new DataSet<float>(inputs, targets);
        IMetric[] metrics = [new BinaryAccuracy().PerStep(3)];
        trainer.Fit(data, new() { Epochs = 40, BatchSize = 30, Metrics = metrics }).Warnings.Should().BeEmpty();
        double known = trainer.Evaluate(data, metrics).Metrics["binary_accuracy"];
        known.Should().BeGreaterThan(0.97);
        new Evaluator<float>(trainer.Network, new SigmoidCrossEntropy())
            .Evaluate(new DataSet<float>(inputs, full), metrics)
            .Metrics["binary_accuracy"].Should().BeGreaterThan(0.97);
        trainer.Invoking(t => t.Evaluate(data, [new BinaryAccuracy()]))
            .Should().Throw<ArgumentException>()
            .WithMessage("*needs all targets of a sample or none*1 of the 3 of sample 0*add .PerStep(3) to the*");
    }

    [Fact]
    public void Samples_of_no_known_class_are_not_counted_by_a_metric()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3).Build();
        Matrix<float> inputs = TestData.Uniform<float>(2, 40, seed: 2);
        Matrix<float> outputs = network.Predict(inputs);
        int[] best = [.. outputs.EnumerateColumns().Select(column => column.MaximumIndex())];

        // Right for half of the known ones, and known for half of all.
        int[] labels = [.. best.Select((label, j) => j % 2 == 0 ? 255 : j % 4 == 1 ? label : (label + 1) % 3)];
        var data = new DataSet<float>(inputs, OneHot.Encode<float>(labels, 3, mask: 255));
        var evaluator = new Evaluator<float>(network, new SoftmaxCrossEntropy().Masked(255));
        EvaluationResult result = evaluator.Evaluate(data, [new Accuracy(), new ConfusionMatrix(3).AsMetric()]);
        result.Metrics["accuracy"].Should().Be(0.5);
        result.Metrics["confusion_accuracy"].Should().Be(0.5);
    }

    [Fact]
    public void Encoded_labels_of_steps_stand_one_below_the_other()
    {
        OneHot.Encode<double>([1, 0, -1, 1], classes: 2, steps: 2, mask: -1)
            .Should().BeEquivalentTo(Matrix<double>.Build.Dense(4, 2, [0, 1, 1, 0, -1, -1, 0, 1]));
        FluentActions.Invoking(() => OneHot.Encode<double>([1, 0, 1], classes: 2, steps: 2))
            .Should().Throw<ArgumentException>().WithMessage("3 labels cannot be divided among samples of 2 steps.*");
        FluentActions.Invoking(() => OneHot.Encode<double>([1], classes: 2, mask: 1))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The mask 1 is the number of a class*");
        FluentActions.Invoking(() => OneHot.Encode<double>([-2], classes: 2, mask: -1))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The label of sample 0 is -2*");
    }

    [Fact]
    public void What_is_made_of_other_losses_takes_no_mask()
    {
        var loss = new SoftmaxCrossEntropy();
        FluentActions.Invoking(() => loss.PerStep(2).Masked(-1))
            .Should().Throw<ArgumentException>().WithMessage("*is made of others*Masked(-1).PerStep(20)*");
        FluentActions.Invoking(() => loss.Masked(-1).Masked(-2)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => loss.Masked(double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
        new ModelKinds().Describe(loss.Masked(-1).PerStep(3)).Should().Be(
            """LossPerStep {"loss":{"kind":"MaskedLoss","loss":{"kind":"SoftmaxCrossEntropy","labelSmoothing":0},"""
            + "\"mask\":-1},\"steps\":3}");
    }
}
