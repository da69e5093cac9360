using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;
using static NeuralNet.Soak.Digests.CaseBuilder;

namespace NeuralNet.Soak.Digests;

/// <summary>Networks that split and join, with several inputs and outputs, and with categories.</summary>
internal static class BranchCases
{
    private const int Categories = 30;

    public static IEnumerable<DigestCase<T>> All<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [
            .. new[] { Merge.Sum, Merge.Product, Merge.Average, Merge.Maximum, Merge.Concatenation }.Select(merge =>
                Classifier<T>(
                    $"merge {merge.Name}",
                    layers => layers.Branches(
                        merge, a => a.Dense(12, new Tanh()), b => b.Slice(3, 12), c => c.Dense(12)))),
            Classifier<T>(
                "reshape and permute",
                layers => layers.Dense(24).Reshape(new FeatureShape(2, 3, 4)).PReLU(slopePerFeature: true)
                    .Permute(2, 0, 1).LayerNormalization().Flatten()),
            Classifier<T>("periodic features", layers => layers.PeriodicFeatures(7, deviation: 0.3).Dense(9)),
            Outputs<T>(),
            Embedded<T>("embeddings", new Adam(0.01)),
            Embedded<T>("embeddings, sparse steps", new Sgd(0.1)),
            Embedded<T>("embeddings, Adagrad", new Adagrad(0.1)),
        ];

    private static DigestCase<T> Outputs<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        DataSet<T> classes = Samples.Labelled<T>();
        DataSet<T> numbers = Samples.WithTargets<T>(-1, 1, outputs: 2);
        Matrix<T> targets = Matrix<T>.Build.Dense(
            2 + Samples.Classes,
            Samples.Count,
            (i, j) => i < 2 ? numbers.Targets[i, j] : classes.Targets[i - 2, j]);
        var inputs = Matrix<T>.Build.Dense(Samples.Features, Samples.Count, classes.Inputs.Values.ToArray());
        Func<Network<T>> build = () => Network.Create<T>(seed: 3).Input("a", 12).Input("b", 8)
            .Branches(Merge.Concatenation, a => a.From("a").Dense(9, new ReLU()), b => b.From("b").Dense(5))
            .Output("numbers", o => o.Dense(2)).Output("class", o => o.Dense(Samples.Classes)).Build();
        return Case(
            "several inputs and outputs",
            build,
            new DataSet<T>(inputs, targets).WithOutputWeights(Samples.Uniform<T>(2, Samples.Count, 7, 0, 2)),
            new LossPerOutput(
                build().Outputs,
                new OutputLoss("numbers", new MeanSquaredError()),
                new OutputLoss("class", new SoftmaxCrossEntropy(), weight: 0.3)),
            new Adam(0.01),
            Options<T>());
    }

    private static DigestCase<T> Embedded<T>(string name, IOptimizer optimizer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        DataSet<T> data = Samples.Labelled<T>(4);
        var inputs = Matrix<T>.Build.Dense(
            4, Samples.Count, (i, j) => T.CreateChecked(((i * 11) + (j * 7)) % Categories));
        var targets = Matrix<T>.Build.Dense(Samples.Classes, Samples.Count, data.Targets.Values.ToArray());
        var samples = new DataSet<T>(inputs, targets);
        return new(
            name,
            () => Network.Create<T>(4, seed: 3)
                .Branches(
                    Merge.Concatenation,
                    one => one.Slice(0, 2).Embeddings((Categories, 3), (Categories, 5)),
                    shared => shared.Slice(2, 2).Embedding(Categories, 4).Flatten())
                .Dense(9, new ReLU()).Dense(Samples.Classes).Build(),
            inputs,
            (network, team) => new Trainer<T>(
                network,
                new SoftmaxCrossEntropy(),
                optimizer,
                threads: team.Threads,
                workers: team.Workers).Fit(samples, Options<T>()));
    }
}
