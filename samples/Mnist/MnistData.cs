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
    /// <summary>Whether these are <see cref="GeneratedDigits"/>; every result says so then.</summary>
    public bool IsGenerated => Name == GeneratedDigits.Name;

    /// <summary>The same with the first of the training samples only.</summary>
    /// <exception cref="SampleException">There are not that many.</exception>
    public MnistData TakeTraining(int count) => count <= Training.Count
        ? this with { Training = Training.Take(count) }
        : throw new SampleException(
            $"--train-samples must be at most {Training.Count}, the training samples of {Name}, but it is {count}.");

    /// <summary>What to add to a result, so that nobody takes generated digits for MNIST.</summary>
    public string ResultSuffix => IsGenerated ? $" on {GeneratedDigits.Name}" : "";
}
