using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>
/// k-fold cross-validation: k networks, each trained on all samples but those of one part and measured on that part.
/// </summary>
/// <remarks>
/// Kohavi, "A study of cross-validation and bootstrap for accuracy estimation and model selection" (1995). What is
/// fitted to data, such as a standardization, has seen the parts measured on if it was fitted before: where that
/// matters, go through <see cref="DataSet{T}.Folds"/> and fit it to each training part.
/// </remarks>
public static class CrossValidation
{
    /// <summary>Trains and measures k networks.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="data">The samples.</param>
    /// <param name="folds">k, from 2 to the number of samples; 5 and 10 are usual.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <param name="make">Makes a network and its trainer, anew for every fold.</param>
    /// <param name="options">The training options, with the metrics to measure; the defaults if null.</param>
    /// <param name="stratified">Whether every fold has its share of every class.</param>
    /// <param name="parallelism">
    /// Most folds at the same time, at least 1. Above 1 each works on one thread; the result is the same to the bit.
    /// </param>
    /// <param name="workers">
    /// The processes that share the folds, as with MPI: all call this with the same arguments, each runs its own folds,
    /// and all return the same; one process if null. The trainers of the folds have no workers.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// The folds, and means and standard deviations over them. A fold that fails, as one in which training diverges, is
    /// a result that keeps its exception. Only if all folds fail, and not by diverging alone, this does: with the
    /// exception of the first that did not diverge.
    /// </returns>
    /// <example><code>
    /// CrossValidationResult result = CrossValidation.Run(data, folds: 5, seed: 1, () =&gt; new Trainer&lt;float&gt;(
    ///     Network.Create&lt;float&gt;(data.InputSize, seed: 42).Dense(32, new ReLU()).Dense(3).Build(),
    ///     new SoftmaxCrossEntropy(),
    ///     new Adam()));
    /// Console.WriteLine(result.Loss);     // such as "0.1212 ± 0.013"
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The data do not fit the network; or there are callbacks or progress, which serve one run at a time, and a
    /// parallelism above 1: options for each fold have callbacks of their own.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Stratified, and the targets name no classes, or too few of each.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CrossValidationResult Run<T>(
        DataSet<T> data,
        int folds,
        int seed,
        Func<Trainer<T>> make,
        FitOptions<T>? options = null,
        bool stratified = false,
        int parallelism = 1,
        IWorkers? workers = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(make);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        FitOptions<T> how = options ?? new();
        if (parallelism > 1 && (how.Callbacks.Count > 0 || how.Progress is not null))
        {
            throw new ArgumentException(
                "Callbacks and progress serve one run at a time; make options for each fold, leave them out, or set "
                + "the parallelism to 1.",
                nameof(options));
        }

        return Run(data, folds, seed, _ => make(), _ => how, stratified, parallelism, workers, cancellationToken);
    }

    /// <summary>
    /// Trains and measures k networks, with options of its own for each fold: such as callbacks, which serve one run,
    /// and a folder of checkpoints, from which an interrupted cross-validation goes on.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="data">The samples.</param>
    /// <param name="folds">k, from 2 to the number of samples; 5 and 10 are usual.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <param name="make">
    /// Makes a network and its trainer, anew for every fold, whose number from 0 it is given.
    /// </param>
    /// <param name="options">
    /// Makes the training options of a fold, with the metrics to measure, which are the same for all.
    /// </param>
    /// <param name="stratified">Whether every fold has its share of every class.</param>
    /// <param name="parallelism">
    /// Most folds at the same time, at least 1. Above 1 each works on one thread; the result is the same to the bit.
    /// </param>
    /// <param name="workers">
    /// The processes that share the folds, as with MPI: all call this with the same arguments, each runs its own folds,
    /// and all return the same; one process if null. The trainers of the folds have no workers.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// The folds, and means and standard deviations over them. A fold that fails, as one in which training diverges, is
    /// a result that keeps its exception. Only if all folds fail, and not by diverging alone, this does: with the
    /// exception of the first that did not diverge.
    /// </returns>
    /// <example><code>
    /// CrossValidationResult result = CrossValidation.Run(
    ///     data,
    ///     folds: 5,
    ///     seed: 1,
    ///     fold =&gt;
    ///     {
    ///         Trainer&lt;float&gt; trainer = Make();
    ///         trainer.Resume($"runs/fold-{fold}");     // a fold that is finished is not trained again
    ///         return trainer;
    ///     },
    ///     fold =&gt; new() { Callbacks = [new Checkpointing&lt;float&gt;($"runs/fold-{fold}")] });
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The data do not fit the network; or two folds have different metrics, or share a callback or a progress
    /// at a parallelism above 1.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Stratified, and the targets name no classes, or too few of each.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CrossValidationResult Run<T>(
        DataSet<T> data,
        int folds,
        int seed,
        Func<int, Trainer<T>> make,
        Func<int, FitOptions<T>> options,
        bool stratified = false,
        int parallelism = 1,
        IWorkers? workers = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);

        // First, as it refuses a number of folds that there cannot be.
        IEnumerable<(DataSet<T> Training, DataSet<T> Validation)> split = data.Folds(folds, seed, stratified);
        FitOptions<T>[] how = [.. Enumerable.Range(0, folds).Select(options)];
        string[] metrics = RequireSameMetrics(how);
        if (parallelism > 1)
        {
            OwnCallbacks.Require(how, "fold");
        }

        workers ??= Workers.Alone();
        var results = new FoldResult[folds];
        bool isFinished = parallelism == 1 ? RunInTurn() : RunAtOnce();
        if (!SharedTrials.Share(folds, workers, isFinished, Tell, Hear))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new OperationCanceledException("The cross-validation was cancelled on another worker.");
        }

        Failures.ThrowIfShared(results.Select(result => result.Failure));
        return new(
            results,
            MeanAndDeviation.Of([.. results.Select(result => result.Evaluation?.Loss ?? double.NaN)]),
            metrics.ToDictionary(
                metric => metric,
                metric => MeanAndDeviation.Of(
                    [.. results.Select(result => result.Evaluation?.Metrics[metric] ?? double.NaN)])));

        // Only one fold is in memory at a time.
        bool RunInTurn()
        {
            using IEnumerator<(DataSet<T> Training, DataSet<T> Validation)> parts = split.GetEnumerator();
            return Parallelism.For(folds, parallelism, Next, cancellationToken);

            void Next(int fold)
            {
                parts.MoveNext();
                if (SharedTrials.IsOwn(fold, workers))
                {
                    (DataSet<T> training, DataSet<T> validation) = parts.Current;
                    results[fold] = RunFold(fold, training, validation, make, how[fold], cancellationToken);
                }
            }
        }

        bool RunAtOnce()
        {
            (DataSet<T> Training, DataSet<T> Validation)[] parts = [.. split];
            return SharedTrials.RunOwn(folds, parallelism, workers, RunAlone, cancellationToken);

            void RunAlone(int fold)
            {
                (DataSet<T> training, DataSet<T> validation) = parts[fold];
                results[fold] = RunFold(fold, training, validation, MakeAlone, how[fold], cancellationToken);
            }

            Trainer<T> MakeAlone(int fold)
            {
                Trainer<T> trainer = make(fold);
                trainer.WorkAlone();
                return trainer;
            }
        }

        // The loss, and the metrics in their order.
        Outcome? Tell(int fold) => results[fold] is { } result
            ? Outcome.Of(
                result.Evaluation is { } evaluation
                    ? [evaluation.Loss, .. metrics.Select(metric => evaluation.Metrics[metric])]
                    : null,
                result.Failure)
            : null;

        void Hear(int fold, int rank, Outcome outcome) => results[fold] = new(
            fold,
            outcome.Failure is null
                ? new(
                    outcome.Figures[0],
                    metrics.Index().ToDictionary(metric => metric.Item, metric => outcome.Figures[metric.Index + 1]))
                : null,
            null,
            outcome.ToException(rank));
    }

    private static string[] RequireSameMetrics<T>(FitOptions<T>[] options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[][] metrics = Array.ConvertAll(options, how => how.Metrics.Select(metric => metric.Name).ToArray());
        int other = Array.FindIndex(metrics, names => !names.AsSpan().SequenceEqual(metrics[0]));
        return other < 0
            ? metrics[0]
            : throw new ArgumentException(
                $"All folds need the same metrics, but fold 0 has: {string.Join(", ", metrics[0])}; fold {other}: "
                + $"{string.Join(", ", metrics[other])}.",
                nameof(options));
    }

    private static FoldResult RunFold<T>(
        int fold,
        DataSet<T> training,
        DataSet<T> validation,
        Func<int, Trainer<T>> make,
        FitOptions<T> options,
        CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            Trainer<T> trainer = make(fold);
            TrainingHistory history = trainer.Fit(training, options, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return new(fold, trainer.Evaluate(validation, options.Metrics, cancellationToken), history, null);
        }
#pragma warning disable CA1031 // Whatever one fold does, the others are not lost; it keeps its exception.
        catch (Exception exception)
            when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new(fold, null, null, exception);
        }
    }
}
