using NeuralNet.Benchmarks.Workloads;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Peers;

/// <summary>A network that is measured.</summary>
/// <param name="Key">What it is called on the command line.</param>
/// <param name="Name">What it is called in the tables.</param>
/// <param name="Build">Builds it, always with the same parameters.</param>
internal sealed record MeasuredNetwork(string Key, string Name, Func<Network<float>> Build)
{
    /// <summary>The convolutional ones.</summary>
    public static IReadOnlyList<MeasuredNetwork> Images { get; } =
    [
        Of("lenet", ImageNetwork.LeNet5),
        Of("keras", ImageNetwork.KerasMnist),
        Of("pytorch", ImageNetwork.PyTorchMnist),
        Of("cifar", ImageNetwork.Cifar),
    ];

    /// <summary>Those of dense layers only.</summary>
    public static IReadOnlyList<MeasuredNetwork> Dense { get; } =
        [Of(NetworkSizes.Parse("784-512-512-10")), Of(NetworkSizes.Parse("784-2500-2000-1500-10"))];

    /// <summary>The recurrent ones.</summary>
    public static IReadOnlyList<MeasuredNetwork> Sequences { get; } =
    [
        .. SequenceNetwork.Measured.Select(network =>
            Of(network) with { Batches = network is { Features: 28 } ? [32, 128] : network.Units < 256 ? [32] : [64] }),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MeasuredNetwork> All { get; } = [.. Images, .. Dense, .. Sequences];

    /// <summary>The sizes of the batches that it is trained with.</summary>
    public IReadOnlyList<int> Batches { get; private init; } = [32, 128];

    private static MeasuredNetwork Of(string key, ImageNetwork network) =>
        new(key, network.Name, () => network.Build());

    private static MeasuredNetwork Of(SequenceNetwork network) => new(network.Key, network.Name, network.Build);

    private static MeasuredNetwork Of(NetworkSizes sizes) => new(sizes.Name, sizes.Name, sizes.Build);
}
