using NeuralNet.ModelSelection;

namespace NeuralNet.Tests.ModelSelection;

public sealed class HyperparameterTests
{
    [Fact]
    public void Settings_are_read_by_name_and_type()
    {
        Hyperparameters settings = HyperparameterSearch.Grid(
            [Hyperparameter.Choice<string?>("note", [null]), Hyperparameter.Choice("size", 7)],
            (_, _) => 0).Best!.Hyperparameters;
        settings.Values.Select(value => (value.Key, value.Value)).Should().Equal(("note", null), ("size", 7));
        settings.Get<int>("size").Should().Be(7);
        settings.Get<string?>("note").Should().BeNull();
        settings.Get<int?>("note").Should().BeNull();
        settings.Invoking(s => s.Get<int>("note"))
            .Should().Throw<InvalidCastException>().WithMessage("'note' is a null, not a Int32.");
        settings.Invoking(s => s.Get<double>("size"))
            .Should().Throw<InvalidCastException>().WithMessage("'size' is a Int32, not a Double.");
        settings.Invoking(s => s.Get<int>("rate"))
            .Should().Throw<KeyNotFoundException>().WithMessage("*'rate'*note, size.");
    }

    [Fact]
    public void A_choice_has_its_values()
    {
        Hyperparameter.Choice("size", 1, 2, 4).Values.Should().Equal(1, 2, 4);
        FluentActions.Invoking(() => Hyperparameter.Choice<int>("size"))
            .Should().Throw<ArgumentException>().WithMessage("'size' needs at least one value*");
    }

    [Fact]
    public void A_grid_larger_than_an_array_is_refused()
    {
        int[] many = [.. Enumerable.Range(0, 2000)];
        FluentActions.Invoking(() => HyperparameterSearch.Grid(
                [Hyperparameter.Choice("a", many), Hyperparameter.Choice("b", many), Hyperparameter.Choice("c", many)],
                (_, _) => 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*too many combinations*")
            .WithParameterName("space");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_search_that_is_cancelled_from_within_keeps_what_is_finished(int parallelism)
    {
        using var cancellation = new CancellationTokenSource();
        using var firstTwo = new CountdownEvent(2);
        SearchResult result = HyperparameterSearch.Grid(
            [Hyperparameter.Choice("a", [.. Enumerable.Range(0, 100)])],
            (p, token) =>
            {
                if (p.Get<int>("a") < 2)
                {
                    firstTwo.Signal();
                }

                if (p.Get<int>("a") == 5)
                {
                    firstTwo.Wait(TimeSpan.FromMinutes(1), CancellationToken.None);

                    // As a library would that knows nothing of the token.
                    cancellation.Cancel();
                    throw new OperationCanceledException();
                }

                return p.Get<int>("a");
            },
            parallelism: parallelism,
            cancellationToken: cancellation.Token);
        result.WasCancelled.Should().BeTrue();
        result.Trials.Should().HaveCountLessThan(100).And.NotContain(trial => trial.Number == 5);
        result.Trials.Select(trial => trial.Score).Should().Contain([0, 1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_score_that_fails_keeps_its_own_exception_and_ends_the_search_only_where_all_do(int parallelism)
    {
        using var cancellation = new CancellationTokenSource();
        SearchResult result = HyperparameterSearch.Grid(
            [Hyperparameter.Choice("a", [.. Enumerable.Range(0, 20)])],
            (p, _) => p.Get<int>("a") == 7 ? throw new FormatException("seven") : 0,
            parallelism: parallelism,
            cancellationToken: cancellation.Token);
        result.Trials.Should().HaveCount(20);
        (result.Trials[^1].Number, result.Trials[^1].Failure!.Message).Should().Be((7, "seven"));
        result.Trials[^1].Failure.Should().BeOfType<FormatException>();

        FluentActions.Invoking(() => HyperparameterSearch.Grid(
                [Hyperparameter.Choice("a", [.. Enumerable.Range(0, 20)])],
                (_, _) => throw new FormatException("all"),
                parallelism: parallelism,
                cancellationToken: cancellation.Token))
            .Should().Throw<FormatException>().WithMessage("all");

        // A failure is a failure even where the search is cancelled at the same time: the result keeps it.
        SearchResult cancelled = HyperparameterSearch.Grid(
            [Hyperparameter.Choice("a", [.. Enumerable.Range(0, 20)])],
            (_, _) =>
            {
                cancellation.Cancel();
                throw new FormatException("cancelled");
            },
            parallelism: parallelism,
            cancellationToken: cancellation.Token);
        cancelled.WasCancelled.Should().BeTrue();
        cancelled.Trials.Should().NotBeEmpty()
            .And.OnlyContain(trial => trial.Failure is FormatException && trial.Failure.Message == "cancelled");
    }
}
