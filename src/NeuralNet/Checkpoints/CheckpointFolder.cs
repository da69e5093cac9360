using System.Globalization;
using System.Numerics;
using NeuralNet.Training;

namespace NeuralNet.Checkpoints;

/// <summary>The checkpoints of a training run, a file each, in a folder.</summary>
/// <example><code>
/// var trainer = new Trainer&lt;float&gt;(network, new SoftmaxCrossEntropy(), new Adam());
/// trainer.Resume("runs/digits");      // goes on where an interrupted run was, or does nothing if there is none
/// trainer.Fit(training, new() { Epochs = 20, Callbacks = [new Checkpoints&lt;float&gt;("runs/digits")] });
/// </code></example>
public static class CheckpointFolder
{
    internal const string Extension = ".safetensors";
    internal const string BestName = "best" + Extension;

    private const string Pattern = "checkpoint-*" + Extension;

    /// <summary>
    /// Puts network and trainer into the state of the newest whole checkpoint of a folder; the next Fit, with the same
    /// settings and data, then goes on bit for bit as if never interrupted, at any number of threads.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="trainer">A trainer made as the interrupted one was: network, loss, optimizer, seed.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>The checkpoint's path; null if there is none, and the trainer is as it was.</returns>
    /// <remarks>Newer ones that are damaged are passed over and renamed, with <c>.damaged</c> at their end.</remarks>
    /// <exception cref="InvalidDataException">There are checkpoints, but none of them is whole.</exception>
    /// <exception cref="CheckpointMismatchException">
    /// The checkpoint is of another network, loss, optimizer, seed or precision, or of a newer format.
    /// </exception>
    public static string? Resume<T>(this Trainer<T> trainer, string folder)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        InvalidDataException? damage = null;
        List<string> damaged = [];
        foreach (string path in NewestFirst(folder))
        {
            try
            {
                trainer.ResumeFrom(path);
                damaged.ForEach(SetAside);
                return path;
            }
            catch (InvalidDataException exception)
            {
                // Written by a program without our care, or damaged since: the one before may do.
                damage ??= exception;
                damaged.Add(path);
            }
        }

        return damage is null
            ? null
            : throw new InvalidDataException($"No checkpoint in '{folder}' is whole: {damage.Message}", damage);
    }

    /// <summary>As <see cref="Resume"/>, from one checkpoint, such as <c>best.safetensors</c>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="trainer">A trainer made as the interrupted one was: network, loss, optimizer, seed.</param>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="InvalidDataException">The checkpoint is damaged; the trainer is as it was.</exception>
    /// <exception cref="CheckpointMismatchException">
    /// The checkpoint is of another network, loss, optimizer, seed or precision, or of a newer format; the trainer is as it
    /// was, and the message names both sides.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void ResumeFrom<T>(this Trainer<T> trainer, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream stream = File.OpenRead(path);
        CheckpointFile.Read(stream, path, trainer);
    }

    /// <summary>The checkpoints of a folder, the newest first; none if there is no such folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Their paths.</returns>
    public static IReadOnlyList<string> NewestFirst(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, Pattern).OrderDescending(StringComparer.Ordinal)]
            : [];

    /// <summary>Refuses to begin a run where one that is further waits to be resumed.</summary>
    internal static void RequireNotBeyond(string folder, long step)
    {
        if (NewestFirst(folder) is [{ } newest, ..] && StringComparer.Ordinal.Compare(Path.GetFileName(newest), NameOf(step)) > 0)
        {
            throw new InvalidOperationException(
                $"'{newest}' is of a run that is further than this one, which is at step {step}: resume it, or name another folder.");
        }
    }

    /// <summary>What the checkpoint of a step is called.</summary>
    internal static string NameOf(long step) =>
        string.Create(CultureInfo.InvariantCulture, $"checkpoint-{step:D10}{Extension}");

    private static void SetAside(string path)
    {
        try
        {
            File.Move(path, path + ".damaged", overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way but that of checkpoints to come, which will say so.
        }
    }

    /// <summary>Deletes the older ones, and what interrupted writers left behind.</summary>
    internal static void DeleteAllBut(string folder, int last)
    {
        foreach (string path in NewestFirst(folder).Skip(last).Concat(Directory.GetFiles(folder, "*" + Extension + ".*.tmp")))
        {
            File.Delete(path);
        }
    }
}
