using System.Globalization;
using System.Numerics;
using NeuralNet.Files;
using NeuralNet.Guards;
using NeuralNet.Training;

namespace NeuralNet.Checkpoints;

/// <summary>Resumes a training run from the folder of its checkpoints.</summary>
/// <example><code>
/// var trainer = new Trainer&lt;float&gt;(network, new SoftmaxCrossEntropy(), new Adam());
/// trainer.Resume("runs/digits");      // goes on where an interrupted run was, or does nothing if there is none
/// trainer.Fit(training, new() { Epochs = 20, Callbacks = [new Checkpointing&lt;float&gt;("runs/digits")] });
/// </code></example>
public static class CheckpointFolder
{
    internal const string Extension = ".safetensors";
    internal const string BestName = "best" + Extension;

    private const string Prefix = "checkpoint-";
    private const string Damaged = ".damaged";
    private const int MostSetAside = 1000;

    /// <summary>
    /// Puts network and trainer into the state of the newest whole checkpoint of a folder; the next Fit, with the same
    /// settings and data, then goes on bit for bit as if never interrupted, at any number of threads.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="trainer">A trainer made as the interrupted one was: network, loss, optimizer, seed.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>The checkpoint's path; null if there is none, and the trainer is as it was.</returns>
    /// <remarks>
    /// <para>
    /// Newer ones that are damaged, or links to nothing, are passed over and renamed, with <c>.damaged</c> at their
    /// end; one that may be whole but cannot be opened now is not, for what was trained would be lost. Of the files in
    /// the folder only those count that have exactly the names that <see cref="Checkpointing{T}"/> gives; all others
    /// are left alone.
    /// </para>
    /// <para>
    /// A run without a schedule may be given more epochs than it was begun with. The run that goes on may have other
    /// metrics, validation data and callbacks without state than before, and further callbacks with state, such as
    /// <see cref="Callbacks.EarlyStopping{T}"/>, which begin with it: in the results of the epochs before, a metric
    /// that was not measured is NaN. Of all else, Fit refuses what differs before it changes anything, and can be
    /// called again; to go on otherwise, there is <see cref="StartFrom"/>.
    /// </para>
    /// </remarks>
    /// <exception cref="InvalidDataException">
    /// There are checkpoints, but all of them are damaged or links to nothing; the trainer is as it was.
    /// </exception>
    /// <exception cref="IOException">
    /// The newest checkpoint that is not damaged cannot be read; the trainer is as it was.
    /// </exception>
    /// <exception cref="CheckpointMismatchException">
    /// The checkpoint is of another network, loss, optimizer, seed or precision, or of a newer format.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A layer, activation, loss, optimizer or the like is not among the trainer's kinds, so its settings cannot be
    /// compared; the trainer is as it was.
    /// </exception>
    public static string? Resume<T>(this Trainer<T> trainer, string folder)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        (string? path, IReadOnlyList<string> damaged) = TakeNewestWhole(trainer, folder, isNewRun: false);
        foreach (string one in damaged)
        {
            SetAside(one);
        }

        return path;
    }

    /// <summary>
    /// Resumes a run, as <see cref="Resume"/> does, from one checkpoint, such as <c>best.safetensors</c>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="trainer">A trainer made as the interrupted one was: network, loss, optimizer, seed.</param>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="InvalidDataException">The checkpoint is damaged; the trainer is as it was.</exception>
    /// <exception cref="CheckpointMismatchException">
    /// The checkpoint is of another network, loss, optimizer, seed or precision, or of a newer format; the trainer is
    /// as it was, and the message names both sides.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A layer, activation, loss, optimizer or the like is not among the trainer's kinds, so its settings cannot be
    /// compared; the trainer is as it was.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void ResumeFrom<T>(this Trainer<T> trainer, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Take(trainer, path, isNewRun: false);
    }

    /// <summary>
    /// Puts network and trainer into the state of a checkpoint, from which the next Fit begins a run of its own: for
    /// more epochs, or with other data, batch size, schedule, learning rate or loss.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="trainer">A trainer with the same layers, whose optimizer is of the same kind.</param>
    /// <param name="path">The checkpoint, or a folder of checkpoints, of which the newest whole one is taken.</param>
    /// <returns>The checkpoint's path.</returns>
    /// <remarks>
    /// With the same settings the result is, to the bit, that of a second Fit of the trainer that wrote the checkpoint.
    /// Give the new run a folder of its own, so that it can be resumed as well. Where the optimizer is to be of another
    /// kind, take the parameters alone: <c>network.LoadParameters(path)</c>.
    /// </remarks>
    /// <example><code>
    /// if (trainer.Resume("runs/second") is null)
    /// {
    ///     trainer.StartFrom("runs/first");
    /// }
    ///
    /// trainer.Fit(training, new() { Epochs = 10, Callbacks = [new Checkpointing&lt;float&gt;("runs/second")] });
    /// </code></example>
    /// <exception cref="FileNotFoundException">There is no such checkpoint, or none in the folder.</exception>
    /// <exception cref="InvalidDataException">
    /// The checkpoint, or all of the folder, are damaged; the trainer is as it was.
    /// </exception>
    /// <exception cref="CheckpointMismatchException">
    /// The checkpoint is of another network, kind of optimizer or precision, or of a newer format; the trainer is as it
    /// was, and the message names both sides.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The optimizer is not among the trainer's kinds, so it cannot be compared; the trainer is as it was.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string StartFrom<T>(this Trainer<T> trainer, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
        {
            return TakeNewestWhole(trainer, path, isNewRun: true).Path
                ?? throw new FileNotFoundException($"There is no checkpoint in '{MessageText.File(path)}'.", path);
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"There is no checkpoint '{MessageText.File(path)}', and no folder of that name.", path);
        }

        Take(trainer, path, isNewRun: true);
        return path;
    }

    /// <summary>Lists the checkpoints of a folder, the newest first; none if there is no such folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Their paths: of the files that have exactly the name of a checkpoint.</returns>
    public static IReadOnlyList<string> NewestFirst(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, Prefix + "*").Where(path => StepOf(path) >= 0).OrderByDescending(StepOf)]
            : [];

    /// <summary>Refuses to begin a run where one that is further waits to be resumed.</summary>
    internal static void RequireNotBeyond(string folder, long step)
    {
        if (NewestFirst(folder) is [{ } newest, ..] && StepOf(newest) > step)
        {
            throw new InvalidOperationException(
                $"'{MessageText.File(newest)}' is of a run that is further than this one, which is at step "
                + $"{step}: resume it, or name another folder.");
        }
    }

    /// <summary>The step in the file name of a checkpoint; -1 if the name is not exactly one of ours.</summary>
    private static long StepOf(string path)
    {
        string name = Path.GetFileName(path);
        return name.Length > Prefix.Length + Extension.Length
            && long.TryParse(
                name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Extension.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out long step)
            && name == NameOf(step)
                ? step
                : -1;
    }

    /// <summary>The file name of the checkpoint of a step.</summary>
    internal static string NameOf(long step) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D10}{Extension}");

    /// <summary>
    /// Loads the newest whole checkpoint of a folder, if there is one; gives its path and those passed over.
    /// </summary>
    private static (string? Path, IReadOnlyList<string> Damaged) TakeNewestWhole<T>(
        Trainer<T> trainer, string folder, bool isNewRun)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Exception? damage = null;
        List<string> damaged = [];
        Queue<string> paths = new(NewestFirst(folder));
        while (paths.TryDequeue(out string? path))
        {
            try
            {
                Take(trainer, path, isNewRun);
                return (path, damaged);
            }
            catch (FileNotFoundException) when (new FileInfo(path).LinkTarget is null)
            {
                // A run that is still going has deleted it, after writing newer ones.
                paths = new(NewestFirst(folder).Except(damaged));
            }
            catch (Exception exception) when (exception is InvalidDataException || IsOfLink(exception, path))
            {
                // The one before may do.
                damage ??= exception;
                damaged.Add(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It may be whole: an older one would lose, without a word, what was trained since.
                throw new IOException(
                    $"The checkpoint '{MessageText.File(path)}' cannot be read now: {MessageText.Reason(exception)}. "
                    + "Make it readable, or move it elsewhere to go on from the one before it.",
                    MessageText.Cause(exception));
            }
        }

        return damage is null
            ? (null, damaged)
            : throw new InvalidDataException(
                $"No checkpoint in '{MessageText.File(folder)}' is whole: {MessageText.Reason(damage)}.", damage);
    }

    /// <summary>Whether a file could not be opened because it is a link that leads to nothing.</summary>
    private static bool IsOfLink(Exception exception, string path) =>
        exception is FileNotFoundException or DirectoryNotFoundException
        && new FileInfo(path).LinkTarget is not null;

    private static void Take<T>(Trainer<T> trainer, string path, bool isNewRun)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using ExclusiveUse.Scope use = trainer.Network.InTraining.Enter(
            isNewRun ? nameof(StartFrom) : nameof(Resume));
        using FileStream stream = CheckpointFile.Open(path);
        CheckpointFile.Read(stream, path, trainer.State, isNewRun);
    }

    /// <summary>Renames a damaged checkpoint, to a name that no file has.</summary>
    private static void SetAside(string path)
    {
        for (int attempt = 1; attempt <= MostSetAside; attempt++)
        {
            string aside = path + Damaged + (attempt == 1 ? "" : $"-{attempt}");
            if (Path.Exists(aside) || new FileInfo(aside).LinkTarget is not null)
            {
                continue;
            }

            try
            {
                File.Move(path, aside, overwrite: false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It is in nobody's way but that of checkpoints to come, which will say so.
            }

            return;
        }
    }

    /// <summary>Deletes all checkpoints but the last ones. One that cannot be deleted stays.</summary>
    internal static void DeleteAllBut(string folder, int last)
    {
        foreach (string path in NewestFirst(folder).Skip(last))
        {
            TemporaryFile.DeleteQuietly(path);
        }
    }
}
