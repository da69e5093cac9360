using NeuralNet.Checkpoints;
using NeuralNet.Training;

namespace NeuralNet.Samples.Mnist;

/// <summary>Resumes an interrupted training, if asked to.</summary>
internal static class Checkpointing
{
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
