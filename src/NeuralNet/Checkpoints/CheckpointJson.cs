using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using NeuralNet.Evaluation;
using NeuralNet.Guards;
using NeuralNet.Training;

namespace NeuralNet.Checkpoints;

/// <summary>
/// Reads and writes the parts of a checkpoint that are JSON. Every number comes back exactly; NaN and infinities are
/// texts.
/// </summary>
internal static class CheckpointJson
{
    private const int LongestReason = 1000;

    public static JsonObject Write(IEnumerable<KeyValuePair<string, string>> texts) =>
        new(texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)JsonValue.Create(text.Value))));

    public static SortedDictionary<string, string> ReadTexts(JsonNode json)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, JsonNode? value) in json.AsObject())
        {
            texts.Add(key, value!.GetValue<string>());
        }

        return texts;
    }

    /// <summary>Reads a counter, and refuses one that no run can reach.</summary>
    public static int ReadCount(JsonNode? json) =>
        json!.GetValue<int>() is var count && count is >= 0 and <= int.MaxValue / 2
            ? count
            : throw new FormatException($"a counter is {count}");

    /// <summary>Reads a counter of steps or samples, and refuses one that no run can reach.</summary>
    public static long ReadLongCount(JsonNode? json) =>
        json!.GetValue<long>() is var count && count is >= 0 and <= long.MaxValue / 2
            ? count
            : throw new FormatException($"a counter is {count}");

    public static JsonObject Write<T>(RunState<T> run)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new()
        {
            ["settings"] = Write(run.Settings),
            ["epoch"] = run.Position.Epoch,
            ["isWithinEpoch"] = run.Position.IsWithinEpoch,
            ["batch"] = run.Position.Batch,
            ["samples"] = run.Position.Samples,
            ["lossSum"] = Number(run.Position.LossSum),
            ["learningRate"] = Number(run.Position.LearningRate),
            ["steps"] = run.Position.Steps,
            ["epochTicks"] = run.Position.EpochElapsed?.Ticks,
            ["ticks"] = run.Position.Elapsed.Ticks,
            ["stopReason"] = run.StopReason,
            ["stoppedBy"] = run.StoppedBy,
            ["results"] = new JsonArray([.. run.Position.Results.Select(Write)]),
            ["callbacks"] = new JsonArray([.. run.Callbacks.Select(callback => new JsonObject
            {
                ["key"] = callback.Key,
                ["numbers"] = Numbers(callback.Value.Numbers),
            })]),
        };

    public static RunState<T> ReadRun<T>(JsonNode json)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(
            ReadTexts(json["settings"]!),
            new(
                ReadCount(json["epoch"]),
                json["isWithinEpoch"]!.GetValue<bool>(),
                ReadCount(json["batch"]),
                ReadLongCount(json["samples"]),
                ReadNumber(json["lossSum"]!),
                ReadRate(json["learningRate"]!),
                ReadLongCount(json["steps"]),
                [.. json["results"]!.AsArray().Select(result => ReadResult(result!))])
            {
                EpochElapsed = ReadTime(json["epochTicks"]),
                Elapsed = ReadTime(json["ticks"]) ?? TimeSpan.Zero,
            },
            Member(json, "stopReason") is not { } reason ? null
                : ReadShown(reason) is { } text && !string.IsNullOrWhiteSpace(text) ? text
                : throw new FormatException("a reason to stop is empty"),
            [.. json["callbacks"]!.AsArray().Select(callback => KeyValuePair.Create(
                callback!["key"]!.GetValue<string>(), ReadState<T>(callback["numbers"]!)))])
        {
            StoppedBy = ReadShown(json["stoppedBy"]),
        };

    /// <summary>Reads a text that logs show: in one line, shortened, without what a terminal would act on.</summary>
    private static string? ReadShown(JsonNode? json) =>
        json is null ? null : MessageText.Shortened(json.GetValue<string>().ReplaceLineEndings(" "), LongestReason);

    // Null in files of before it was written. At most a million days, so that times can be added to it.
    private static TimeSpan? ReadTime(JsonNode? json) =>
        json is null
            ? null
            : TimeSpan.FromTicks(
                Math.Min(ReadLongCount(json), 1_000_000 * TimeSpan.TicksPerDay));

    private static CallbackState<T> ReadState<T>(JsonNode numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var state = new CallbackState<T>();
        foreach ((string name, double value) in ReadNumbers(numbers))
        {
            state.Numbers[name] = value;
        }

        return state;
    }

    private static JsonNode Write(EpochResult result) => new JsonObject
    {
        ["epoch"] = result.Epoch,
        ["samples"] = result.Samples,
        ["loss"] = Number(result.Loss),
        ["metrics"] = Numbers(result.Metrics),
        ["validation"] = result.Validation is { } validation
            ? new JsonObject { ["loss"] = Number(validation.Loss), ["metrics"] = Numbers(validation.Metrics) }
            : null,
        ["ticks"] = result.Duration.Ticks,
        ["learningRate"] = Number(result.LearningRate),
    };

    private static EpochResult ReadResult(JsonNode json) =>
        new(
            ReadCount(json["epoch"]),
            IsComplete: true,
            ReadLongCount(json["samples"]),
            ReadNumber(json["loss"]!),
            ReadMetrics(json["metrics"]!),
            Member(json, "validation") is { } validation
                ? new EvaluationResult(ReadNumber(validation["loss"]!), ReadMetrics(validation["metrics"]!))
                : null,
            ReadTime(json["ticks"]) ?? throw new FormatException("an epoch has no time"))
        {
            LearningRate = ReadRate(json["learningRate"]!),
        };

    private static JsonObject Numbers(IEnumerable<KeyValuePair<string, double>> numbers) =>
        new(numbers.Select(number => KeyValuePair.Create(number.Key, (JsonNode?)Number(number.Value))));

    private static Dictionary<string, double> ReadMetrics(JsonNode json) =>
        ReadNumbers(json) is var metrics && metrics.Keys.All(RunningMetrics.IsName)
            ? metrics
            : throw new FormatException("a metric has a name that is blank, very long or not printable");

    private static Dictionary<string, double> ReadNumbers(JsonNode json) =>
        json.AsObject().ToDictionary(number => number.Key, number => ReadNumber(number.Value!));

    private static JsonValue Number(double value) =>
        double.IsFinite(value)
            ? JsonValue.Create(value)
            : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    private static double ReadNumber(JsonNode json) =>
        json.AsValue().TryGetValue(out string? text)
            ? text switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                _ => throw new FormatException($"'{text}' is no number"),
            }
            : json.GetValue<double>() is var number && double.IsFinite(number)
                ? number
                : throw new FormatException("a number is too large");

    /// <summary>Reads a learning rate: a finite number, at least 0, or NaN if no step was made.</summary>
    private static double ReadRate(JsonNode json) =>
        ReadNumber(json) is var rate && (double.IsNaN(rate) || (rate >= 0 && double.IsFinite(rate)))
            ? rate
            : throw new FormatException($"a learning rate is {rate}");

    /// <summary>A member that must be there, though it may be null.</summary>
    private static JsonNode? Member(JsonNode json, string name) =>
        json.AsObject().TryGetPropertyValue(name, out JsonNode? value)
            ? value
            : throw new FormatException($"there is no '{name}'");
}
