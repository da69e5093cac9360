using NeuralNet.Data;

namespace NeuralNet.Samples.Mnist;

/// <summary>Images and what they show, to learn from and to be tested on.</summary>
/// <param name="Name">What results say they were reached on.</param>
/// <param name="Training">The samples to learn from; inputs are pixel / 255, row after row.</param>
/// <param name="Test">The samples never learnt from.</param>
/// <param name="Rows">Height of an image in pixels.</param>
/// <param name="Columns">Width of an image in pixels.</param>
/// <param name="Classes">Number of classes.</param>
internal sealed record MnistData(
    string Name, DataSet<float> Training, DataSet<float> Test, int Rows, int Columns, int Classes)
{
    private const int EarlyStoppingDivisor = 6;

    /// <summary>Whether these are <see cref="GeneratedDigits"/>; every result says so then.</summary>
    public bool IsGenerated => Name == GeneratedDigits.Name;

    /// <summary>Samples held out of the training data, to tell how training goes; null if there are none.</summary>
    public DataSet<float>? Validation { get; init; }

    /// <summary>
    /// The same with the training samples that the options ask for, and the validation samples held out of them.
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
                ? $"--train-samples asks for {training} samples"
                : $"Training takes {training} samples and validation {validation}";
            throw new SampleException($"{what}, but {Name} has {Training.Count} training samples.");
        }

        return this with
        {
            Training = Training.Take(training),
            Validation = validation == 0 ? null : Training.Skip((int)left),
        };
    }

    /// <summary>What to add to a result, so that nobody takes generated digits for MNIST.</summary>
    public string ResultSuffix => IsGenerated ? $" on {GeneratedDigits.Name}" : "";
}
