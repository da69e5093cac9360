using NeuralNet.Data;
using NeuralNet.Datasets;

namespace NeuralNet.Samples.Digits;

/// <summary>Images and their labels, for training and for tests.</summary>
/// <param name="Name">The name of the data in results.</param>
/// <param name="Training">The training samples; inputs are pixel / 255, row after row.</param>
/// <param name="Test">The test samples, which are never trained on.</param>
/// <param name="Rows">Height of an image in pixels.</param>
/// <param name="Columns">Width of an image in pixels.</param>
/// <param name="Classes">Number of classes.</param>
internal sealed record MnistData(
    string Name, DataSet<float> Training, DataSet<float> Test, int Rows, int Columns, int Classes)
{
    private const int EarlyStoppingDivisor = 6;

    /// <summary>Takes the images of a data set.</summary>
    public static MnistData Of(ImageDataset data) =>
        new(data.Name, data.Training, data.Test, data.Shape[0], data.Shape[1], data.Classes.Count);

    /// <summary>True if these are <see cref="GeneratedDigits"/>; every result says so then.</summary>
    public bool IsGenerated => Name == GeneratedDigits.Name;

    /// <summary>Samples held out of the training data, to monitor training; null if there are none.</summary>
    public DataSet<float>? Validation { get; init; }

    /// <summary>
    /// Returns the data with the number of training samples in the options, and validation samples held out of them.
    /// </summary>
    /// <exception cref="SampleException">There are not that many.</exception>
    public MnistData Choose(TrainOptions options)
    {
        int validation = options.ValidationSamples
            ?? (options.EarlyStopping is null ? 0 : Math.Max(1, Training.Count / EarlyStoppingDivisor));
        long left = (long)Training.Count - validation;
        int training = options.TrainSamples ?? (int)Math.Max(1, left);
        if (training > left)
        {
            string what = validation == 0
                ? $"--train-samples requests {training} samples"
                : $"Training takes {training} samples and validation {validation}";
            throw new SampleException($"{what}, but {Name} has {Training.Count} training samples.");
        }

        return this with
        {
            Training = Training.Take(training),
            Validation = validation == 0 ? null : Training.Skip((int)left),
        };
    }

    /// <summary>Text to add to a result, so that nobody takes generated digits for MNIST.</summary>
    public string ResultSuffix => IsGenerated ? $" on {GeneratedDigits.Name}" : "";
}
