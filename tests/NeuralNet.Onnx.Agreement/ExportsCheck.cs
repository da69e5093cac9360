using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.OnnxRuntime;

namespace NeuralNet.Onnx.Agreement;

/// <summary>
/// Runs models that <c>dotnet run --project tests/NeuralNet.Onnx.Tests -- models FOLDER</c> wrote, each with numbers
/// and what they should give.
/// </summary>
internal static class ExportsCheck
{
    private const double FloatTolerance = 1e-5;

    // Attributes such as a slope are floats, exact to 2⁻²⁴, and so is the error function of which GELU is made.
    private const double DoubleTolerance = 1e-6;

    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Checks all models of a folder.</summary>
    public static IEnumerable<Finding> Folder(string folder) => Directory
        .EnumerateFiles(folder, "*.onnx").Order(StringComparer.Ordinal).Select(Check);

    private static Finding Check(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        try
        {
            Case one = JsonSerializer.Deserialize<Case>(
                File.ReadAllText(Path.ChangeExtension(path, ".json")), _options)!;
            using var runtime = new RuntimeModel(File.ReadAllBytes(path));
            double tolerance = one.Type == "float64" ? DoubleTolerance : FloatTolerance;
            double worst = one.Batches.Max(batch => Difference(one, batch, runtime));
            return new(
                name, worst <= tolerance ? Verdict.Agrees : Verdict.Wrong, FormattableString.Invariant($"{worst:E1}"));
        }
        catch (OnnxRuntimeException exception)
        {
            return new(name, Verdict.Wrong, exception.Message);
        }
    }

    private static double Difference(Case one, Batch batch, RuntimeModel runtime)
    {
        var inputs = Parts(one.Inputs, batch.Samples, batch.Inputs).ToDictionary(
            part => part.Name, part => (part.Shape, part.Values));
        double worst = 0;
        foreach ((string name, int[] shape, double[] values) in Parts(one.Outputs, batch.Samples, batch.Expected))
        {
            double[] given = runtime.Run(inputs, name, out int[] found);
            if (!found.SequenceEqual(shape))
            {
                return double.PositiveInfinity;
            }

            worst = Math.Max(
                worst, Differences.Worst(values, given, value => Math.Max(1, Math.Abs(value))));
        }

        return batch.Labels is null || batch.Labels.SequenceEqual(runtime.RunTexts(inputs, "label"))
            ? worst
            : double.PositiveInfinity;
    }

    // The numbers of one input or output of all samples; a sample has them one behind the other.
    private static IEnumerable<(string Name, int[] Shape, double[] Values)> Parts(
        Value[] values, int samples, double[] numbers)
    {
        int row = numbers.Length / samples;
        int start = 0;
        foreach (Value value in values)
        {
            int size = value.Shape.Aggregate(1, (product, one) => product * one);
            int from = start;
            yield return (
                value.Name,
                [samples, .. value.Shape],
                [.. Enumerable.Range(0, samples).SelectMany(i => numbers.Skip((i * row) + from).Take(size))]);
            start += size;
        }
    }

    private sealed record Case(string Name, string Type, Value[] Inputs, Value[] Outputs, Batch[] Batches);

    private sealed record Batch(int Samples, double[] Inputs, double[] Expected, string[]? Labels);

    private sealed record Value(string Name, int[] Shape);
}
