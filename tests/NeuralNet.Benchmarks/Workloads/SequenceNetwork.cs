using System.Globalization;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Workloads;

/// <summary>A recurrent layer over sequences and ten classes behind its last step.</summary>
/// <param name="Cell">The kind of layer.</param>
/// <param name="Features">Features of a step.</param>
/// <param name="Units">Number of units.</param>
/// <param name="Steps">Number of steps.</param>
internal sealed record SequenceNetwork(RecurrentCell Cell, int Features, int Units, int Steps)
{
    /// <summary>Those that are measured.</summary>
    public static IReadOnlyList<SequenceNetwork> Measured { get; } =
    [
        .. from cell in Enum.GetValues<RecurrentCell>()
           from size in new (int Features, int Units, int Steps)[]
           {
               (28, 128, 28), (8, 64, 50), (1, 32, 60), (64, 256, 32),
           }
           select new SequenceNetwork(cell, size.Features, size.Units, size.Steps),
    ];

    /// <summary>The name, such as <c>LSTM 28→128, 28 steps</c>.</summary>
    public string Name =>
        string.Create(CultureInfo.InvariantCulture, $"{CellName} {Features}→{Units}, {Steps} steps");

    /// <summary>The key, such as <c>lstm-28-128</c>.</summary>
    public string Key =>
        string.Create(CultureInfo.InvariantCulture, $"{CellName.ToLowerInvariant()}-{Features}-{Units}");

    private string CellName => Cell == RecurrentCell.Lstm ? "LSTM" : "GRU";

    /// <summary>Builds the network, always with the same parameters.</summary>
    public Network<float> Build()
    {
        NetworkBuilder<float> builder = Network.Create<float>(new FeatureShape(Steps, Features), seed: 1);
        return (Cell == RecurrentCell.Lstm ? builder.Lstm(Units) : builder.Gru(Units)).Dense(10).Build();
    }
}
