using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Parity;
using NeuralNet.Training;

namespace NeuralNet.Tests.Layers;

/// <summary>Networks with normalization layers train and then predict as PyTorch's do.</summary>
public sealed class NormalizationParityTests
{
    private static readonly Case[] _cases = ReferenceFile.Read<Case[]>("normalization");

    public static TheoryData<int> Cases { get; } = new(Enumerable.Range(0, _cases.Length));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_steps_and_predictions_are_those_of_PyTorch(int index)
    {
        Case reference = _cases[index];
        Network<double> network = Network.Create<double>(4, seed: 1)
            .Dense(5)
            .Add(size => reference.Kind == "batch"
                ? new BatchNormalization<double>(size, reference.Momentum, reference.Epsilon)
                : new LayerNormalization<double>(size, reference.Epsilon))
            .PReLU(slopePerFeature: reference.SlopePerFeature)
            .Dense(3)
            .Build();
        foreach ((string name, double[] values) in reference.Initial)
        {
            values.CopyTo(network.Parameter(OurName(name, reference)).Values);
        }

        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.05));
        for (int step = 0; step < reference.Losses.Length; step++)
        {
            int start = 8 * (step % 3);
            double loss = trainer.Step(
                new ReadOnlyMatrixSpan<double>(reference.Inputs.AsSpan(4 * start, 4 * 8), 4, 8),
                new ReadOnlyMatrixSpan<double>(reference.Targets.AsSpan(3 * start, 3 * 8), 3, 8));
            loss.Should().BeApproximately(reference.Losses[step], 1e-12 * (1 + reference.Losses[step]), $"step {step}");
        }

        foreach ((string name, double[] values) in reference.Final)
        {
            AssertClose(network.Parameter(OurName(name, reference)).Values.ToArray(), values, name);
        }

        double[] outputs = new double[reference.Outputs.Length];
        network.Predict(reference.Inputs, outputs);
        AssertClose(outputs, reference.Outputs, "outputs");
    }

    private static string OurName(string name, Case reference) =>
        name.Replace("norm.", reference.Kind + "Normalization1.", StringComparison.Ordinal);

    private static void AssertClose(double[] actual, double[] expected, string because)
    {
        actual.Length.Should().Be(expected.Length, because);
        for (int i = 0; i < actual.Length; i++)
        {
            actual[i].Should().BeApproximately(expected[i], 1e-11 * Math.Max(1, Math.Abs(expected[i])), because);
        }
    }

    private sealed record Case(
        string Kind,
        double Momentum,
        double Epsilon,
        bool SlopePerFeature,
        double[] Inputs,
        double[] Targets,
        Dictionary<string, double[]> Initial,
        Dictionary<string, double[]> Final,
        double[] Losses,
        double[] Outputs);
}
