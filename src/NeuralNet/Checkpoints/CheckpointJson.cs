using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using NeuralNet.Evaluation;
using NeuralNet.Training;

namespace NeuralNet.Checkpoints;

/// <summary>
/// Reads and writes the parts of a checkpoint that are JSON. Every number comes back exactly; NaN and infinities are
/// texts.
/// </summary>
internal static class CheckpointJson
{
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

    /// <summary>Refuses a counter that no run can reach.</summary>
    public static TNumber NotNegative<TNumber>(TNumber value)
        where TNumber : struct, INumberBase<TNumber> =>
        TNumber.IsFinite(value) && !TNumber.IsNegative(value)
            ? value
            : throw new FormatException($"a counter is {value}");

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
                NotNegative(json["epoch"]!.GetValue<int>()),
                json["isWithinEpoch"]!.GetValue<bool>(),
                NotNegative(json["batch"]!.GetValue<int>()),
                NotNegative(json["samples"]!.GetValue<long>()),
                ReadNumber(json["lossSum"]!),
                ReadNumber(json["learningRate"]!),
                NotNegative(json["steps"]!.GetValue<long>()),
                [.. json["results"]!.AsArray().Select(result => ReadResult(result!))])
            {
                EpochElapsed = ReadTime(json["epochTicks"]),
                Elapsed = ReadTime(json["ticks"]) ?? TimeSpan.Zero,
            },
            json["stopReason"]?.GetValue<string>(),
            [.. json["callbacks"]!.AsArray().Select(callback => KeyValuePair.Create(
                callback!["key"]!.GetValue<string>(), ReadState<T>(callback["numbers"]!)))])
        {
            StoppedBy = json["stoppedBy"]?.GetValue<string>(),
        };

    // Null in files of before it was written. At most a million days, so that times can be added to it.
    private static TimeSpan? ReadTime(JsonNode? json) =>
        json is null
            ? null
            : TimeSpan.FromTicks(
                Math.Min(NotNegative(json.GetValue<long>()), 1_000_000 * TimeSpan.TicksPerDay));

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
            json["epoch"]!.GetValue<int>(),
            IsComplete: true,
            json["samples"]!.GetValue<long>(),
            ReadNumber(json["loss"]!),
            ReadNumbers(json["metrics"]!),
            json["validation"] is { } validation
                ? new EvaluationResult(ReadNumber(validation["loss"]!), ReadNumbers(validation["metrics"]!))
                : null,
            TimeSpan.FromTicks(json["ticks"]!.GetValue<long>()))
        {
            LearningRate = ReadNumber(json["learningRate"]!),
        };

    private static JsonObject Numbers(IEnumerable<KeyValuePair<string, double>> numbers) =>
        new(numbers.Select(number => KeyValuePair.Create(number.Key, (JsonNode?)Number(number.Value))));

    private static Dictionary<string, double> ReadNumbers(JsonNode json) =>
        json.AsObject().ToDictionary(number => number.Key, number => ReadNumber(number.Value!));

    private static JsonValue Number(double value) =>
        double.IsFinite(value)
            ? JsonValue.Create(value)
            : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    private static double ReadNumber(JsonNode json) =>
        json.AsValue().TryGetValue(out string? text)
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : json.GetValue<double>();
}
