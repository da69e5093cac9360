using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.FirstHour;

/// <summary>A small problem to make mistakes with: four features, of which one tells the class.</summary>
internal static class Mistake
{
    public const int Samples = 150;

    public static int[] Labels { get; } = [.. Enumerable.Range(0, Samples).Select(j => j % 3)];

    /// <summary>Features that go from −scale to 3·scale; the greatest is that of the class.</summary>
    public static Matrix<float> Features(float scale = 1, int count = Samples) =>
        Matrix<float>.Build.Dense(
            4, count, (i, j) => scale * (MathF.Sin((i * 17.3f) + (j * 5.7f)) + (i == j % 3 ? 2 : 0)));

    public static DataSet<float> Classes(float scale = 1) => DataSet.FromLabels(Features(scale), Labels, classes: 3);

    public static Network<float> MakeNetwork(int outputs = 3, IActivation? last = null, int features = 4) =>
        Network.Create<float>(features, seed: 1).Dense(16, new ReLU()).Dense(outputs, last).Build();

    public static Trainer<float> MakeTrainer(ILoss? loss = null, Network<float>? network = null, double rate = 0.01) =>
        new(network ?? MakeNetwork(), loss ?? new SoftmaxCrossEntropy(), new Adam(rate));

    /// <summary>Expects an exception of exactly a type whose message has some words.</summary>
    public static void Says<TException>(Action mistake, params string[] words)
        where TException : Exception
    {
        string message = mistake.Should().ThrowExactly<TException>().Which.Message;
        message.Should().ContainAll(words);
    }

    /// <summary>Expects a warning of a kind, and only one of it, whose message has some words.</summary>
    public static void Warns(TrainingHistory history, TrainingWarningKind kind, params string[] words)
    {
        string message = history.Warnings.Should().ContainSingle(warning => warning.Kind == kind).Which.Message;
        message.Should().ContainAll(words);
        history.ToString().Should().Contain($"warning: {message}", "whoever prints the history sees it");
    }
}
