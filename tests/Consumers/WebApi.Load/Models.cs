using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;

namespace Consumers.Load;

/// <summary>The networks that come one after the other, a folder for the file, and what each predicts.</summary>
internal sealed class Models : IDisposable
{
    private const int InputSize = 64;
    private const int OutputSize = 10;
    private readonly Network<float>[] _networks =
    [
        .. Enumerable.Range(0, 4).Select(seed => Network.Create<float>(InputSize, seed)
            .Dense(4096, new ReLU()).Dense(OutputSize, new Softmax()).Build()),
    ];

    public Models()
    {
        var random = new Random(1);
        Inputs =
        [
            .. Enumerable.Range(0, 32).Select(
                _ => Enumerable.Range(0, InputSize).Select(_ => random.NextSingle()).ToArray()),
        ];
        Expected = [.. _networks.Select(network => Inputs.Select(input =>
        {
            float[] scores = new float[OutputSize];
            network.Predict(input, scores);
            return scores;
        }).ToArray())];
        Put(0);
        Iris.Save(IrisPath);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("neuralnet-load-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "digits.safetensors");

    public string IrisPath => System.IO.Path.Combine(Folder, "iris.safetensors");

    /// <summary>A pipeline: what is standardized, and has names of classes.</summary>
    public Pipeline<float> Iris { get; } = Pipeline.Create(
        Network.Create<float>(4, seed: 5).Dense(8, new Tanh()).Dense(3).Build(),
        inputs: new Standardization([5.8, 3.0, 3.8, 1.2], [0.8, 0.4, 1.8, 0.8]),
        labels: new LabelEncoder(["setosa", "versicolor", "virginica"]));

    public float[][] Inputs { get; }

    /// <summary>By seed and input.</summary>
    public float[][][] Expected { get; }

    public int Count => _networks.Length;

    public void Put(int seed) => _networks[seed].Save(Path);

    public void PutHalf(int seed)
    {
        using var stream = new MemoryStream();
        _networks[seed].Save(stream);
        File.WriteAllBytes(Path, stream.ToArray()[..(int)(stream.Length / 2)]);
    }

    public void PutNoise() => File.WriteAllBytes(Path, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 31))]);

    public void PutOtherShape() => Network.Create<float>(InputSize - 1, seed: 99).Dense(OutputSize).Build().Save(Path);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
