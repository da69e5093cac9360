using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.ModelSelection;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.ModelSelection;

public sealed class CrossValidationTests
{
    private readonly DataSet<float> _data = TestData.Diagonal<float>(203, seed: 1);
    private readonly FitOptions<float> _options = new() { Epochs = 5, Metrics = [new Accuracy()] };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_the_loop_over_folds_written_out(bool stratified)
    {
        CrossValidationResult result = CrossValidation.Run(_data, 4, seed: 7, () => Make(), _options, stratified);
        EvaluationResult[] byHand = [.. _data.Folds(4, seed: 7, stratified).Select(fold =>
        {
            Trainer<float> trainer = Make();
            trainer.Fit(fold.Training, _options);
            return trainer.Evaluate(fold.Validation, [new Accuracy()]);
        })];
        result.Folds.Select(fold => fold.Fold).Should().Equal(0, 1, 2, 3);
        result.Folds.Select(fold => fold.Evaluation!.Loss).Should().Equal(byHand.Select(evaluation => evaluation.Loss));
        result.Folds.Select(fold => fold.Evaluation!.Metrics["accuracy"])
            .Should().Equal(byHand.Select(e => e.Metrics["accuracy"]));
        result.Folds.Should().OnlyContain(fold => fold.History!.Epochs.Count == 5 && fold.Divergence == null);
    }

    [Fact]
    public void Mean_and_standard_deviation_are_those_over_the_folds()
    {
        CrossValidationResult result = CrossValidation.Run(_data, 3, seed: 7, () => Make(), _options);
        double[] losses = [.. result.Folds.Select(fold => fold.Evaluation!.Loss)];
        double mean = (losses[0] + losses[1] + losses[2]) / 3;
        result.Loss.Mean.Should().BeApproximately(mean, 1e-12);
        result.Loss.StandardDeviation
            .Should().BeApproximately(Math.Sqrt(losses.Sum(x => Math.Pow(x - mean, 2)) / 2), 1e-12);
        result.Metrics["accuracy"].Mean.Should().BeGreaterThan(0.5);
        new MeanAndDeviation(0.9123, 0.0131).ToString().Should().Be("0.9123 ± 0.013");
    }

    [Fact]
    public void Folds_at_the_same_time_give_the_same_bits()
    {
        CrossValidationResult one = CrossValidation.Run(_data, 5, seed: 7, () => Make(), _options, stratified: true);
        CrossValidationResult three = CrossValidation.Run(
            _data, 5, seed: 7, () => Make(), _options, stratified: true, parallelism: 3);
        three.Folds.Select(fold => fold.Evaluation!.Loss)
            .Should().Equal(one.Folds.Select(fold => fold.Evaluation!.Loss));
        three.Loss.Should().Be(one.Loss);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_fold_has_checkpoints_of_its_own_and_an_interrupted_one_goes_on(int parallelism)
    {
        string folder = Directory.CreateTempSubdirectory("folds-").FullName;
        try
        {
            CrossValidationResult whole = CrossValidation.Run(_data, 4, seed: 7, () => Make(), _options);
            using var cancel = new CancellationTokenSource();
            int stepsMade = 0;
            CrossValidationResult Run(ITrainingCallback<float>[] more, CancellationToken token) =>
                CrossValidation.Run(
                    _data,
                    4,
                    seed: 7,
                    fold =>
                    {
                        Trainer<float> trainer = Make();
                        trainer.Resume(Path.Combine(folder, $"fold-{fold}"));
                        return trainer;
                    },
                    fold => new()
                    {
                        Epochs = _options.Epochs,
                        Metrics = _options.Metrics,
                        Callbacks =
                        [
                            new Checkpointing<float>(Path.Combine(folder, $"fold-{fold}")),
                            new Counting(() => Interlocked.Increment(ref stepsMade)), .. fold == 2 ? more : [],
                        ],
                    },
                    parallelism: parallelism,
                    cancellationToken: token);

            FluentActions.Invoking(() => Run([new Counting(cancel.Cancel)], cancel.Token))
                .Should().Throw<OperationCanceledException>();
            stepsMade.Should().BePositive();
            int before = stepsMade;
            CrossValidationResult resumed = Run([], CancellationToken.None);
            resumed.Loss.Should().Be(whole.Loss);
            resumed.Folds.Select(fold => fold.Evaluation!.Metrics["accuracy"])
                .Should().Equal(whole.Folds.Select(fold => fold.Evaluation!.Metrics["accuracy"]));
            stepsMade.Should().Be(4 * 5 * (((203 * 3 / 4) + 31) / 32), "no step was made twice");
            stepsMade.Should().BeGreaterThan(before);
            Directory.GetDirectories(folder).Should().HaveCount(4);

            // Finished folds are not trained again.
            Run([], CancellationToken.None).Loss.Should().Be(whole.Loss);
            stepsMade.Should().Be(4 * 5 * (((203 * 3 / 4) + 31) / 32));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Options_that_differ_in_metrics_or_share_a_callback_are_refused()
    {
        FluentActions.Invoking(() => CrossValidation.Run(
            _data, 3, seed: 7, _ => Make(), fold => new() { Metrics = fold == 2 ? [] : [new Accuracy()] }))
            .Should().Throw<ArgumentException>().WithParameterName("options")
            .WithMessage("All folds need the same metrics, but fold 0 has: accuracy; fold 2: .*");
        var shared = new EarlyStopping<float>();
        FluentActions.Invoking(() => CrossValidation.Run(
            _data, 3, seed: 7, _ => Make(), _ => new() { Callbacks = [shared] }, parallelism: 2))
            .Should().Throw<ArgumentException>().WithParameterName("options")
            .WithMessage("*the options of fold 1 have the EarlyStopping`1 of another fold: make a new one for each.*");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_fold_that_diverges_is_a_result(int parallelism)
    {
        int made = 0;
        CrossValidationResult result = CrossValidation.Run(
            _data,
            2,
            seed: 7,
            () => Make(Interlocked.Increment(ref made) == 1 ? 1e38 : 0.1),
            _options,
            parallelism: parallelism);
        result.Folds.Should().ContainSingle(fold => fold.Divergence != null && fold.Evaluation == null);
        result.Folds.Should().ContainSingle(fold => fold.Divergence == null && fold.Evaluation != null);
        result.Loss.Mean.Should().Be(double.NaN);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_fold_that_fails_does_not_lose_the_others(int parallelism)
    {
        CrossValidationResult Run(Func<int, bool> fails) => CrossValidation.Run(
            _data,
            3,
            seed: 7,
            fold => fails(fold) ? throw new IOException($"fold {fold}") : Make(),
            _ => _options,
            parallelism: parallelism);
        CrossValidationResult whole = Run(_ => false);
        CrossValidationResult result = Run(fold => fold == 1);
        result.Folds.Select(fold => fold.Failure?.Message).Should().Equal(null, "fold 1", null);
        result.Folds[1].ToString().Should().Be("fold 1: failed");
        result.Folds[1].Divergence.Should().BeNull();
        result.Folds[2].Evaluation!.Loss.Should().Be(whole.Folds[2].Evaluation!.Loss);
        result.Loss.Mean.Should().Be(double.NaN);
        FluentActions.Invoking(() => Run(_ => true)).Should().Throw<IOException>().WithMessage("fold 0");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(204)]
    [InlineData(1_000_000_000)]
    public void A_number_of_folds_that_there_cannot_be_is_refused_before_anything_is_made(int folds)
    {
        int made = 0;
        FluentActions.Invoking(() => CrossValidation.Run(
                _data,
                folds,
                seed: 7,
                _ => Make(),
                _ =>
                {
                    // It must end, however many there are to be.
                    (++made).Should().BeLessThan(1000);
                    return _options;
                }))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(folds));
        FluentActions.Invoking(() => CrossValidation.Run(_data, folds, seed: 7, () => Make()))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(folds));
        made.Should().Be(0);
    }

    [Fact]
    public void Folds_at_the_same_time_do_not_share_a_progress()
    {
        var shared = new Progress<TrainingProgress>();
        CrossValidationResult Run(int parallelism) => CrossValidation.Run(
            _data, 3, seed: 7, _ => Make(), _ => new() { Epochs = 1, Progress = shared }, parallelism: parallelism);
        FluentActions.Invoking(() => Run(2)).Should().Throw<ArgumentException>().WithParameterName("options")
            .WithMessage("*the options of fold 1 have that of another fold: make a new one for each*");
        Run(1).Folds.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void It_can_be_cancelled(int parallelism)
    {
        using var source = new CancellationTokenSource();
        int made = 0;
        FluentActions.Invoking(
            () => CrossValidation.Run(
                _data, 4, 7, MakeAndCancel, _options, parallelism: parallelism, cancellationToken: source.Token))
            .Should().Throw<OperationCanceledException>();
        made.Should().BeLessThan(4);

        Trainer<float> MakeAndCancel()
        {
            Interlocked.Increment(ref made);
            source.Cancel();
            return Make();
        }
    }

    [Fact]
    public void What_serves_one_run_at_a_time_is_refused_for_several()
    {
        FitOptions<float> options = new() { Callbacks = [new TimeBudget<float>(TimeSpan.FromHours(1))] };
        FluentActions.Invoking(() => CrossValidation.Run(_data, 4, 7, () => Make(), options, parallelism: 2))
            .Should().Throw<ArgumentException>().WithMessage("Callbacks and progress serve one run at a time*");
        FluentActions.Invoking(() => CrossValidation.Run(_data, 1, 7, () => Make()))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => CrossValidation.Run(_data, -1, 7, () => Make()))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    private static Trainer<float> Make(double rate = 0.1) => new(
        Network.Create<float>(2, seed: 1).Dense(8, new Tanh()).Dense(2).Build(),
        new SoftmaxCrossEntropy(),
        new Sgd(rate));

    private sealed class Counting(Action action) : ITrainingCallback<float>
    {
        public void OnBatchEnd(TrainingContext<float> context) => action();
    }
}
