using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Evaluation;
using NeuralNet.GradientChecks;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Text;
using NeuralNet.Training;

namespace NeuralNet.Tests.Losses;

/// <summary>A choice at every step of a sequence, or every pixel of an image.</summary>
public sealed class LossPerStepTests
{
    private const int Steps = 6;
    private const int Symbols = 4;

    // The symbol that follows is known from the symbol at hand.
    private static readonly DataSet<float> _windows = TextWindows.NextSymbols<float>(
        [.. Enumerable.Range(0, 400).Select(i => i % Symbols)], Steps, Symbols);

    public static TheoryData<ILoss, IActivation?> ClassLosses { get; } = new()
    {
        { new SoftmaxCrossEntropy(), null },
        { new SoftmaxFocalLoss(), null },
        { new CategoricalCrossEntropy(), new Softmax() },
        { new NegativeLogLikelihood(), new LogSoftmax() },
        { new KullbackLeiblerDivergence(), new LogSoftmax() },
    };

    [Fact]
    public void It_is_the_mean_of_the_losses_of_the_steps()
    {
        Matrix<double> o = TestData.Uniform<double>(12, 3, seed: 1);
        Matrix<double> t = TestData.Uniform<double>(12, 3, seed: 2, 0, 1);
        var ofStep = new SoftmaxCrossEntropy(0.1, [1, 2, 3]);
        double[] steps = LossResult<double>.Of(ofStep, 3, Array(o), Array(t)).Losses;
        double[] slopes = LossResult<double>.Of(ofStep, 3, Array(o), Array(t)).Gradient;
        LossResult<double> result = LossResult<double>.Of(ofStep.PerStep(4), 12, Array(o), Array(t));
        for (int j = 0; j < 3; j++)
        {
            result.Losses[j].Should().BeApproximately(steps[(j * 4)..][..4].Average(), 1e-15);
        }

        result.Gradient.Should().Equal(slopes.Select(slope => slope / 4));
    }

    [Theory]
    [MemberData(nameof(ClassLosses))]
    public void One_choice_among_all_outputs_of_several_steps_is_refused(ILoss loss, IActivation? last)
    {
        Network<float> network = Predictor(last);
        FluentActions.Invoking(() => new Trainer<float>(network, loss, new Adam()))
            .Should().Throw<ArgumentException>().WithParameterName(nameof(loss)).WithMessage(
                $"The loss '{loss.Name}' takes 24 outputs for the classes of one choice, but they have the shape 6 × 4"
                + ", 4 at each of 6 steps or pixels. For a choice at each, use new LossPerStep(loss, 6), as in "
                + "loss.PerStep(6); for one among all, end the network with Flatten.*");
        FluentActions.Invoking(() => new Evaluator<float>(network, loss.PerStep(3)))
            .Should().Throw<ArgumentException>().WithMessage("*takes 8 outputs for the classes of one choice*");
        FluentActions.Invoking(() => new Evaluator<float>(network, new MeanSquaredError().PerStep(5)))
            .Should().Throw<ArgumentException>().WithMessage("*at each of 5 steps, among which 24 outputs*");
        new Evaluator<float>(network, loss.PerStep(Steps)).Should().NotBeNull();
        new Evaluator<float>(network, new OwnLoss(loss)).Should().NotBeNull();
        Network<float> flat = Network.Create<float>(new FeatureShape(Steps, 1), seed: 1)
            .PerStep(step => step.Embedding(Symbols, Symbols)).Flatten().Dense(24, last).Build();
        new Evaluator<float>(flat, loss).Should().NotBeNull();
    }

    [Theory]
    [MemberData(nameof(ClassLosses))]
    public void A_network_learns_what_follows_at_every_step(ILoss loss, IActivation? last)
    {
        Network<float> network = Predictor(last);
        var trainer = new Trainer<float>(network, loss.PerStep(Steps), new Adam(0.02), threads: 1);
        IMetric[] metrics = [new Accuracy().PerStep(Steps), new ConfusionMatrix(Symbols).AsMetric().PerStep(Steps)];
        trainer.Evaluate(_windows, metrics).Metrics["accuracy"].Should().BeLessThan(0.9);
        TrainingHistory history = trainer.Fit(
            _windows, new FitOptions<float> { Epochs = 12, BatchSize = 16, Metrics = metrics });
        history.Warnings.Should().BeEmpty();
        EvaluationResult result = trainer.Evaluate(_windows, metrics);
        result.Metrics["accuracy"].Should().Be(1);
        result.Metrics["confusion_accuracy"].Should().Be(1);

        // The probabilities of a step, not of the window, sum to 1.
        if (last is Softmax)
        {
            Matrix<float> outputs = network.Predict(_windows.Take(3).Inputs);
            outputs.SubMatrix(0, Symbols, 0, 3).ColumnSums().Should().OnlyContain(sum => Math.Abs(sum - 1) < 1e-5);
        }
    }

    [Fact]
    public void A_metric_of_one_class_per_sample_is_refused_and_names_the_one_per_step()
    {
        Network<float> network = Predictor(null);
        var evaluator = new Evaluator<float>(network, new SoftmaxCrossEntropy().PerStep(Steps));
        IMetric[] refused =
        [
            new Accuracy(), new TopKAccuracy(2), new F1Score(), new ConfusionMatrix(24).AsMetric(),
            new Accuracy { Meaning = OutputMeaning.Classes },
        ];
        foreach (IMetric metric in refused)
        {
            evaluator.Invoking(e => e.Evaluate(_windows, [metric]))
                .Should().Throw<ArgumentException>().WithMessage("*shape 6 × 4*add .PerStep(6) to the metric*");
        }

        evaluator.Invoking(e => e.Evaluate(_windows, [new Accuracy().PerStep(5)]))
            .Should().Throw<ArgumentException>().WithMessage("*each of 5 steps, among which 24 outputs*");
        FluentActions.Invoking(() => new Accuracy().PerStep(2).PerStep(3))
            .Should().Throw<ArgumentException>().WithMessage("*is made of another*");
        FluentActions.Invoking(() => new Accuracy().PerStep(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new SoftmaxCrossEntropy().PerStep(0))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Class_weights_of_samples_are_refused_and_those_of_the_loss_are_taken()
    {
        var trainer = new Trainer<float>(
            Predictor(null), new SoftmaxCrossEntropy(classWeights: [1, 2, 1, 1]).PerStep(Steps), new Adam());
        trainer.Invoking(t => t.Fit(_windows, new FitOptions<float> { ClassWeights = [1, 2, 1, 1] }))
            .Should().Throw<ArgumentException>().WithMessage("*shape 6 × 4*Give the weights to the loss*");
        trainer.Fit(_windows.WithWeights(new float[_windows.Count]), new() { Epochs = 1 })
            .Epochs[0].Loss.Should().Be(0);
    }

    [Fact]
    public void Pixels_are_classified_by_a_softmax_of_their_channels()
    {
        // A pixel is of class 1 where it is bright.
        Matrix<double> images = TestData.Uniform<double>(16, 40, seed: 3);
        int[] labels = [.. Array(images).Select(x => x > 0 ? 1 : 0)];
        var data = new DataSet<double>(images, OneHot.Encode<double>(labels, 2, steps: 16));
        Network<double> network = Network.Create<double>(new FeatureShape(4, 4, 1), seed: 1)
            .Convolution(3, kernelSize: 1, activation: new Tanh()).Convolution(2, kernelSize: 1).Build();
        DataSet<double> few = data.Select([0, 1, 2, 3]);
        GradientCheckReport report = GradientCheck.Run(
            network, new SoftmaxCrossEntropy().PerStep(16), few.Inputs.ToMatrix(), few.Targets.ToMatrix());
        report.WorstRelativeError.Should().BeLessThan(1e-7);
        FluentActions.Invoking(() => new BackpropagationEngine<double>(network, new SoftmaxCrossEntropy()))
            .Should().Throw<ArgumentException>().WithMessage("*shape 4 × 4 × 2, 2 at each of 16 steps or pixels*");
        var trainer = new Trainer<double>(network, new SoftmaxCrossEntropy().PerStep(16), new Adam(0.05));
        trainer.Fit(data, new() { Epochs = 60, BatchSize = 8 });
        trainer.Evaluate(data, [new Accuracy().PerStep(16)]).Metrics["accuracy"].Should().BeGreaterThan(0.98);
    }

    [Fact]
    public void One_of_several_outputs_may_have_steps()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(Steps, 1), seed: 1)
            .PerStep(step => step.Embedding(Symbols, 8))
            .Output("next", next => next.PerStep(step => step.Dense(Symbols)))
            .Output("mean", mean => mean.Dense(1)).Build();
        LossPerOutput Of(ILoss next) => new(
            network.Outputs, new OutputLoss("next", next), new OutputLoss("mean", new MeanSquaredError()));

        FluentActions.Invoking(() => new Trainer<float>(network, Of(new SoftmaxCrossEntropy()), new Adam()))
            .Should().Throw<ArgumentException>().WithMessage("The output 'next': *loss.PerStep(6)*");
        var data = new DataSet<float>(
            _windows.Inputs.ToMatrix(),
            network.Outputs.Join(
                ("next", _windows.Targets.ToMatrix()),
                ("mean", Matrix<float>.Build.Dense(1, _windows.Count, (_, j) => j % 2))));
        var trainer = new Trainer<float>(network, Of(new SoftmaxCrossEntropy().PerStep(Steps)), new Adam(0.05));
        trainer.Fit(data, new() { Epochs = 10, BatchSize = 16 });
        trainer.Evaluate(data, [new Accuracy().PerStep(Steps).ForOutput("next")])
            .Metrics["next_accuracy"].Should().Be(1);
        trainer.Invoking(t => t.Evaluate(data, [new Accuracy().ForOutput("next")]))
            .Should().Throw<ArgumentException>().WithMessage("*add .PerStep(6)*");
        FluentActions.Invoking(() => Of(new SoftmaxCrossEntropy()).PerStep(2))
            .Should().Throw<ArgumentException>().WithMessage("*is that of several outputs*");
    }

    [Fact]
    public void Padded_steps_have_no_loss_no_gradient_and_no_part_in_the_mean()
    {
        // Sequences of 2 to 5 steps, whose labels are the numbers themselves; behind them stands the mask.
        const int Longest = 5;
        int[] lengths = [.. Enumerable.Range(0, 60).Select(j => 2 + (j % 4))];
        Matrix<float> inputs = Matrix<float>.Build.Dense(
            Longest + 1, 60, (i, j) => i == Longest ? lengths[j] : i < lengths[j] ? (i + j) % 3 : 7);
        int[] labels =
        [
            .. Enumerable.Range(0, 60).SelectMany(j =>
                Enumerable.Range(0, Longest).Select(i => i < lengths[j] ? (i + j) % 3 : -1)),
        ];
        var data = new DataSet<float>(inputs, OneHot.Encode<float>(labels, 3, Longest, mask: -1));
        Network<float> network = Network.Create<float>(Longest + 1, seed: 1)
            .PaddedSequences(new FeatureShape(Longest, 1), steps => steps
                .PerStep(step => step.Embedding(3, 4)).PerStep(step => step.Dense(3))).Build();
        ILoss loss = new SoftmaxCrossEntropy().Masked(-1).PerStep(Longest);
        var trainer = new Trainer<float>(network, loss, new Adam(0.05), threads: 1);
        double expected = 0;
        Matrix<float> outputs = network.Predict(data.Inputs);
        for (int j = 0; j < 60; j++)
        {
            int rows = 3 * lengths[j];
            expected += new SoftmaxCrossEntropy().PerStep(lengths[j]).Of(
                outputs.SubMatrix(0, rows, j, 1), data.Targets.ToMatrix().SubMatrix(0, rows, j, 1)) / 60;
        }

        IMetric[] metrics = [new Accuracy().PerStep(Longest)];
        trainer.Evaluate(data).Loss.Should().BeApproximately(expected, 1e-6);
        trainer.Fit(data, new() { Epochs = 40, BatchSize = 10, Metrics = metrics }).Warnings.Should().BeEmpty();
        trainer.Evaluate(data, metrics).Metrics["accuracy"].Should().Be(1, "padding is not counted");
    }

    private static Network<float> Predictor(IActivation? last) =>
        Network.Create<float>(new FeatureShape(Steps, 1), seed: 1)
            .PerStep(step => step.Embedding(Symbols, 8)).PerStep(step => step.Dense(Symbols, last)).Build();

    private static double[] Array(Matrix<double> matrix) => matrix.AsColumnMajorArray();

    /// <summary>A loss of one's own that says nothing about classes takes outputs of any shape.</summary>
    private sealed class OwnLoss(ILoss loss) : ILoss
    {
        public string Name => loss.Name;

        public LossInput Input => loss.Input;

        public void Compute<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
            loss.Compute(outputs, targets, losses, gradient);
    }
}
