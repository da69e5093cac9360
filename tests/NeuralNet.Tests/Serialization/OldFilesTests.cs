using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.PyTorch;
using NeuralNet.Regularization;
using NeuralNet.Schedules;
using NeuralNet.Serialization;
using NeuralNet.Soak.Digests;
using NeuralNet.Training;

namespace NeuralNet.Tests.Serialization;

/// <summary>Files of format version 1 are read, and the same bits are computed from them as by their version.</summary>
public sealed class OldFilesTests : IDisposable
{
    private const int Features = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("old-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_in_float() => AssertModel<float>("model-float");

    [Fact]
    public void A_model_in_double() => AssertModel<double>("model-double");

    [Fact]
    public void Parameters_in_float() =>
        AssertFilled<float>("parameters-float", EveryKind<float>(), (network, file) => network.LoadParameters(file));

    [Fact]
    public void Parameters_in_double() =>
        AssertFilled<double>("parameters-double", EveryKind<double>(), (network, file) => network.LoadParameters(file));

    [Fact]
    public void A_state_dict_in_float() =>
        AssertFilled<float>("state-dict-float", Sequential<float>(), (network, file) => network.LoadStateDict(file));

    [Fact]
    public void A_state_dict_in_double() =>
        AssertFilled<double>("state-dict-double", Sequential<double>(), (network, file) => network.LoadStateDict(file));

    [Fact]
    public void A_pipeline_with_labels_in_float() => AssertBinary<float>("pipeline-binary-float");

    [Fact]
    public void A_pipeline_with_labels_in_double() => AssertBinary<double>("pipeline-binary-double");

    [Fact]
    public void A_pipeline_with_outputs_in_float() => AssertRegression<float>("pipeline-regression-float");

    [Fact]
    public void A_pipeline_with_outputs_in_double() => AssertRegression<double>("pipeline-regression-double");

    // The run validates on the samples it trains on, whose loss falls to the end: its end is that of the steps resumed.
    [Fact]
    public void A_checkpoint_in_float() => AssertResumes<float>("checkpoint-float", validationSeed: 1);

    [Fact]
    public void A_checkpoint_in_double() => AssertResumes<double>("checkpoint-double", validationSeed: 1);

    // The run validates on other samples and is stopped early: its end are the best parameters, which the file holds.
    [Fact]
    public void A_checkpoint_with_the_best_parameters_in_float() =>
        AssertResumes<float>("checkpoint-best-float", validationSeed: 3);

    [Fact]
    public void A_checkpoint_with_the_best_parameters_in_double() =>
        AssertResumes<double>("checkpoint-best-double", validationSeed: 3);

    private static void AssertModel<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var file = new OldFile(name);
        Network<T> network = Network.Load<T>(file.Open());
        file.ShouldHoldTheParametersOf(network);
        file.ShouldPredict(network.Predict(file.Inputs<T>(Features)));
        network.Parameters.Where(parameter => parameter.IsFrozen).Select(parameter => parameter.Name)
            .Should().Equal("dense2.biases");
        network.Seed.Should().Be(9);

        // All settings, those included of which predictions tell nothing: rates, penalties and constraints.
        network.Parameter("dense2.biases").IsFrozen = false;
        Saved(network).Should().Equal(Saved(Filled(EveryKind<T>(), network)));
    }

    private static void AssertFilled<T>(string name, Network<T> network, Action<Network<T>, Stream> load)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var file = new OldFile(name);
        load(network, file.Open());
        file.ShouldHoldTheParametersOf(network);
        file.ShouldPredict(network.Predict(file.Inputs<T>(Features)));
    }

    private static void AssertBinary<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var file = new OldFile(name);
        Pipeline<T> pipeline = Pipeline.Load<T>(file.Open());
        Matrix<T> inputs = file.Inputs<T>(3);
        file.ShouldHoldTheParametersOf(pipeline.Network);
        file.ShouldPredict(pipeline.Predict(inputs));
        pipeline.PredictLabels(inputs).Should().Equal(file.Labels).And.Contain("no").And.Contain("yes");
        pipeline.Labels!.Labels.Should().Equal("no", "yes");
        pipeline.Threshold.Should().Be(0.1 + 0.2);
        pipeline.Columns!.Select(column => column.Name).Should().Equal("age", "payment", "distance");
        pipeline.Columns![0].Categories.Should().BeNull();
        pipeline.Columns[1].Categories!.Labels.Should().Equal("card", "cash", "bär \"1\"");
        pipeline.Columns[2].Categories.Should().BeNull();
    }

    private static void AssertRegression<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var file = new OldFile(name);
        Pipeline<T> pipeline = Pipeline.Load<T>(file.Open());
        file.ShouldHoldTheParametersOf(pipeline.Network);
        file.ShouldPredict(pipeline.Predict(file.Inputs<T>(3)));
        pipeline.Labels.Should().BeNull();
        pipeline.Columns.Should().BeNull();
    }

    private void AssertResumes<T>(string name, int validationSeed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var file = new OldFile(name);
        var loss = new SoftmaxCrossEntropy(labelSmoothing: 0.1);
        var trainer = new Trainer<T>(EveryKind<T>(), loss, new Adam(0.05), threads: 1);
        trainer.ResumeFrom(file.CopyTo(_folder));
        trainer.StepCount.Should().Be(file.Steps).And.BePositive();
        TrainingHistory history = trainer.Fit(Data<T>(1), new()
        {
            Epochs = 30,
            BatchSize = 10,
            Validation = Data<T>(validationSeed),
            Schedule = new CosineDecay(),
            GradientClipping = new ClipByGlobalNorm(1),
            Callbacks = [new EarlyStopping<T>(patience: 4), new ReduceOnPlateau<T>(0.7, patience: 2)],
        });
        trainer.StepCount.Should().BeGreaterThan(file.Steps);
        if (file.End is { } end)
        {
            TrainingDigest.Of(trainer.Network, trainer.Network.Predict(file.Inputs<T>(Features)), history)
                .Should().Be(file.EndDigest);
            history.Epochs.Should().HaveCount(end["epochs"]!.GetValue<int>());
            history.StopReason.Should().Be(end["stopReason"]?.GetValue<string>());
        }
    }

    private static Network<T> EveryKind<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(Features, seed: 9)
            .Dense(8, new GELU(), weightPenalty: new L2Penalty(1e-4), weightConstraint: new MaxNorm(3))
            .BatchNormalization(momentum: 0.2, epsilon: 1e-4)
            .Activation(new LeakyReLU(0.05))
            .Residual(outer => outer
                .LayerNormalization(epsilon: 1e-6)
                .Dense(7, weightPenalty: new ElasticNetPenalty(1e-5, 1e-5))
                .PReLU()
                .Residual(inner => inner.Dense(7, new Sigmoid(), weightPenalty: new L1Penalty(1e-4)).Dropout(0.1))
                .Dense(8))
            .Dropout(0.25)
            .PReLU(0.1, slopePerFeature: true)
            .Dense(3)
            .Build();

    private static Network<T> Sequential<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(Features, seed: 2)
            .Dense(8).BatchNormalization().Activation(new ReLU()).Dropout(0.25).Dense(3).Build();

    private static DataSet<T> Data<T>(int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return DataSet.FromLabels(
            Matrix<T>.Build.Dense(Features, 45, (_, _) => T.CreateChecked((2 * random.NextDouble()) - 1)),
            Enumerable.Range(0, 45).Select(j => j * 7 % 3).ToArray(),
            3);
    }

    private static Network<T> Filled<T>(Network<T> network, Network<T> from)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach ((Parameter<T> to, Parameter<T> source) in network.Parameters.Zip(from.Parameters))
        {
            source.Values.CopyTo(to.Values);
        }

        return network;
    }

    private static byte[] Saved<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        network.Save(stream);
        return stream.ToArray();
    }
}
