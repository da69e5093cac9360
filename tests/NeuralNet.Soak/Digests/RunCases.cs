using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Batches;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Schedules;
using NeuralNet.Training;
using static NeuralNet.Soak.Digests.CaseBuilder;

namespace NeuralNet.Soak.Digests;

/// <summary>What a run may have beside layers, a loss and an optimizer.</summary>
internal static class RunCases
{
    private const int InterruptedAfter = 24;

    public static IEnumerable<DigestCase<T>> All<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [
            Classifier<T>(
                "penalties, constraints, clipped, accumulated",
                layers => layers
                    .Dense(24, new ReLU(), weightPenalty: new L2Penalty(1e-2), weightConstraint: new MaxNorm(0.8))
                    .Dense(17, new ReLU(), weightPenalty: new L1Penalty(1e-2))
                    .Dense(9, new ReLU(), weightPenalty: new ElasticNetPenalty(1e-3, 1e-2)),
                new()
                {
                    Epochs = 3,
                    BatchSize = 16,
                    AccumulationSteps = 2,
                    GradientClipping = new ClipByGlobalNorm(0.5),
                    ClassWeights = [0.5, 2, 1.25, 1, 0.75],
                }),
            Classifier<T>("clipped by norm", Hidden, new() { Epochs = 3, GradientClipping = new ClipByNorm(0.1) }),
            Classifier<T>("clipped by value", Hidden, new() { Epochs = 3, GradientClipping = new ClipByValue(0.01) }),
            Classifier<T>(
                "schedule",
                Hidden,
                new() { Epochs = 3, BatchSize = 16, Schedule = new LinearWarmup(5, new CosineDecay()) }),
            Classifier<T>(
                "one cycle, in order",
                Hidden,
                new() { Epochs = 3, BatchSize = 16, Shuffle = false, Schedule = new OneCycle() }),
            Frozen<T>(),
            Augmented<T>(),
            Streamed<T>(),
            Large<T>(),
            Whole<T>(),
            Resumed<T>(),
        ];

    private static void Hidden<T>(NetworkBuilder<T> layers)
        where T : unmanaged, IFloatingPointIeee754<T> => layers.Dense(24, new ReLU());

    private static DigestCase<T> Frozen<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Case(
            "a frozen layer, sample weights",
            () =>
            {
                Network<T> network = Network.Create<T>(Samples.Features, seed: 3)
                    .Dense(24, new ReLU()).Dense(9, new ReLU()).Dense(Samples.Classes).Build();
                network.Layers[1].Freeze();
                return network;
            },
            Samples.Labelled<T>().WithWeights(Samples.Uniform<T>(1, Samples.Count, 7, 0.5, 2).ToColumnMajorArray()),
            new SoftmaxCrossEntropy(),
            new Adam(0.01),
            Options<T>());

    private static DigestCase<T> Augmented<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int side = 9;
        return Case(
            "augmented images",
            () => Network.Create<T>(side * side, seed: 3).Dense(24, new ReLU()).Dense(Samples.Classes).Build(),
            Samples.Labelled<T>(side * side),
            new SoftmaxCrossEntropy(),
            new Adam(0.01),
            new()
            {
                Epochs = 3,
                BatchSize = 16,
                Augmentation = new ImageAugmentation(side, side)
                {
                    MaxShift = 1.5,
                    MaxRotation = 10,
                    MaxScaling = 0.1,
                    ElasticStrength = 3,
                    ElasticSmoothness = 2,
                },
            });
    }

    private static DigestCase<T> Streamed<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IBatchSource<T> source = BatchSource.From(epoch => Enumerable.Range(0, 5).Select(batch => new Batch<T>(
            Samples.Uniform<T>(Samples.Features, 16, (100 * epoch) + batch),
            Samples.Uniform<T>(2, 16, (100 * epoch) + batch + 50))));
        return new(
            "a stream",
            () => Network.Create<T>(Samples.Features, seed: 3).Dense(24, new ReLU()).Dense(2).Build(),
            Probe<T>(Samples.Features),
            (network, team) => new Trainer<T>(
                network,
                new MeanSquaredError(),
                new Adam(0.01),
                threads: team.Threads,
                workers: team.Workers).Fit(source, new() { Epochs = 3 }));
    }

    /// <summary>So large that threads share the work.</summary>
    private static DigestCase<T> Large<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Case(
            "784-512-10",
            () => Network.Create<T>(784, seed: 3).Dense(512, new ReLU()).Dense(10).Build(),
            Samples.Labelled<T>(784, 320, 10),
            new SoftmaxCrossEntropy(),
            new Adam(),
            new() { Epochs = 1, BatchSize = 128 });

    private static DigestCase<T> Whole<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new("with callbacks", Everything<T>, Probe<T>(Samples.Features), (network, team) =>
            Long(network, team).Fit(Samples.Labelled<T>(), LongOptions<T>([])));

    /// <summary>The run with callbacks, interrupted within an epoch and resumed on another number of threads.</summary>
    private static DigestCase<T> Resumed<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new("with callbacks, resumed", Everything<T>, Probe<T>(Samples.Features), (network, team) =>
            team.WithFolder(folder =>
            {
                using var cancellation = new CancellationTokenSource();
                var checkpoints = new Checkpointing<T>(folder);
                Trainer<T> interrupted = Long(Everything<T>(), team);
                interrupted.Fit(
                    Samples.Labelled<T>(),
                    LongOptions([checkpoints, new Interruption<T>(InterruptedAfter, cancellation)]),
                    cancellation.Token);
                Trainer<T> resumed = Long(network, team with { Threads = 3 - team.Threads });
                if (resumed.Resume(folder) is null || resumed.StepCount != interrupted.StepCount)
                {
                    throw new InvalidOperationException("There is nothing to resume where the run was interrupted.");
                }

                return resumed.Fit(Samples.Labelled<T>(), LongOptions<T>([checkpoints]));
            }));

    private static Network<T> Everything<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(Samples.Features, seed: 3)
            .Dense(24, new ReLU(), weightPenalty: new L2Penalty(1e-4))
            .BatchNormalization()
            .Dropout(0.2)
            .Residual(block => block.LayerNormalization().Dense(17, new GELU()).Dropout(0.1).Dense(24))
            .PReLU()
            .Dense(Samples.Classes)
            .Build();

    private static Trainer<T> Long<T>(Network<T> network, Team team)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(network, new SoftmaxCrossEntropy(), new Adam(0.05), threads: team.Threads, workers: team.Workers);

    // At this rate the loss rises now and then, so that the plateau acts and training stops before its last epoch.
    private static FitOptions<T> LongOptions<T>(IReadOnlyList<ITrainingCallback<T>> further)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new()
        {
            Epochs = 40,
            BatchSize = 16,
            Validation = Samples.Labelled<T>(count: 33, seed: 6),
            Schedule = new CosineDecay(),
            Callbacks =
            [
                new EarlyStopping<T>(patience: 8, restoreBest: false),
                new ReduceOnPlateau<T>(0.5, patience: 2),
                .. further,
            ],
        };
}
