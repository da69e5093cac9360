using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Soak.Digests;

/// <summary>Makes cases that differ in one thing from a short training of a small classifier.</summary>
internal static class CaseBuilder
{
    /// <summary>A classifier with these layers in front of its last one.</summary>
    public static DigestCase<T> Classifier<T>(
        string name,
        Action<NetworkBuilder<T>> layers,
        FitOptions<T>? options = null,
        IOptimizer? optimizer = null,
        ILoss? loss = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Case(
            name,
            () =>
            {
                NetworkBuilder<T> builder = Network.Create<T>(Samples.Features, seed: 3);
                layers(builder);
                return builder.Dense(Samples.Classes).Build();
            },
            Samples.Labelled<T>(),
            loss ?? new SoftmaxCrossEntropy(),
            optimizer ?? new Adam(0.01),
            options ?? Options<T>());

    /// <summary>A network trained on a data set in memory.</summary>
    public static DigestCase<T> Case<T>(
        string name,
        Func<Network<T>> network,
        DataSet<T> data,
        ILoss loss,
        IOptimizer optimizer,
        FitOptions<T> options)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(
            name,
            network,
            Probe<T>(data.InputSize),
            (built, team) => new Trainer<T>(
                built, loss, optimizer, threads: team.Threads, workers: team.Workers).Fit(data, options));

    /// <summary>Three epochs in batches of 16.</summary>
    public static FitOptions<T> Options<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new() { Epochs = 3, BatchSize = 16 };

    /// <summary>What trained networks predict: samples that they have not seen.</summary>
    public static Matrix<T> Probe<T>(int features)
        where T : unmanaged, IFloatingPointIeee754<T> => Samples.Uniform<T>(features, 33, seed: 5);
}
