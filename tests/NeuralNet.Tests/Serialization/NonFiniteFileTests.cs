using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.PyTorch;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Serialization;

/// <summary>A network whose parameters are not finite predicts nothing: no file brings one unasked.</summary>
public sealed class NonFiniteFileTests
{
    /// <summary>A parameter, running statistics included, the place in it, and how a message names both.</summary>
    public static TheoryData<string, int, float, string> Bad { get; } = new()
    {
        { "dense1.weights", 9, float.NaN, "dense1.weights (4 × 3) is NaN in row 1, column 2" },
        { "dense1.biases", 3, float.PositiveInfinity, "dense1.biases (4) is Infinity in row 3, column 0" },
        {
            "batchNormalization1.runningMean", 0, float.NaN,
            "batchNormalization1.runningMean (4) is NaN in row 0, column 0"
        },
        {
            "batchNormalization1.runningVariance", 1, float.NegativeInfinity,
            "batchNormalization1.runningVariance (4) is -Infinity in row 1, column 0"
        },
        { "dense2.weights", 0, float.NaN, "dense2.weights (2 × 4) is NaN in row 0, column 0" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Every_format_refuses_it_by_name_unless_asked(string parameter, int at, float value, string place)
    {
        Network<float> diverged = Make();
        diverged.Parameter(parameter).Values[at] = value;
        diverged.FindNonFinite()!.ToString().Should().Be(place);
        Make().FindNonFinite().Should().BeNull();

        byte[] model = Bytes(stream => diverged.Save(stream));
        byte[] pipeline = Bytes(
            stream => Pipeline.Create(diverged, labels: new LabelEncoder(["a", "b"])).Save(stream));
        byte[] parameters = Bytes(diverged.SaveParameters);
        byte[] stateDict = Bytes(stream => diverged.SaveStateDict(stream));
        Network<float> kept = Make();
        kept.Parameters[0].Values[0] = 42;
        float[] before = [.. kept.Parameters.SelectMany(p => p.Values.ToArray())];
        Action[] loads =
        [
            () => Network.Load<float>(new MemoryStream(model)),
            () => Network.Load<double>(new MemoryStream(model)),
            () => Pipeline.Load<float>(new MemoryStream(pipeline)),
            () => Pipeline.Load<float>(new MemoryStream(model)),
            () => kept.LoadParameters(new MemoryStream(parameters)),
            () => kept.LoadParameters(new MemoryStream(model)),
            () => kept.LoadStateDict(new MemoryStream(stateDict), Names),
        ];
        foreach (Action load in loads)
        {
            load.Should().Throw<InvalidDataException>().WithMessage($"*'stream'*{place}*allowNonFinite*");
        }

        kept.Parameters.SelectMany(p => p.Values.ToArray()).Should().Equal(before);

        float Element(Network<float> network) => network.Parameter(parameter).Values[at];
        Element(Network.Load<float>(new MemoryStream(model), allowNonFinite: true)).Should().Be(value);
        Element(Pipeline.Load<float>(new MemoryStream(pipeline), allowNonFinite: true).Network).Should().Be(value);
        kept.LoadParameters(new MemoryStream(parameters), allowNonFinite: true);
        Element(kept).Should().Be(value);
        Network<float> other = Make();
        other.LoadStateDict(new MemoryStream(stateDict), Names, allowNonFinite: true);
        Element(other).Should().Be(value);
    }

    [Fact]
    public void What_is_beyond_float_is_refused_with_the_way_on()
    {
        Network<double> large = Network.Create<double>(1, seed: 1).Dense(1).Build();
        large.Parameters[0].Values[0] = 1e39;
        byte[] file = Bytes(stream => large.Save(stream));
        FluentActions.Invoking(() => Network.Load<float>(new MemoryStream(file)))
            .Should().Throw<InvalidDataException>().WithMessage("*Infinity*load it as double*");
        Network.Load<double>(new MemoryStream(file)).Parameters[0].Values[0].Should().Be(1e39);
    }

    [Fact]
    public void A_checkpoint_of_a_training_that_diverged_is_passed_over_and_frozen_parameters_are_not_asked()
    {
        string folder = Directory.CreateTempSubdirectory("neuralnet-diverged-").FullName;
        try
        {
            Trainer<float> trainer = MakeTrainer();
            var data = new DataSet<float>(
                Matrix<float>.Build.Random(3, 8, 1), Matrix<float>.Build.Random(2, 8, 2));
            trainer.Fit(
                data, new() { Epochs = 2, Callbacks = [new Checkpointing<float>(folder), new Diverging()] });
            IReadOnlyList<string> files = CheckpointFolder.NewestFirst(folder);
            float[] whole = Load(files[1]);

            Trainer<float> resumed = MakeTrainer();
            resumed.Invoking(t => t.StartFrom(files[0]))
                .Should().Throw<InvalidDataException>().WithMessage("*diverged*dense1.weights (4 × 3) is NaN*");
            resumed.Resume(folder).Should().Be(files[1]);
            resumed.Network.Parameters.SelectMany(p => p.Values.ToArray()).Should().Equal(whole);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        float[] Load(string path)
        {
            Network<float> network = Make();
            network.LoadParameters(path);
            return [.. network.Parameters.SelectMany(p => p.Values.ToArray())];
        }
    }

    private static Dictionary<string, string> Names { get; } =
        new() { ["dense1"] = "dense1", ["batchNormalization1"] = "batchNormalization1", ["dense2"] = "dense2" };

    private static Network<float> Make() =>
        Network.Create<float>(3, seed: 1).Dense(4, new ReLU()).BatchNormalization().Dense(2).Build();

    private static Trainer<float> MakeTrainer() => new(Make(), new MeanSquaredError(), new Sgd(0.01));

    private static byte[] Bytes(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }

    /// <summary>Makes a parameter overflow in the second epoch, as the last step before a checkpoint may.</summary>
    private sealed class Diverging : ITrainingCallback<float>
    {
        public void OnEpochEnd(TrainingContext<float> context, EpochResult result)
        {
            if (context.Epoch == 2)
            {
                context.Network.Parameters[0].Values[1] = float.NaN;
            }
        }
    }
}
