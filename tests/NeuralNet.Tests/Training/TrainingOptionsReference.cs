using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Networks;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Training;

/// <summary>The contents of <c>Parity/training_options.json</c>; see the script beside it.</summary>
internal sealed record TrainingOptionsReference(
    Dictionary<string, double[]> Start,
    double[] Inputs,
    double[] Targets,
    Dictionary<string, Dictionary<string, double[]>> Groups,
    Dictionary<string, TrainingOptionsReference.Averaged> Averages)
{
    public const int Epochs = 6;
    public const int BatchSize = 4;

    public static TrainingOptionsReference Read() => ReferenceFile.Read<TrainingOptionsReference>("training_options");

    public DataSet<double> Data() => new(
        Matrix<double>.Build.Dense(3, Inputs.Length / 3, Inputs),
        Matrix<double>.Build.Dense(2, Targets.Length / 2, Targets));

    /// <summary>The network with the parameters that the script begins with.</summary>
    public Network<double> Network()
    {
        Network<double> network = NeuralNet.Networks.Network.Create<double>(3, seed: 1)
            .Dense(5, new Tanh()).BatchNormalization().Dense(2).Build();
        foreach ((string name, double[] values) in Start)
        {
            values.CopyTo(network.Parameter(name).Values);
        }

        return network;
    }

    /// <summary>Requires the parameters of a network to be those of PyTorch.</summary>
    public static void RequireSame(Network<double> network, Dictionary<string, double[]> expected)
    {
        expected.Keys.Should().BeEquivalentTo(network.Parameters.Select(parameter => parameter.Name));
        foreach ((string name, double[] values) in expected)
        {
            double[] found = network.Parameter(name).Values.ToArray();
            found.Length.Should().Be(values.Length);
            for (int i = 0; i < values.Length; i++)
            {
                (Math.Abs(found[i] - values[i]) / Math.Abs(values[i])).Should().BeLessThan(1e-9, $"of {name}, {i}");
            }
        }
    }

    /// <summary>The averaged model: its losses after the epochs, and its parameters at the end.</summary>
    internal sealed record Averaged(double[] Losses, Dictionary<string, double[]> Parameters);
}
