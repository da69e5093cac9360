using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using static NeuralNet.Soak.Digests.CaseBuilder;

namespace NeuralNet.Soak.Digests;

/// <summary>Layers that read sequences step by step.</summary>
internal static class SequenceCases
{
    private static readonly FeatureShape _steps = new(15, 4);

    public static IEnumerable<DigestCase<T>> All<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [
            Of<T>("LSTM", b => b.Lstm(20, returnSteps: true).Lstm(7, options: new() { LearnsInitialState = true })),
            Of<T>("GRU", b => b.Gru(18, returnSteps: true, bidirectional: true).Gru(5, resetAfter: false)),
            Of<T>("simple recurrent", b => b.SimpleRecurrent(17, returnSteps: true).SimpleRecurrent(6, new ReLU())),
            Of<T>("recurrent dropout", b => b
                .Lstm(9, returnSteps: true, options: new() { RecurrentDropout = 0.2 })
                .Gru(8, returnSteps: true, options: new() { RecurrentDropout = 0.3 })
                .Gru(7, resetAfter: false, options: new() { RecurrentDropout = 0.4 })),
        ];

    private static DigestCase<T> Of<T>(string name, Func<NetworkBuilder<T>, NetworkBuilder<T>> layers)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Case(
            name,
            () => layers(Network.Create<T>(_steps, seed: 3)).Dense(Samples.Classes).Build(),
            Samples.Labelled<T>(_steps.Size),
            new SoftmaxCrossEntropy(),
            new Adam(0.01),
            Options<T>());
}
