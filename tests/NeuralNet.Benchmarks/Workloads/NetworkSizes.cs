using NeuralNet.Activations;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Workloads;

/// <summary>A network of dense layers with ReLU between them, such as 784-128-10.</summary>
internal sealed class NetworkSizes
{
    private NetworkSizes(string name) => Sizes = Array.ConvertAll((Name = name).Split('-'), int.Parse);

    /// <summary>The networks that training is measured with.</summary>
    public static IReadOnlyList<NetworkSizes> Trained { get; } =
        [new("784-30-10"), new("784-128-10"), new("784-512-512-10"), new("784-2500-2000-1500-10")];

    /// <summary>The networks whose training on several threads is measured.</summary>
    public static IReadOnlyList<NetworkSizes> TrainedOnThreads { get; } =
        [new("784-512-512-10"), new("784-2500-2000-1500-10")];

    /// <summary>The networks that prediction is measured with.</summary>
    public static IReadOnlyList<NetworkSizes> Predicted { get; } = [new("784-128-10"), new("784-512-512-10")];

    /// <summary>The sizes with dashes between them.</summary>
    public string Name { get; }

    /// <summary>Number of inputs, of the neurons of each hidden layer, of outputs.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Reads a name such as 784-128-10.</summary>
    public static NetworkSizes Parse(string name) => new(name);

    /// <summary>Builds the network; always with the same parameters.</summary>
    public Network<float> Build()
    {
        NetworkBuilder<float> builder = Network.Create<float>(Sizes[0], seed: 42);
        for (int i = 1; i < Sizes.Count - 1; i++)
        {
            builder.Dense(Sizes[i], new ReLU());
        }

        return builder.Dense(Sizes[^1]).Build();
    }

    public override string ToString() => Name;
}
