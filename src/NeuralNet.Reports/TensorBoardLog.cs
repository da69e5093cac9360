using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Reports.TensorBoard;
using NeuralNet.Training;

namespace NeuralNet.Reports;

/// <summary>
/// Writes the figures of every epoch for TensorBoard: loss, metrics, learning rate and speed of training, and loss and
/// metrics of validation, which TensorBoard shows in the same charts.
/// </summary>
/// <remarks>
/// <para>
/// The folder is that of one run; <c>tensorboard --logdir</c> is given the folder of all. In it are folders
/// <c>train</c> and <c>validation</c> with a file each, as Keras lays them out. The step of a figure is its epoch, from
/// 1. Figures are on disk when their epoch ends, as single precision numbers, which the format has no others than.
/// </para>
/// <para>
/// A resumed run adds a file to the folder. Epochs that were trained after the last checkpoint stand there twice, with
/// the same figures.
/// </para>
/// </remarks>
/// <example><code>
/// var log = new TensorBoardLog&lt;float&gt;("runs/adam");
/// trainer.Fit(training, new() { Validation = validation, Callbacks = [log] });
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TensorBoardLog<T> : ITrainingCallback<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string _folder;
    private EventFile? _training;
    private EventFile? _validation;

    /// <summary>Makes the callback.</summary>
    /// <param name="folder">The folder of the run, which is made if it is not there.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public TensorBoardLog(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _folder = folder;
    }

    private string TrainingFolder => Path.Combine(_folder, "train");

    private string ValidationFolder => Path.Combine(_folder, "validation");

    /// <summary>Refuses a folder that holds another run, which TensorBoard would mix with this one.</summary>
    /// <param name="context">The run.</param>
    /// <exception cref="IOException">There is such a run, or the folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    public void Check(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Epoch == 0 && (EventFile.IsIn(TrainingFolder) || EventFile.IsIn(ValidationFolder)))
        {
            throw new IOException(
                $"'{MessageText.File(_folder)}' holds the log of another run, with which TensorBoard would mix this "
                + "one. Give every run a folder of its own, or delete the old one.");
        }

        Directory.CreateDirectory(_folder);
    }

    /// <inheritdoc/>
    public void OnTrainingStart(TrainingContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _training = EventFile.Create(TrainingFolder, TimeProvider.System);
        _validation = context.HasValidation ? EventFile.Create(ValidationFolder, TimeProvider.System) : null;
    }

    /// <inheritdoc/>
    public void OnEpochEnd(TrainingContext<T> context, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _training?.Append(
            result.Epoch,
            [
                new("loss", result.Loss), .. result.Metrics,
                new("learning_rate", result.LearningRate), new("samples_per_second", result.SamplesPerSecond),
            ]);
        if (result.Validation is { } validation)
        {
            _validation?.Append(result.Epoch, [new("loss", validation.Loss), .. validation.Metrics]);
        }
    }
}
