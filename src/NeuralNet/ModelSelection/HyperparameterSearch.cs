using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.Evaluation;
using NeuralNet.Randomness;
using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>Searches for the best settings by trying them out.</summary>
/// <remarks>
/// Random search mostly finds better settings than a grid with as many trials, as it tries more values of each of those
/// that matter: Bergstra and Bengio, "Random search for hyper-parameter optimization" (2012). The results do not depend
/// on how many trials run at the same time. A trial that fails, as one in which training diverges or whose score throws
/// another exception, is a result like any other, the worst, and keeps its exception. Only if all trials fail, and not
/// by diverging alone, the search does: with the exception of the first that did not diverge. A cancelled search never
/// fails: it returns the trials that are finished, failed ones too.
/// </remarks>
public static class HyperparameterSearch
{
    /// <summary>Tries every combination of values.</summary>
    /// <param name="space">The settings, each a choice.</param>
    /// <param name="score">
    /// The score of a network with given settings, such as <see cref="ByValidation"/>; called by several threads at
    /// once if the parallelism is above 1.
    /// </param>
    /// <param name="higherIsBetter">Whether a high score is good, as an accuracy; false for a loss.</param>
    /// <param name="parallelism">Most trials at the same time, at least 1.</param>
    /// <param name="workers">
    /// The processes that share the trials, as with MPI: all call this with the same arguments, each runs its own
    /// trials, and all return the same; one process if null. The trainers of the trials have no workers.
    /// </param>
    /// <param name="cancellationToken">Ends the search: trials under way are dropped, finished ones returned.</param>
    /// <returns>The trials, best first.</returns>
    /// <exception cref="ArgumentException">
    /// The space is empty, two settings have one name, or one is a range.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="parallelism"/> is below 1, or there are too many combinations.
    /// </exception>
    public static SearchResult Grid(
        IReadOnlyList<Hyperparameter> space,
        Func<Hyperparameters, CancellationToken, double> score,
        bool higherIsBetter = false,
        int parallelism = 1,
        IWorkers? workers = null,
        CancellationToken cancellationToken = default)
    {
        RequireSpace(space);
        long count = 1;
        foreach (Hyperparameter setting in space)
        {
            count *= setting.Count ?? throw new ArgumentException(
                $"'{setting.Name}' is a range, and a grid needs choices: give the values to try, or search at random.",
                nameof(space));
            if (count > Array.MaxLength)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(space), count, "There are too many combinations; search at random.");
            }
        }

        return Run((int)count, Settings, score, higherIsBetter, parallelism, workers, cancellationToken);

        // The last setting changes the fastest.
        IEnumerable<KeyValuePair<string, object?>> Settings(int trial)
        {
            var values = new KeyValuePair<string, object?>[space.Count];
            for (int i = space.Count - 1; i >= 0; i--)
            {
                (trial, int at) = Math.DivRem(trial, space[i].Count!.Value);
                values[i] = new(space[i].Name, space[i].At(at));
            }

            return values;
        }
    }

    /// <summary>Tries combinations drawn at random.</summary>
    /// <param name="space">The settings.</param>
    /// <param name="trials">Number of trials, at least 1.</param>
    /// <param name="seed">The same seed gives the same combinations.</param>
    /// <param name="score">
    /// The score of a network with given settings, such as <see cref="ByValidation"/>; called by several threads at
    /// once if the parallelism is above 1.
    /// </param>
    /// <param name="higherIsBetter">Whether a high score is good, as an accuracy; false for a loss.</param>
    /// <param name="parallelism">Most trials at the same time, at least 1.</param>
    /// <param name="workers">
    /// The processes that share the trials, as with MPI: all call this with the same arguments, each runs its own
    /// trials, and all return the same; one process if null. The trainers of the trials have no workers.
    /// </param>
    /// <param name="cancellationToken">Ends the search: trials under way are dropped, finished ones returned.</param>
    /// <returns>The trials, best first.</returns>
    /// <exception cref="ArgumentException">The space is empty, or two settings have one name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static SearchResult Random(
        IReadOnlyList<Hyperparameter> space,
        int trials,
        int seed,
        Func<Hyperparameters, CancellationToken, double> score,
        bool higherIsBetter = false,
        int parallelism = 1,
        IWorkers? workers = null,
        CancellationToken cancellationToken = default)
    {
        RequireSpace(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        RandomStream stream = RandomStream.FromSeed(seed).Derive((long)RandomPurpose.Search);
        return Run(
            trials,
            trial => space.Select(
                (setting, i) => KeyValuePair.Create(setting.Name, setting.Draw(stream.Derive(trial).Derive(i)))),
            score,
            higherIsBetter,
            parallelism,
            workers,
            cancellationToken);
    }

    /// <summary>A score: trains on one data set, and measures on another.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="validation">
    /// The samples to measure on: neither of them those that the final network is judged by.
    /// </param>
    /// <param name="make">Makes a network and its trainer with the settings of a trial.</param>
    /// <param name="options">
    /// Makes the training options for each trial, as callbacks have state; the defaults if null.
    /// </param>
    /// <param name="metric">The name of the metric to go by, one of the options'; the loss if null.</param>
    /// <returns>
    /// The score for <see cref="Grid"/> and <see cref="Random"/>. Where several trials run at the same time, each
    /// trains on one thread; the result is the same to the bit. It throws <see cref="ArgumentException"/> where the
    /// options have no such metric.
    /// </returns>
    public static Func<Hyperparameters, CancellationToken, double> ByValidation<T>(
        DataSet<T> training,
        DataSet<T> validation,
        Func<Hyperparameters, Trainer<T>> make,
        Func<Hyperparameters, FitOptions<T>>? options = null,
        string? metric = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(make);
        return (settings, token) =>
        {
            Trainer<T> trainer = make(settings);
            if (settings.SharesProcessors)
            {
                trainer.WorkAlone();
            }

            FitOptions<T> how = options?.Invoke(settings) ?? new();
            if (metric is not null && !how.Metrics.Any(measured => measured.Name == metric))
            {
                throw new ArgumentException(
                    $"The options measure no '{metric}'; they measure "
                    + $"{string.Join(", ", how.Metrics.Select(measured => measured.Name).Prepend("the loss"))}."
                    + MetricNames.Advice(
                        metric, how.Metrics.Select(measured => measured.Name), "leave the metric out to go by it"),
                    nameof(metric));
            }

            trainer.Fit(training, how, token);
            token.ThrowIfCancellationRequested();
            EvaluationResult evaluation = trainer.Evaluate(validation, how.Metrics, token);
            return metric is null ? evaluation.Loss : evaluation.Metrics[metric];
        };
    }

    private static SearchResult Run(
        int count,
        Func<int, IEnumerable<KeyValuePair<string, object?>>> settings,
        Func<Hyperparameters, CancellationToken, double> score,
        bool higherIsBetter,
        int parallelism,
        IWorkers? workers,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        workers ??= Workers.Alone();
        var trials = new Trial?[count];
        bool isFinished = SharedTrials.RunOwn(count, parallelism, workers, Try, cancellationToken);
        bool wasCancelled = !SharedTrials.Share(count, workers, isFinished, Tell, Hear);
        Trial[] finished = [.. trials.OfType<Trial>()
            .OrderBy(trial => double.IsNaN(trial.Score))
            .ThenBy(trial => trial.Failure is not null)
            .ThenBy(trial => higherIsBetter ? -trial.Score : trial.Score)
            .ThenBy(trial => trial.Number)];
        if (!wasCancelled)
        {
            Failures.ThrowIfShared(finished.Select(trial => trial.Failure));
        }

        return new(finished, wasCancelled);

        Outcome? Tell(int number) =>
            trials[number] is { } trial ? Outcome.Of([trial.Score], trial.Failure) : null;

        void Hear(int number, int rank, Outcome outcome) =>
            trials[number] = new(number, Settings(number), outcome.Figures[0], outcome.ToException(rank));

        Hyperparameters Settings(int number) => new(settings(number), parallelism > 1);

        void Try(int number)
        {
            Hyperparameters hyperparameters = Settings(number);
            try
            {
                trials[number] = new(number, hyperparameters, score(hyperparameters, cancellationToken), null);
            }
#pragma warning disable CA1031 // Whatever one trial does, the others are not lost; it keeps its exception.
            catch (Exception exception)
                when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                trials[number] = new(number, hyperparameters, double.NaN, exception);
            }
        }
    }

    private static void RequireSpace(IReadOnlyList<Hyperparameter> space)
    {
        ArgumentNullException.ThrowIfNull(space);
        if (space.Count == 0)
        {
            throw new ArgumentException("There is no setting to search over.", nameof(space));
        }

        if (space.GroupBy(setting => setting.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"There are two settings named '{twice.Key}'.", nameof(space));
        }
    }
}
