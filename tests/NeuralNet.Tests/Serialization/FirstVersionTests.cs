using System.Text.Json.Nodes;
using NeuralNet.Activations;
using NeuralNet.Checkpoints;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Regularization;
using NeuralNet.Safetensors;
using NeuralNet.Schedules;
using NeuralNet.Serialization;
using NeuralNet.Tests.Activations;
using NeuralNet.Tests.Checkpoints;
using NeuralNet.Tests.Parity;
using NeuralNet.Training;

namespace NeuralNet.Tests.Serialization;

/// <summary>
/// Every kind of the library is written, letter by letter, as format version 1 has it: <c>kinds_v1.json</c> was written
/// once, by the first version, and is never to be written anew.
/// </summary>
public sealed class FirstVersionTests : IDisposable
{
    private static readonly KindTexts _expected = ReferenceFile.Read<KindTexts>("kinds_v1");

    private readonly string _folder = Directory.CreateTempSubdirectory("format-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Strategies_are_written_as_ever() =>
        Strategies.All.Where(entry =>
                entry.Role is not (KindRole.Augmentation or KindRole.Merge or KindRole.Calibration)
                && !IsLater(entry.Strategy)
                && !Catalogue.Functions.Contains(entry.Strategy))
            .Select(entry => $"{entry.Role} {new ModelKinds().Describe(entry.Strategy)}")
            .Should().Equal(_expected.Strategies);

    [Fact]
    public void Networks_are_written_as_ever() => Model(stream => Everything().Save(stream))
        .Should().Be(_expected.Network);

    [Fact]
    public void Pipelines_are_written_as_ever() => Model(stream => Pipe().Save(stream)).Should().Be(_expected.Pipeline);

    [Fact]
    public void The_settings_of_checkpoints_are_written_as_ever() =>
        Settings().Should().Equal(_expected.Checkpoint);

    private static bool IsLater(object strategy) => strategy is LossPerOutput or QuantileLoss or LossPerStep
        or MaskedLoss or SigmoidFocalLoss or SoftmaxFocalLoss or CategoricalCrossEntropy or DiceLoss
        or MeanSquaredLogarithmicError or MeanAbsolutePercentageLoss or GaussianNegativeLogLikelihood or TripletLoss
        or ContrastiveLoss
        or BinaryCrossEntropy { LabelSmoothing: > 0 } or SigmoidCrossEntropy { LabelSmoothing: > 0 }
        or UnitNorm or NonNegative or HardShrink or SoftShrink or TanhShrink
        or InverseSquareRootDecay or InverseTimeDecay or PiecewiseConstant or SequentialSchedule
        || strategy is IOptimizer { WeightDecay: > 0 } and not (AdamW or Lion);

    private static string Model(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        stream.Position = 0;
        return SafetensorsHeader.Read(stream, "test").Metadata[ModelDescription.MetadataKey];
    }

    private string[] Settings()
    {
        Trainer<float> trainer = ResumeTests.MakeTrainer<float>(new Adam(0.01), threads: 1);
        trainer.Fit(ResumeTests.Data<float>(), ResumeTests.Options<float>(2, [new Checkpointing<float>(_folder)]));
        using FileStream stream = File.OpenRead(CheckpointFolder.NewestFirst(_folder)[0]);
        var json = JsonNode.Parse(SafetensorsHeader.Read(stream, "test").Metadata[CheckpointNames.MetadataKey])!;
        return [json["trainer"]!["settings"]!.ToJsonString(), json["run"]!["settings"]!.ToJsonString()];
    }

    private static Network<float> Everything()
    {
        Network<float> network = Network.Create<float>(5, seed: 11)
            .Dense(
                6,
                new ELU(0.7),
                weightPenalty: new ElasticNetPenalty(1e-3, 1.0 / 3),
                weightConstraint: new MaxNorm(1.5))
            .BatchNormalization(0.3, 1e-3)
            .Activation(new HardTanh(-2, 0.5))
            .Dropout(0.2)
            .Residual(block => block
                .LayerNormalization(1e-4)
                .Residual(
                    inner =>
                        inner.Dense(9, new GELU(tanhApproximation: true), weightPenalty: new L1Penalty(0.01)).PReLU(0.1)
                            .Dense(6))
                .Dense(6, weightConstraint: new MaxNorm(3)))
            .PReLU(0.3, slopePerFeature: true)
            .Dense(3, new Softplus(2))
            .Build();
        ((Residual<float>)network.Layers[4]).Body.Children[0].Freeze();
        return network;
    }

    private static Pipeline<float> Pipe() => Pipeline.Create(
        Network.Create<float>(6, seed: 1).Dense(1, new Sigmoid()).Build(),
        new TransformSequence(
            new Imputation([0.5, -1.25, 3]),
            new ColumnTransform(
                3,
                new ColumnBlock([0], new Standardization([0.1], [3])),
                new ColumnBlock([2], new OneHotEncoding([[1.0 / 3, 1, 2, 5]], UnknownCategory.Zeros)),
                new ColumnBlock([1], new MinMaxScaling([-1], [2.5], -1)))),
        outputs: null,
        labels: new LabelEncoder(["no", "\u00e4\"\\yes"]),
        threshold: 0.3,
        columns: [new("x"), new("y"), new("z", new LabelEncoder(["a", "b", "c", "d"]))]);
}
