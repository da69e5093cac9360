using System.Numerics;
using System.Reflection;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>A model in the folder Models that another program wrote, and what it predicts there.</summary>
internal sealed class ForeignModel
{
    private const string Folder = "NeuralNet.Onnx.Tests.Models.";

    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    private readonly Expectation _expectation;

    public ForeignModel(string name)
    {
        Name = name;
        using var bytes = new MemoryStream();
        using Stream model = Open(name + ".onnx");
        model.CopyTo(bytes);
        Bytes = bytes.ToArray();
        using Stream expectation = Open(name + ".json");
        _expectation = JsonSerializer.Deserialize<Expectation>(expectation, _options)!;
    }

    /// <summary>The names of all of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Where(name => name.EndsWith(".onnx", StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^".onnx".Length])
            .Order(StringComparer.Ordinal),
    ];

    public string Name { get; }

    public byte[] Bytes { get; }

    public Network<T> Load<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.LoadOnnx<T>(
            new MemoryStream(Bytes), new() { OutputNames = _expectation.Output is { } name ? [name] : [] });

    /// <summary>
    /// The largest difference between what the network loaded predicts and what the other program did.
    /// </summary>
    public double Difference<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TestData.Difference(Load<T>().Predict(Matrix<T>(_expectation.Inputs)), Matrix<T>(_expectation.Expected));

    private static Stream Open(string file) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + file)
        ?? throw new FileNotFoundException(file);

    private Matrix<T> Matrix<T>(double[] values)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        MathNet.Numerics.LinearAlgebra.Matrix<T>.Build.Dense(
            values.Length / _expectation.Samples, _expectation.Samples, [.. values.Select(T.CreateTruncating)]);

    private sealed record Expectation(int Samples, double[] Inputs, double[] Expected, string? Output);
}
