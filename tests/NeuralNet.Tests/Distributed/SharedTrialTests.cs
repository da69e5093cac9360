using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.ModelSelection;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Distributed;

/// <summary>Trials of a search and folds of a cross-validation that workers share.</summary>
public sealed class SharedTrialTests
{
    private static readonly Hyperparameter[] _space =
        [Hyperparameter.Uniform("a", -1, 1), Hyperparameter.Choice("b", 1, 2, 3)];

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(12, 1)]
    public void A_search_has_the_trials_of_one_worker(int count, int parallelism)
    {
        SearchResult alone = HyperparameterSearch.Random(_space, 10, seed: 1, Score);
        int run = 0;
        SearchResult[] shared = ThreadWorkers.Run(count, count, workers => HyperparameterSearch.Random(
            _space, 10, seed: 1, Counted, parallelism: parallelism, workers: workers));
        shared.Should().AllSatisfy(result =>
            result.Trials.Select(trial => trial.ToString()).Should().Equal(alone.Trials.Select(trial => $"{trial}")));
        run.Should().Be(10, "no trial is run twice");

        double Counted(Hyperparameters settings, CancellationToken token)
        {
            Interlocked.Increment(ref run);
            return Score(settings, token);
        }
    }

    [Fact]
    public void Who_fails_is_known_to_all()
    {
        SearchResult[] shared = ThreadWorkers.Run(2, 2, workers => HyperparameterSearch.Grid(
            [Hyperparameter.Choice("a", 0, 1, 2, 3)],
            (settings, _) => settings.Get<int>("a") switch
            {
                1 => throw new TrainingDivergedException("too far"),
                2 => throw new InvalidDataException("not there"),
                int a => a,
            },
            workers: workers));
        foreach (SearchResult result in shared)
        {
            result.Best!.Number.Should().Be(0);
            result.Trials.Single(trial => trial.Number == 1).Divergence!.Message.Should().Contain("too far");
            Exception failure = result.Trials.Single(trial => trial.Number == 2).Failure!;
            failure.Message.Should().Contain("not there");
        }

        shared[1].Trials.Single(trial => trial.Number == 2).Failure.Should().BeOfType<WorkersException>()
            .Which.Message.Should().StartWith("On worker 0: System.IO.InvalidDataException");
    }

    [Fact]
    public void Cancelled_on_one_worker_is_cancelled_on_all()
    {
        SearchResult[] shared = ThreadWorkers.Run(2, 2, workers =>
        {
            using var cancellation = new CancellationTokenSource();
            return HyperparameterSearch.Random(
                _space,
                10,
                seed: 1,
                (settings, token) =>
                {
                    if (workers.Rank == 1)
                    {
                        cancellation.Cancel();
                    }

                    return Score(settings, token);
                },
                workers: workers,
                cancellationToken: cancellation.Token);
        });
        shared.Should().OnlyContain(result => result.WasCancelled);
        shared[0].Trials.Select(trial => trial.Number).Order().Should().Equal(0, 1, 2, 4, 6, 8);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    public void A_cross_validation_has_the_folds_of_one_worker(int count, int parallelism)
    {
        CrossValidationResult alone = Validate(null, parallelism);
        CrossValidationResult[] shared = ThreadWorkers.Run(count, count, workers => Validate(workers, parallelism));
        shared.Should().AllSatisfy(result =>
        {
            result.Loss.Should().Be(alone.Loss);
            result.Metrics.Should().Equal(alone.Metrics);
            result.Folds.Select(fold => $"{fold}").Should().Equal(alone.Folds.Select(fold => $"{fold}"));
        });
        shared[1].Folds.Select(fold => fold.History is not null).Should()
            .Equal(Enumerable.Range(0, 5).Select(fold => fold % count == 1), "each trains its own");
    }

    private static CrossValidationResult Validate(IWorkers? workers, int parallelism)
    {
        DataSet<double> data = DataSet.FromLabels(
            TestData.Uniform<double>(3, 40, seed: 1), [.. Enumerable.Range(0, 40).Select(i => i % 2)], 2);
        return CrossValidation.Run(
            data,
            folds: 5,
            seed: 1,
            () => new Trainer<double>(
                Network.Create<double>(3, seed: 1).Dense(4, new ReLU()).Dense(2).Build(),
                new SoftmaxCrossEntropy(),
                new Adam()),
            new() { Epochs = 2, Metrics = [new Accuracy()] },
            parallelism: parallelism,
            workers: workers);
    }

    private static double Score(Hyperparameters settings, CancellationToken token) =>
        Math.Abs(settings.Get<double>("a")) + settings.Get<int>("b");
}
