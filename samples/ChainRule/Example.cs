using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Samples.ChainRule;

/// <summary>A network of two layers with one sample.</summary>
/// <param name="Network">The network.</param>
/// <param name="Input">a⁽⁰⁾.</param>
/// <param name="Target">t.</param>
/// <param name="Origin">The origin of the numbers.</param>
internal sealed record Example(Network<double> Network, Vector<double> Input, Vector<double> Target, string Origin)
{
    /// <summary>Number of inputs, and of neurons in each layer.</summary>
    public const int Width = 2;

    /// <summary>The published example, or, with a seed, random numbers.</summary>
    public static Example Create(int? seed) => seed is { } number ? Random(number) : Published();

    private static Example Published()
    {
        Network<double> network = Build(seed: 1);
        Set(network.Layers[0], new[,] { { 0.15, 0.20 }, { 0.25, 0.30 } }, [0.35, 0.35]);
        Set(network.Layers[1], new[,] { { 0.40, 0.45 }, { 0.50, 0.55 } }, [0.60, 0.60]);
        return new(
            network,
            Vector<double>.Build.Dense([0.05, 0.10]),
            Vector<double>.Build.Dense([0.01, 0.99]),
            "The numbers are those of Matt Mazur's \"A Step by Step Backpropagation Example\" (2015).");
    }

    private static Example Random(int seed)
    {
        Network<double> network = Build(seed);
        Random random = RandomStream.FromSeed(seed).CreateGenerator();
        foreach (Parameter<double> parameter in network.Parameters)
        {
            parameter.Set(Draw(parameter.Count, random, -1, 1));
        }

        return new(
            network,
            Draw(Width, random, -1, 1),
            Draw(Width, random, 0, 1),
            FormattableString.Invariant($"The numbers are random, with seed {seed}."));
    }

    private static Network<double> Build(int seed) =>
        Networks.Network.Create<double>(Width, seed).Dense(Width, new Sigmoid()).Dense(Width, new Sigmoid()).Build();

    private static void Set(Layer<double> layer, double[,] weights, double[] biases)
    {
        var dense = (Dense<double>)layer;
        dense.Weights.Set(Matrix<double>.Build.DenseOfArray(weights));
        dense.Biases!.Set(Vector<double>.Build.Dense(biases));
    }

    // Two decimals, so that one can check with a pocket calculator.
    private static Vector<double> Draw(int count, Random random, double from, double to) =>
        Vector<double>.Build.Dense(count, _ => Math.Round(from + ((to - from) * random.NextDouble()), 2));
}
