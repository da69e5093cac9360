using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;
using NeuralNet.Training;
using static NeuralNet.Extensibility.Tests.FirstHour.Mistake;

namespace NeuralNet.Extensibility.Tests.FirstHour;

/// <summary>Mistakes in training runs, and with files.</summary>
public sealed partial class BeginnerMistakeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("neuralnet-first-hour").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_learning_rate_far_too_high()
    {
        var numbers = new DataSet<float>(Features(), Features().SubMatrix(0, 1, 0, Samples));
        var trainer = new Trainer<float>(MakeNetwork(outputs: 1), new MeanSquaredError(), new Sgd(100));
        Says<TrainingDivergedException>(
            () => trainer.Fit(numbers, new() { Epochs = 50 }),
            "before the parameters were changed", "a learning rate that is too high");
    }

    [Fact]
    public void A_batch_size_of_0() => Says<ArgumentOutOfRangeException>(
        () => _ = new FitOptions<float> { BatchSize = 0 }, "BatchSize ('0') must be greater than or equal to '1'");

    [Fact]
    public void A_stream_that_was_read_to_its_end()
    {
        IEnumerator<Batch<float>> once = Enumerable.Repeat(
            new Batch<float>(Features(), OneHot.Encode<float>(Labels, 3)), 2).GetEnumerator();
        IEnumerable<Batch<float>> Rest()
        {
            while (once.MoveNext())
            {
                yield return once.Current;
            }
        }

        Says<InvalidOperationException>(
            () => MakeTrainer().Fit(BatchSource.From(_ => Rest())),
            "gave no batch in epoch 2", "must begin anew", "within the function that is given to BatchSource.From");
    }

    [Fact]
    public async Task Fit_called_while_Fit_is_under_way()
    {
        Trainer<float> trainer = MakeTrainer();
        var isReading = new TaskCompletionSource();
        using var mayEnd = new ManualResetEventSlim();
        IEnumerable<Batch<float>> Held()
        {
            isReading.TrySetResult();
            mayEnd.Wait();
            yield return new(Features(), OneHot.Encode<float>(Labels, 3));
        }

        Task first = Task.Factory.StartNew(
            () => trainer.Fit(BatchSource.From(_ => Held()), new() { Epochs = 1 }),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await Task.WhenAny(isReading.Task, first);
        try
        {
            Says<InvalidOperationException>(
                () => trainer.Fit(Classes()), "Fit is under way on another thread", "a network of its own");
        }
        finally
        {
            mayEnd.Set();
        }

        await first;
    }

    [Fact]
    public void A_folder_that_does_not_exist() => Says<DirectoryNotFoundException>(
        () => MakeNetwork().Save(Path.Combine(_folder, "models", "first.safetensors")),
        "models' of '", "does not exist", "Directory.CreateDirectory");

    [Fact]
    public void Parameters_of_another_network()
    {
        string path = Path.Combine(_folder, "network.safetensors");
        MakeNetwork().Save(path);
        Says<InvalidDataException>(
            () => MakeNetwork(features: 5).LoadParameters(path), "'dense1.weights' (F32, 16 × 4)", "is 16 × 5");
    }

    [Fact]
    public void A_pipeline_loaded_as_a_network()
    {
        string path = Path.Combine(_folder, "pipeline.safetensors");
        Pipeline.Create(MakeNetwork()).Save(path);
        Says<InvalidDataException>(() => Network.Load<float>(path), "it holds a pipeline", "Pipeline.Load");
    }

    [Theory]
    [InlineData("504B03040000080800000000", "a ZIP archive", "safetensors.torch.save_file", "LoadStateDict")]
    [InlineData("8002 8A0A 6CFC 9C46 F920 6AA8", "a Python pickle", "LoadStateDict", "save_file")]
    [InlineData("894844460D0A1A0A00000000", "an HDF5 file", "Keras", "OnnxImporter")]
    [InlineData("08 08 12 07 70 79 74 6F 72 63 68", "an ONNX model", "OnnxImporter", "no safetensors file")]
    [InlineData("1F8B08000000000000030000", "compressed by gzip", "unpack it", "GZipStream")]
    public void A_model_of_another_program(string start, params string[] words)
    {
        string path = Path.Combine(_folder, "model");
        File.WriteAllBytes(path, [.. Convert.FromHexString(start.Replace(" ", "")), .. new byte[40]]);
        Says<InvalidDataException>(() => Network.Load<float>(path), words);
    }

    [Fact]
    public void A_stream_that_stands_at_its_end()
    {
        var stream = new MemoryStream();
        MakeNetwork().Save(stream);
        Says<InvalidDataException>(() => Network.Load<float>(stream), "a stream at its end", "set its Position back");
    }
}
