using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.ModelSelection;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.ModelSelection;

public sealed class HyperparameterSearchTests
{
    private readonly DataSet<float> _training = TestData.Diagonal<float>(300, seed: 1);
    private readonly DataSet<float> _validation = TestData.Diagonal<float>(100, seed: 2);

    private readonly Hyperparameter[] _space =
    [
        Hyperparameter.Choice("hidden", 2, 8),
        Hyperparameter.LogUniform("rate", 1e-3, 1),
        Hyperparameter.Uniform("momentum", 0, 0.9),
    ];

    [Fact]
    public void A_grid_is_every_combination_best_first()
    {
        SearchResult result = HyperparameterSearch.Grid(
            [Hyperparameter.Choice("a", 1, 2, 3), Hyperparameter.Choice("b", "x", "y")],
            (p, _) => Math.Abs(p.Get<int>("a") - 2) + (p.Get<string>("b") == "y" ? 0.5 : 0));
        result.WasCancelled.Should().BeFalse();
        result.Trials.Select(trial => trial.Hyperparameters.ToString())
            .Should().Equal("a 2, b x", "a 2, b y", "a 1, b x", "a 3, b x", "a 1, b y", "a 3, b y");
        result.Trials.Select(trial => trial.Number).Should().Equal(2, 3, 0, 4, 1, 5);
        result.Best.Should().BeSameAs(result.Trials[0]);
    }

    [Fact]
    public void High_scores_come_first_where_high_is_good() =>
        HyperparameterSearch.Grid(
            [Hyperparameter.Choice("a", 1, 3, 2)], (p, _) => p.Get<int>("a"), higherIsBetter: true)
            .Trials.Select(trial => trial.Score).Should().Equal(3, 2, 1);

    [Fact]
    public void Draws_fill_their_ranges_evenly()
    {
        Trial[] trials = [.. HyperparameterSearch.Random(_space, 3000, seed: 5, (_, _) => 0).Trials];
        double[] rates = [.. trials.Select(trial => trial.Hyperparameters.Get<double>("rate"))];
        rates.Should().OnlyContain(rate => rate >= 1e-3 && rate <= 1);
        rates.Count(rate => rate < 1e-2).Should().BeInRange(900, 1100, "it is one of three decades");
        rates.Count(rate => rate > 0.1).Should().BeInRange(900, 1100);
        double[] momenta = [.. trials.Select(trial => trial.Hyperparameters.Get<double>("momentum"))];
        momenta.Average().Should().BeApproximately(0.45, 0.02);
        momenta.Should().OnlyContain(momentum => momentum >= 0 && momentum <= 0.9);
        trials.Count(trial => trial.Hyperparameters.Get<int>("hidden") == 2).Should().BeInRange(1400, 1600);
        Correlation(rates.Select(rate => Math.Log(rate)), momenta).Should().BeApproximately(0, 0.06);
    }

    [Fact]
    public void The_same_seed_gives_the_same_trials_and_more_trials_begin_with_them()
    {
        string[] Draw(int trials, int seed) => [.. HyperparameterSearch.Random(_space, trials, seed, (_, _) => 0)
            .Trials.OrderBy(trial => trial.Number).Select(trial => trial.Hyperparameters.ToString())];
        Draw(5, 1).Should().Equal(Draw(5, 1));
        Draw(8, 1).Take(5).Should().Equal(Draw(5, 1));
        Draw(5, 2).Should().NotEqual(Draw(5, 1));
    }

    [Fact]
    public void The_results_do_not_depend_on_how_many_run_at_the_same_time()
    {
        SearchResult Search(int parallelism) => HyperparameterSearch.Random(
            _space,
            9,
            seed: 5,
            HyperparameterSearch.ByValidation(_training, _validation, Make, Options, "accuracy"),
            higherIsBetter: true,
            parallelism);
        SearchResult one = Search(1);
        SearchResult three = Search(3);
        three.Trials.Select(trial => (trial.Number, trial.Score))
            .Should().Equal(one.Trials.Select(trial => (trial.Number, trial.Score)));
        one.Best!.Score.Should().BeGreaterThan(0.9).And.BeGreaterThan(one.Trials[^1].Score);
    }

    [Fact]
    public void A_score_by_validation_is_that_of_fit_and_evaluate()
    {
        SearchResult result = HyperparameterSearch.Grid(
            [
                Hyperparameter.Choice("hidden", 4), Hyperparameter.Choice("rate", 0.1),
                Hyperparameter.Choice("momentum", 0.5),
            ],
            HyperparameterSearch.ByValidation(_training, _validation, Make, Options));
        Trainer<float> byHand = Make(result.Best!.Hyperparameters);
        byHand.Fit(_training, Options(result.Best.Hyperparameters));
        result.Best.Score.Should().Be(byHand.Evaluate(_validation).Loss);
    }

    [Fact]
    public void A_metric_that_is_not_measured_is_refused_before_training() =>
        FluentActions.Invoking(() => HyperparameterSearch.Random(
                _space, 1, seed: 5, HyperparameterSearch.ByValidation(_training, _validation, Make, Options, "recall")))
            .Should().Throw<ArgumentException>()
            .WithMessage("The options measure no 'recall'; they measure the loss, accuracy.*")
            .WithParameterName("metric");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_trial_that_diverges_is_the_last(int parallelism)
    {
        SearchResult result = HyperparameterSearch.Grid(
            [
                Hyperparameter.Choice("hidden", 4), Hyperparameter.Choice("rate", 1e38, 0.1),
                Hyperparameter.Choice("momentum", 0.0),
            ],
            HyperparameterSearch.ByValidation(_training, _validation, Make, Options),
            parallelism: parallelism);
        result.Trials.Select(trial => trial.Number).Should().Equal(1, 0);
        result.Trials[1].Score.Should().Be(double.NaN);
        result.Trials[1].Divergence!.Details.Should().NotBeNull();
        result.Trials[0].Divergence.Should().BeNull();
    }

    [Fact]
    public void Where_all_diverge_none_is_the_best() =>
        HyperparameterSearch.Grid([Hyperparameter.Choice("a", 1, 2)], (_, _) => throw new TrainingDivergedException())
            .Best.Should().BeNull();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_cancelled_search_returns_what_is_finished(int parallelism)
    {
        using var source = new CancellationTokenSource();
        SearchResult result = HyperparameterSearch.Grid(
            [Hyperparameter.Choice("a", [.. Enumerable.Range(0, 100)])],
            (p, token) =>
            {
                if (p.Get<int>("a") == 5)
                {
                    source.Cancel();
                    token.ThrowIfCancellationRequested();
                }

                if (p.Get<int>("a") > 5)
                {
                    // However late the other thread gets to cancel.
                    token.WaitHandle.WaitOne();
                }

                return p.Get<int>("a");
            },
            parallelism: parallelism,
            cancellationToken: source.Token);
        result.WasCancelled.Should().BeTrue();
        result.Trials.Count.Should().BeInRange(4, 7);
        result.Trials.Should().NotContain(trial => trial.Number == 5);
    }

    [Fact]
    public void A_search_cancelled_after_trials_that_all_failed_returns_them()
    {
        using var source = new CancellationTokenSource();
        SearchResult result = HyperparameterSearch.Grid(
            [Hyperparameter.Choice("a", 1, 2, 3)],
            (p, token) =>
            {
                if (p.Get<int>("a") == 2)
                {
                    source.Cancel();
                    token.ThrowIfCancellationRequested();
                }

                throw new IOException("too wide");
            },
            cancellationToken: source.Token);
        result.WasCancelled.Should().BeTrue();
        result.Trials.Should().ContainSingle().Which.Failure.Should().BeOfType<IOException>();
        result.Best.Should().BeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_trial_that_fails_does_not_lose_the_others(int parallelism)
    {
        SearchResult result = HyperparameterSearch.Grid(
            [Hyperparameter.Choice("a", [.. Enumerable.Range(0, 6)])],
            (p, _) => p.Get<int>("a") switch
            {
                1 => throw new IOException("too wide"),
                2 => throw new TrainingDivergedException(),
                3 => throw new OperationCanceledException("a time limit of the score's own"),
                4 => double.NaN,
                int a => a,
            },
            parallelism: parallelism);
        result.WasCancelled.Should().BeFalse();
        result.Trials.Select(trial => trial.Number).Should().Equal(0, 5, 4, 1, 2, 3);
        result.Best!.Number.Should().Be(0);
        result.Trials[3].Failure.Should().BeOfType<IOException>();
        result.Trials[4].Failure.Should().BeSameAs(result.Trials[4].Divergence).And.NotBeNull();
        result.Trials[5].Failure.Should().BeOfType<OperationCanceledException>();
        result.Trials.Skip(3).Should().OnlyContain(trial => double.IsNaN(trial.Score));
    }

    [Fact]
    public void A_metric_whose_name_is_nearly_right_is_suggested() =>
        FluentActions.Invoking(() => HyperparameterSearch.Random(
                _space,
                1,
                seed: 5,
                HyperparameterSearch.ByValidation(_training, _validation, Make, Options, "val_acc")))
            .Should().Throw<ArgumentException>().WithMessage("*No prefix is needed*Did you mean 'accuracy'?*");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Other_exceptions_reach_the_caller_as_they_are(int parallelism) =>
        FluentActions.Invoking(() => HyperparameterSearch.Grid(
                [Hyperparameter.Choice("a", 1, 2)],
                (_, _) => throw new FormatException("no"),
                parallelism: parallelism))
            .Should().Throw<FormatException>().WithMessage("no");

    [Fact]
    public void Bad_arguments_are_refused()
    {
        FluentActions.Invoking(() => HyperparameterSearch.Grid(_space, (_, _) => 0)).Should().Throw<ArgumentException>()
            .WithMessage("'rate' is a range, and a grid needs choices*");
        FluentActions.Invoking(() => HyperparameterSearch.Grid([], (_, _) => 0)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => HyperparameterSearch.Random([_space[0], _space[0]], 1, 1, (_, _) => 0))
            .Should().Throw<ArgumentException>()
            .WithMessage("There are two settings named 'hidden'.*");
        FluentActions.Invoking(() => HyperparameterSearch.Random(_space, 0, 1, (_, _) => 0))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => HyperparameterSearch.Random(_space, 1, 1, (_, _) => 0, parallelism: 0))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Hyperparameter.Choice<int>("a")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Hyperparameter.LogUniform("a", 0, 1))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Hyperparameter.Uniform("a", 1, 1)).Should().Throw<ArgumentOutOfRangeException>();
        Hyperparameters some = HyperparameterSearch.Random(_space, 1, 1, (_, _) => 0).Trials[0].Hyperparameters;
        some.Invoking(p => p.Get<int>("rate"))
            .Should().Throw<InvalidCastException>().WithMessage("'rate' is a Double, not a Int32.");
        some.Invoking(p => p.Get<int>("depth"))
            .Should().Throw<KeyNotFoundException>().WithMessage("*there are: hidden, rate, momentum.");
    }

    private static Trainer<float> Make(Hyperparameters p) => new(
        Network.Create<float>(2, seed: 1).Dense(p.Get<int>("hidden"), new Tanh()).Dense(2).Build(),
        new SoftmaxCrossEntropy(),
        new Sgd(p.Get<double>("rate"), p.Get<double>("momentum")));

    private static FitOptions<float> Options(Hyperparameters p) => new()
    {
        Epochs = 5,
        BatchSize = 30,
        Metrics = [new Accuracy()],
    };

    private static double Correlation(IEnumerable<double> one, IEnumerable<double> other) =>
        MathNet.Numerics.Statistics.Correlation.Pearson(one, other);
}
