using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Guards;
using NeuralNet.ModelSelection;
using NeuralNet.Training;

namespace NeuralNet.Ensembles;

/// <content>Trains the members.</content>
public static partial class Ensemble
{
    /// <summary>Trains k networks and makes one of them.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="data">The samples.</param>
    /// <param name="members">k, at least 2; 5 is usual.</param>
    /// <param name="seed">The same seed draws the same samples for each member; of no account without that.</param>
    /// <param name="make">
    /// Makes the network and the trainer of a member, whose number from 0 it is given: for the seed of its network.
    /// </param>
    /// <param name="options">The training options; the defaults if null.</param>
    /// <param name="resampling">The samples that each member is trained on; all unless set.</param>
    /// <param name="parallelism">
    /// Most members that are trained at the same time, at least 1. Above 1 each works on one thread, which pays for
    /// small networks; the result is the same to the bit.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The ensemble and its members.</returns>
    /// <example><code>
    /// TrainedEnsemble&lt;float&gt; trained = Ensemble.Train(
    ///     training,
    ///     members: 5,
    ///     seed: 1,
    ///     member =&gt; new Trainer&lt;float&gt;(
    ///         Network.Create&lt;float&gt;(training.InputSize, seed: member).Dense(32, new ReLU()).Dense(3).Build(),
    ///         new SoftmaxCrossEntropy(),
    ///         new Adam()),
    ///     new() { Epochs = 20 });
    /// trained.Network.Save("ensemble.safetensors");
    /// EnsemblePrediction&lt;float&gt; prediction = trained.Network.PredictMembers(test.Inputs.ToMatrix());
    /// Console.WriteLine(prediction.MutualInformation()[0]);       // 0 where all members agree
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The data do not fit a network; members differ in inputs or outputs, or are the same number for number; or there
    /// are callbacks or progress, which serve one run at a time, and a parallelism above 1.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The training of a member diverged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TrainedEnsemble<T> Train<T>(
        DataSet<T> data,
        int members,
        int seed,
        Func<int, Trainer<T>> make,
        FitOptions<T>? options = null,
        Resampling resampling = Resampling.None,
        int parallelism = 1,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(make);
        FitOptions<T> how = options ?? new();
        return Train(data, members, seed, member => (make(member), how), resampling, parallelism, cancellationToken);
    }

    /// <summary>
    /// Trains k networks and makes one of them, with options of its own for each: such as callbacks, which serve one
    /// run.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="data">The samples.</param>
    /// <param name="members">k, at least 2; 5 is usual.</param>
    /// <param name="seed">The same seed draws the same samples for each member; of no account without that.</param>
    /// <param name="make">
    /// Makes the network and the trainer of a member, whose number from 0 it is given, and its training options. It is
    /// called for all members before the first is trained.
    /// </param>
    /// <param name="resampling">The samples that each member is trained on; all unless set.</param>
    /// <param name="parallelism">
    /// Most members that are trained at the same time, at least 1. Above 1 each works on one thread, which pays for
    /// small networks; the result is the same to the bit.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The ensemble and its members.</returns>
    /// <example><code>
    /// TrainedEnsemble&lt;float&gt; trained = Ensemble.Train(
    ///     training,
    ///     members: 5,
    ///     seed: 1,
    ///     member =&gt; (Make(seed: member), new() { Callbacks = [new EarlyStopping&lt;float&gt;(patience: 3)] }));
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The data do not fit a network; members differ in inputs or outputs, or are the same number for number; or two
    /// share a callback or a progress at a parallelism above 1.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The training of a member diverged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TrainedEnsemble<T> Train<T>(
        DataSet<T> data,
        int members,
        int seed,
        Func<int, (Trainer<T> Trainer, FitOptions<T> Options)> make,
        Resampling resampling = Resampling.None,
        int parallelism = 1,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        Require.AtLeast(members, 2);
        ArgumentNullException.ThrowIfNull(make);
        Require.Defined(resampling);
        Require.AtLeast(parallelism, 1);
        (Trainer<T> Trainer, FitOptions<T> Options)[] made = [.. Enumerable.Range(0, members).Select(make)];
        if (parallelism > 1)
        {
            OwnCallbacks.Require(Array.ConvertAll(made, one => one.Options), "member");
            Array.ForEach(made, one => one.Trainer.WorkAlone());
        }

        Func<int, (DataSet<T> Training, DataSet<T>? LeftOut)> samplesOf =
            MemberSamples.Of(data, members, seed, resampling);
        var trained = new EnsembleMember<T>[members];
        Parallelism.For(members, parallelism, TrainOne, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new(
            Combine([.. made.Select(one => (one.Trainer.Network, one.Trainer.Loss))], made[0].Trainer.Kinds), trained);

        void TrainOne(int member)
        {
            (Trainer<T> trainer, FitOptions<T> options) = made[member];
            (DataSet<T> training, DataSet<T>? leftOut) = samplesOf(member);
            TrainingHistory history = trainer.Fit(training, options, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            EvaluationResult? result =
                leftOut is null ? null : trainer.Evaluate(leftOut, options.Metrics, cancellationToken);
            trained[member] = new(trainer.Network, history, result);
        }
    }
}
