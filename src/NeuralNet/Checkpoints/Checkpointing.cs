using System.Diagnostics;
using System.Numerics;
using NeuralNet.Callbacks;
using NeuralNet.Guards;
using NeuralNet.Training;

namespace NeuralNet.Checkpoints;

/// <summary>
/// Saves the whole state of a training run to a folder, every few epochs, after a time, or both, so that the run can be
/// resumed after a crash as if nothing had happened: see <see cref="CheckpointFolder"/>.
/// </summary>
/// <remarks>
/// <para>
/// A checkpoint is written to a temporary file in the same folder, flushed to disk and renamed; older ones are deleted
/// only then. So at any moment, whatever happens, the newest whole one is there. A run that is cancelled or stopped
/// within an epoch leaves one of its last step; resumed, that epoch's loss is of all its samples, but its training
/// metrics are of those after the interruption.
/// </para>
/// <para>
/// A run is refused at its start, with an <see cref="InvalidOperationException"/>, where the checkpoints of one that is
/// further wait to be resumed, where another run is writing its own, where <c>best.safetensors</c> is not of this run
/// but would be replaced, and if a layer or strategy of it is not among the trainer's kinds, for its settings could not
/// be compared when the run is resumed. It is refused with an <see cref="IOException"/> where the folder is a file. One
/// instance serves one trainer, and one folder has one instance.
/// </para>
/// <para>
/// The folder may hold other files: those that have not exactly the name of a checkpoint are left alone. During the run
/// it holds <c>.neuralnet-run.lock</c>, which the operating system locks, so that another run is refused, be it of this
/// process, of another one or, on file systems that share locks, of another machine. The lock ends with the process,
/// however it ends. On a file system without locks no run is refused: two in one folder then delete each other's
/// checkpoints.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Checkpointing<T> : ITrainingCallback<T>, IRunsLast, IHoldsRun<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private long _lastSaved;
    private double _best = double.NaN;
    private bool _isBestKnown;

    /// <summary>Makes the callback.</summary>
    /// <param name="folder">The folder of the checkpoints, one file each; made if it is not there.</param>
    /// <param name="everyEpochs">
    /// The number of epochs from one checkpoint to the next, at least 1; none after epochs if null.
    /// </param>
    /// <param name="every">
    /// The time from one checkpoint to the next, within epochs, too; none by time if null.
    /// </param>
    /// <param name="keepLast">The number of last checkpoints that are kept, at least 1.</param>
    /// <param name="keepBest">
    /// The figure by which the checkpoint of the best epoch is kept as well, as <c>best.safetensors</c>; none is if
    /// null.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public Checkpointing(
        string folder, int? everyEpochs = 1, TimeSpan? every = null, int keepLast = 2, MonitoredValue? keepBest = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (everyEpochs is { } epochs)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1, nameof(everyEpochs));
        }

        if (every is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(every));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(keepLast, 1);
        Folder = folder;
        EveryEpochs = everyEpochs;
        Every = every;
        KeepLast = keepLast;
        KeepBest = keepBest;
    }

    /// <summary>The folder of the checkpoints.</summary>
    public string Folder { get; }

    /// <summary>The number of epochs from one checkpoint to the next; null for none after epochs.</summary>
    public int? EveryEpochs { get; }

    /// <summary>The time from one checkpoint to the next; null for none by time.</summary>
    public TimeSpan? Every { get; }

    /// <summary>The number of last checkpoints that are kept.</summary>
    public int KeepLast { get; }

    /// <summary>The figure that decides which epoch is the best; null if the best is not kept.</summary>
    public MonitoredValue? KeepBest { get; }

    /// <summary>
    /// Whether training goes on when a checkpoint cannot be written; false unless set: then it stops with an
    /// <see cref="IOException"/>. Either way the last whole one is still there.
    /// </summary>
    public bool ContinueOnFailure { get; init; }

    /// <summary>The reason why the last checkpoint could not be written; null if it could.</summary>
    public IOException? LastFailure { get; private set; }

    /// <summary>The last checkpoint written by this run; null before the first.</summary>
    public string? LastPath { get; private set; }

    private string BestPath => Path.Combine(Folder, CheckpointFolder.BestName);

    /// <inheritdoc/>
    public void Check(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        KeepBest?.RequireIn(context);
        if (File.Exists(Folder))
        {
            throw LastFailure = new IOException(
                $"The folder of the checkpoints, '{MessageText.File(Folder)}', is a file: name a folder; it is made if "
                + "it is not there.");
        }

        if (context.Options.Callbacks.OfType<Checkpointing<T>>().Count(IsOfSameFolder) > 1)
        {
            throw new InvalidOperationException(
                $"Two callbacks of this run save checkpoints to '{MessageText.File(Folder)}', and would delete each "
                + "other's: one Checkpointing saves after epochs (everyEpochs) and by time (every); or name another "
                + "folder for one of them.");
        }

        // Before hours of training, not when the first checkpoint is due.
        TrainerSettings.Of(context.State);
        context.RequireDescribed();
    }

    IDisposable? IHoldsRun<T>.Hold(TrainingContext<T> context)
    {
        LastFailure = null;
        try
        {
            FolderLock held = FolderLock.Take(Folder);
            try
            {
                // While no other run can write to it.
                CheckpointFolder.RequireNotBeyond(Folder, context.StepCount);
                RequireBestOfThisRun(context);
                return held;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LastFailure = new IOException(
                $"No checkpoint can be written to the folder '{MessageText.File(Folder)}': "
                + $"{MessageText.Reason(exception)}.",
                MessageText.Cause(exception));
            return ContinueOnFailure ? null : throw LastFailure;
        }
    }

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        _lastSaved = Stopwatch.GetTimestamp();
        (_best, _isBestKnown) = (double.NaN, false);
        LastPath = null;
    }

    /// <inheritdoc/>
    public void OnBatchEnd(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Every is { } time && context.IsAtStep && Stopwatch.GetElapsedTime(_lastSaved) >= time)
        {
            Save(context, isBest: false);
        }
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(result);
        bool isBest = IsBest(context, result);
        bool isDue = EveryEpochs is { } epochs && context.Epoch % epochs == 0;
        bool isEnd =
            !result.IsComplete || context.StopReason is not null || context.Epoch == context.Options.Epochs;
        if (isBest || isDue || isEnd)
        {
            Save(context, isBest);
        }
    }

    private bool IsOfSameFolder(Checkpointing<T> other) => FullPath(other.Folder) == FullPath(Folder);

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    /// <summary>Refuses to replace what is not the best checkpoint of this run, before it was interrupted.</summary>
    private void RequireBestOfThisRun(TrainingContext<T> context)
    {
        if (KeepBest is null
            || !File.Exists(BestPath)
            || File.ResolveLinkTarget(BestPath, returnFinalTarget: true) is { Exists: false })
        {
            return;
        }

        bool isResumed = context.Epoch > 0;
        if (!isResumed || !CheckpointFile.IsOfSameRun(BestPath, context.State, context.Results))
        {
            throw new InvalidOperationException(
                $"'{MessageText.File(BestPath)}' is no checkpoint of this run, and that of its best epoch would take "
                + "the file's place: move it elsewhere, or name another folder.");
        }
    }

    private bool IsBest(TrainingContext<T> context, EpochResult result)
    {
        if (KeepBest is null)
        {
            return false;
        }

        if (!_isBestKnown)
        {
            // Of a resumed run the best so far is among its results.
            _isBestKnown = true;
            foreach (EpochResult before in context.Results.Where(before => before.Epoch < result.Epoch))
            {
                if (KeepBest.Read(before, context.HasValidation) is { } figure && KeepBest.IsBetter(figure, _best))
                {
                    _best = figure;
                }
            }
        }

        if (KeepBest.Read(result, context.HasValidation) is not { } value || !KeepBest.IsBetter(value, _best))
        {
            return false;
        }

        _best = value;
        return true;
    }

    private void Save(TrainingContext<T> context, bool isBest)
    {
        string path = Path.Combine(Folder, CheckpointFolder.NameOf(context.StepCount));
        try
        {
            Directory.CreateDirectory(Folder);
            RunState<T> run = context.Capture();
            CheckpointFile.Write(path, context.State, run);
            if (isBest)
            {
                CheckpointFile.Write(BestPath, context.State, run);
            }

            LastPath = path;
            LastFailure = null;
            CheckpointFolder.DeleteAllBut(Folder, KeepLast);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LastFailure = new IOException(
                $"The checkpoint '{MessageText.File(path)}' could not be written: {MessageText.Reason(exception)}. "
                + (LastPath is null
                    ? "There is none before it."
                    : $"The last whole one is '{MessageText.File(LastPath)}'."),
                exception);
            if (!ContinueOnFailure)
            {
                throw LastFailure;
            }
        }

        _lastSaved = Stopwatch.GetTimestamp();
    }
}
