using NeuralNet.Checkpoints;
using NeuralNet.Training;

namespace NeuralNet.Samples.Digits;

/// <summary>The folder for checkpoints, and the training that is resumed from it, if asked to.</summary>
internal static class Checkpointing
{
    /// <summary>Checks before training that the folder for checkpoints can be one.</summary>
    /// <exception cref="SampleException">It is a file.</exception>
    public static void RequireFolder(TrainOptions options)
    {
        if (File.Exists(options.Checkpoint))
        {
            throw new SampleException(
                $"--checkpoint: '{options.Checkpoint}' is a file; name a folder, which need not exist yet.");
        }
    }

    /// <summary>Puts the trainer into the state of the newest whole checkpoint and says so.</summary>
    /// <exception cref="SampleException">The checkpoints are damaged, or of another training.</exception>
    public static void Resume(Trainer<float> trainer, TrainOptions options, IReport report)
    {
        if (!options.Resume || options.Checkpoint is null)
        {
            return;
        }

        try
        {
            string? path = trainer.Resume(options.Checkpoint);
            report.Notice(path is null ? $"no checkpoint in {options.Checkpoint}: starting" : $"resumed from {path}");
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException
            or IOException or UnauthorizedAccessException)
        {
            throw new SampleException($"--resume: {exception.Message}", exception);
        }
    }
}
