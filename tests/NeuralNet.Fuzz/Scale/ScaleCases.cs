using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Serialization;
using NeuralNet.Tables;
using NeuralNet.Training;

namespace NeuralNet.Fuzz.Scale;

/// <summary>Files in which there is far too much of one thing, for every reader but that of ONNX.</summary>
internal static class ScaleCases
{
    private const string Layers = """[{"kind":"dense","outputSize":1,"activation":{"kind":"Identity"}}]""";
    private const string Weights =
        "\"dense1.biases\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
        + "\"dense1.weights\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}";

    public static IReadOnlyList<ScaleCase> All { get; } =
    [
        Header("dimensions", "\"a\":{\"dtype\":\"F32\",\"shape\":[", _ => "1", "],\"data_offsets\":[0,0]}"),
        Header("offsets", "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[", _ => "0", "]}"),
        Header("tensors", "", i => $"\"{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", ""),
        Header("texts", "\"__metadata__\":{", i => $"\"{i}\":\"\"", "}"),
        Header("text", "\"__metadata__\":{\"a\":\"", _ => "a", "\"}", ""),
        Header("escapes", "\"__metadata__\":{\"neuralnet.model\":\"", _ => "\\u0000", "\"}", ""),
        Header("unknown members", "\"a\":{", i => $"\"{i}\":0", "}"),
        Header("unknown values", "\"a\":{\"x\":[", _ => "0", "]}"),
        Header("a long name", "\"", _ => "a", "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}", ""),
        Header("a long type", "\"a\":{\"dtype\":\"", _ => "F", "\",\"shape\":[0],\"data_offsets\":[0,0]}", ""),
        Model("frozen names", Layers, "\"frozen\":[", _ => "\"\"", "]"),
        Model("frozen names of one layer", Layers, "\"frozen\":[", _ => "\"dense1.biases\"", "]"),
        Model("members", Layers, "\"frozen\":[],", i => $"\"{i}\":0", ""),
        Model("values", Layers, "\"frozen\":[],\"x\":[", _ => "0", "]"),
        Model("nested values", Layers, "\"frozen\":[],\"x\":[", _ => "[[[[]]]]", "]"),
        Model("layers", null, "\"layers\":[", _ => "{\"kind\":\"activation\",\"activation\":{\"kind\":\"ReLU\"}}", "]"),
        Model("empty layers", null, "\"layers\":[", _ => "{}", "]"),
        Model("blocks", null, "\"layers\":[", _ => "{\"kind\":\"residual\",\"layers\":[]}", "]"),
        Model(
            "branches",
            null,
            "\"layers\":[{\"kind\":\"branches\",\"merge\":{\"kind\":\"Concatenation\"},\"branches\":[",
            _ => "{\"kind\":\"sequence\",\"layers\":[]}",
            "]}]"),
        Model("sides of a shape", Layers, "\"frozen\":[],\"inputShape\":[", _ => "1", "]"),
        Model("a long kind", null, "\"layers\":[{\"kind\":\"", _ => "a", "\"}]", ""),
        Pipe("labels", "\"labels\":[", i => $"\"{Short(i)}\"", "]"),
        Pipe("one label", "\"labels\":[", _ => "\"\"", "]"),
        Pipe("a long label", "\"labels\":[\"", _ => "a", "\"]", ""),
        Pipe("columns", "\"columns\":[", i => $"\"{Short(i)}\"", "],\"categoryCounts\":[],\"categories\":[]"),
        Pipe("counts of categories", "\"columns\":[\"a\"],\"categoryCounts\":[", _ => "0", "],\"categories\":[]"),
        new(
            "pipeline: categories",
            length => File(Pipeline(Repeat(
                length,
                "\"columns\":[\"a\"],\"categoryCounts\":[1],\"categories\":[",
                i => $"\"{Short(i)}\"", "]", ","))),
            LoadPipeline),
        Pipe("means", "\"inputs\":{\"kind\":\"Standardization\",\"means\":[", _ => "0", "],\"deviations\":[1]}"),
        Pipe("minimums", "\"inputs\":{\"kind\":\"MinMaxScaling\",\"minimums\":[", _ => "0", "],\"maximums\":[1]}"),
        Pipe(
            "one-hot counts",
            "\"inputs\":{\"kind\":\"OneHotEncoding\",\"unknownIsZeros\":true,\"categories\":[0],\"counts\":[",
            _ => "1", "]}"),
        Pipe(
            "one-hot categories",
            "\"inputs\":{\"kind\":\"OneHotEncoding\",\"unknownIsZeros\":true,\"counts\":[1],\"categories\":[",
            _ => "0", "]}"),
        Pipe(
            "columns of a transform",
            "\"inputs\":{\"kind\":\"ColumnTransform\",\"inputSize\":1,\"counts\":[1],\"transformed\":[],"
                + "\"transforms\":[],\"columns\":[",
            _ => "0", "]}"),
        Pipe(
            "steps",
            "\"inputs\":{\"kind\":\"TransformSequence\",\"steps\":[",
            _ => "{\"kind\":\"Imputation\",\"replacements\":[0]}", "]}"),
        Pipe(
            "empty steps",
            "\"inputs\":{\"kind\":\"TransformSequence\",\"steps\":[",
            _ => "{\"kind\":\"TransformSequence\",\"steps\":[]}", "]}"),
        Checkpoint("members", "", i => $"\"{i}\":0", ""),
        Checkpoint("values", "\"x\":[", _ => "0", "]"),
        Checkpoint("settings", "\"format\":2,\"trainer\":{\"settings\":{", i => $"\"{i}\":\"\"", "}}"),
        new("idx: bytes", MakeIdx, ReadIdx),
        new("idx: compressed zeros", MakeCompressedIdx, ReadIdx),
        Csv("numbers", "a,b\n", _ => "1,2", "\n"),
        Csv("columns", "", _ => "a", ","),
        Csv("empty fields", "", _ => "", ","),
        Csv("rows", "a\n", _ => "1", "\n"),
        Csv("labels", "a,b\n", i => $"{Short(i)},x", "\n"),
        Csv("a long field", "a,b\n1,", _ => "x", ""),
        Csv("a quoted field", "a,b\n1,\"", _ => "\"\"", ""),
        Csv("numbers with a unit", "a,b\n", i => $"{i} kg,1", "\n"),
    ];

    /// <summary>A text of few characters, another for each number.</summary>
    private static string Short(int number)
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var text = new StringBuilder();
        for (int rest = number; rest > 0 || text.Length == 0; rest /= Digits.Length)
        {
            text.Append(Digits[rest % Digits.Length]);
        }

        return text.ToString();
    }

    private static string Repeat(int length, string start, Func<int, string> element, string end, string separator)
    {
        var text = new StringBuilder(start, length + 100);
        for (int i = 0; text.Length < length; i++)
        {
            if (i > 0)
            {
                text.Append(separator);
            }

            text.Append(element(i));
        }

        return text.Append(end).ToString();
    }

    private static ScaleCase Header(
        string name, string start, Func<int, string> element, string end, string separator = ",") => new(
        "header: " + name,
        length => File("{" + Repeat(length, start, element, end, separator) + "}"),
        file => Network.Load<float>(new MemoryStream(file, writable: false)));

    private static ScaleCase Model(
        string name, string? layers, string start, Func<int, string> element, string end, string separator = ",") =>
        new(
            "model: " + name,
            length => File(Metadata(
                "neuralnet.model",
                "{\"version\":1,\"seed\":1,\"inputSize\":1,"
                + (layers is null ? "\"frozen\":[]," : $"\"layers\":{layers},")
                + Repeat(length, start, element, end, separator) + "}")),
            file => Network.Load<float>(new MemoryStream(file, writable: false)));

    private static ScaleCase Pipe(
        string name, string start, Func<int, string> element, string end, string separator = ",") => new(
        "pipeline: " + name,
        length => File(Pipeline(Repeat(length, start, element, end, separator))),
        LoadPipeline);

    private static ScaleCase Checkpoint(string name, string start, Func<int, string> element, string end) => new(
        "checkpoint: " + name,
        length => File(Metadata("neuralnet.checkpoint", "{" + Repeat(length, start, element, end, ",") + "}")),
        file => CheckpointFile.Read(
            new MemoryStream(file, writable: false),
            "file",
            new Trainer<float>(
                Network.Create<float>(1, seed: 1).Dense(1).Build(), new MeanSquaredError(), new Adam(), 1, threads: 1)
                .State,
            isNewRun: false));

    private static ScaleCase Csv(string name, string start, Func<int, string> element, string separator) => new(
        "csv: " + name,
        length => Encoding.UTF8.GetBytes(Repeat(length, start, element, "", separator)),
        file => Table.Read(new MemoryStream(file, writable: false)));

    private static void LoadPipeline(byte[] file) =>
        Pipelines.Pipeline.Load<float>(new MemoryStream(file, writable: false));

    private static string Pipeline(string members) => Metadata(
        "neuralnet.model",
        "{\"version\":1,\"seed\":1,\"inputSize\":1,\"frozen\":[],\"layers\":" + Layers + ",\"pipeline\":true,"
        + members + "}");

    private static string Metadata(string key, string json) =>
        "{\"__metadata__\":{\"" + key + "\":\"" + JsonEncodedText.Encode(
            json, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"}," + Weights + "}";

    private static byte[] File(string header)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + 8];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    private static byte[] MakeIdx(int length)
    {
        byte[] file = new byte[length];
        file[2] = 8;
        file[3] = 1;
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), length - 8);
        return file;
    }

    private static byte[] MakeCompressedIdx(int length)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            // A thousand times as much comes out.
            byte[] zeros = MakeIdx(1_000_000);
            BinaryPrimitives.WriteInt32BigEndian(zeros.AsSpan(4), (int)Math.Min(Array.MaxLength, length * 1000L) - 8);
            for (int written = 0; written < length; written += 1000)
            {
                gzip.Write(zeros);
                zeros.AsSpan(0, 8).Clear();
            }
        }

        return compressed.ToArray();
    }

    private static void ReadIdx(byte[] file) => IdxReader.Read(new MemoryStream(file, writable: false));
}
