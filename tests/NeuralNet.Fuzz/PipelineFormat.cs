using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;

namespace NeuralNet.Fuzz;

/// <summary>Pipelines: a network, the transforms fitted to its data, and the names of its classes.</summary>
internal sealed class PipelineFormat : IFuzzFormat
{
    private const int LargestPredicted = 1000;

    private static readonly string[] _values =
    [
        "\"Standardization\"", "\"MinMaxScaling\"", "\"Imputation\"", "\"OneHotEncoding\"", "\"ColumnTransform\"",
        "\"TransformSequence\"", "\"CyclicEncoding\"", "\"MissingIndicator\"",
        "{\"kind\":\"Standardization\",\"means\":[0,1],\"deviations\":[1,1]}",
        "{\"kind\":\"Standardization\",\"means\":[0],\"deviations\":[0]}",
        "{\"kind\":\"MinMaxScaling\",\"minimums\":[0],\"maximums\":[1e308],\"lower\":-1e308,\"upper\":1e308}",
        "{\"kind\":\"Imputation\",\"replacements\":[1,2]}", "{\"kind\":\"TransformSequence\",\"steps\":[]}",
        "{\"kind\":\"OneHotEncoding\",\"counts\":[2147483647,2],\"categories\":[0,1],\"unknownIsZeros\":true}",
        "{\"kind\":\"CyclicEncoding\",\"periods\":[24,0]}", "{\"kind\":\"CyclicEncoding\",\"periods\":[1e308,5e-324]}",
        "{\"kind\":\"MissingIndicator\",\"inputSize\":2147483647}",
        "{\"kind\":\"ColumnTransform\",\"inputSize\":2147483647,\"counts\":[1],\"columns\":[0],"
            + "\"transformed\":[],\"transforms\":[]}",
        "[0,0,1,1]", "[9223372036854775807]", "[\"a\",\"a\"]", "[\"a\",\"b\"]", "[]",
    ];

    private readonly byte[][] _files =
    [
        Save(
            Pipeline.Create(
                Network.Create<float>(3, seed: 1).Dense(4, new ReLU()).Dense(2).Build(),
                new Standardization([1, 2, 3], [1, 0.5, 2]))),
        Save(Pipeline.Create(
            Network.Create<float>(6, seed: 2).Dense(3, new Softmax()).Build(),
            Columns(),
            labels: new LabelEncoder(["ant", "bee", "c\u00e9dille"]))),
        Save(Pipeline.Create(
            Network.Create<double>(6, seed: 3).Dense(2).Build(),
            Columns(),
            new MinMaxScaling([0, -5], [1, 5], lower: -1, upper: 1))),
        Save(
            Pipeline.Create(
                Network.Create<float>(2, seed: 4).Dense(1, new Sigmoid()).Build(),
                labels: new LabelEncoder(["no", "yes"]))),
        Save(Pipeline.Create(
            Network.Create<float>(3, seed: 5).Dense(1).Build(),
            labels: new LabelEncoder(["no", "yes"]),
            threshold: 0.3,
            columns: [new("age"), new("payment", new LabelEncoder(["card", "c\u00e9dille", ""])), new("")])),
    ];

    public string Name => "pipeline";

    public byte[] Make(Random random)
    {
        byte[] file = _files[random.Next(_files.Length)];
        return random.Next(200) == 0 ? file : SafetensorsMutation.Mutate(file, random, "neuralnet.model", _values);
    }

    public void Read(byte[] file, string name, Random random)
    {
        using Stream stream = random.Next(2) == 0 ? new MemoryStream(file, writable: false) : new OneWayStream(file);
        if (random.Next(4) == 0)
        {
            Check(Pipeline.Load<double>(stream, name: name));
        }
        else
        {
            Check(Pipeline.Load<float>(stream, name: name));
        }
    }

    // As with models; a reading, a writing, a reading and a writing once more.
    public long AllocationLimit(int length) => 1_000_000 + (100L * length);

    /// <summary>Requires that the accepted pipeline predicts, and is saved and loaded to the same bytes.</summary>
    private static void Check<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (pipeline.Network.FindNonFinite() is { } element)
        {
            throw new InvalidOperationException($"A pipeline was loaded that predicts nothing: {element}.");
        }

        byte[] saved = Save(pipeline);
        if (!Save(Pipeline.Load<T>(new MemoryStream(saved))).AsSpan().SequenceEqual(saved))
        {
            throw new InvalidOperationException("A pipeline that was loaded does not come back to the same bytes.");
        }

        if (pipeline.InputSize >= LargestPredicted
            || pipeline.Network.InputSize >= LargestPredicted
            || pipeline.Network.Layers.Count >= LargestPredicted)
        {
            return;
        }

        try
        {
            T[] outputs = new T[pipeline.OutputSize];
            pipeline.Predict(new T[pipeline.InputSize], outputs);
            if (pipeline.Labels is not null && !outputs.Any(T.IsNaN))
            {
                pipeline.PredictLabel<T>(new T[pipeline.InputSize]);
            }
        }
        catch (ArgumentException exception) when (
            exception.ParamName == "input" && exception.Message.Contains("categor", StringComparison.Ordinal))
        {
            // A one-hot encoding that does not know 0 and must refuse it.
        }
    }

    private static ColumnTransform Columns() => new(
        4,
        new ColumnBlock([0, 2], new TransformSequence(new Imputation([0.5, 1.5]), new Standardization([0, 1], [1, 3]))),
        new ColumnBlock([1], new OneHotEncoding([[0, 1, 7]])),
        new ColumnBlock([3]));

    private static byte[] Save<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        pipeline.Save(stream);
        return stream.ToArray();
    }
}
