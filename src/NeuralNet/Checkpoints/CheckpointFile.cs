using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Safetensors;
using NeuralNet.Serialization;
using NeuralNet.Streams;
using NeuralNet.Training;

namespace NeuralNet.Checkpoints;

/// <summary>
/// One checkpoint: a safetensors file with the parameters under their names, the optimizer's slots and what callbacks
/// remember beside them, and counters, settings and results as JSON in its metadata.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>The version that is written; older ones are read, newer ones refused.</summary>
    private const int Format = 1;

    private const string Frozen = ", frozen";

    private const int MostDifferences = 6;
    private const int LongestShown = 250;
    private const int ShownBefore = 40;

    /// <summary>Writes a checkpoint, whole or not at all.</summary>
    public static void Write<T>(string path, Trainer<T> trainer, RunState<T> run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<NamedTensor<T>> tensors = [];
        for (int i = 0; i < trainer.Network.Parameters.Count; i++)
        {
            Parameter<T> parameter = trainer.Network.Parameters[i];
            tensors.Add(new(parameter.Name, parameter.Array, parameter.Rows, parameter.Columns, parameter.IsVector));
            if (trainer.Slots[i].Length > 0)
            {
                tensors.Add(Vector(SlotsName(parameter), trainer.Slots[i]));
            }
        }

        for (int i = 0; i < run.Callbacks.Count; i++)
        {
            tensors.AddRange(run.Callbacks[i].Value.Arrays.Select(array => Vector(CallbackName(i, array.Key), array.Value)));
        }

        var json = new JsonObject
        {
            ["format"] = Format,
            ["trainer"] = new JsonObject
            {
                ["settings"] = CheckpointJson.Write(Settings(trainer)),
                ["steps"] = trainer.StepCount,
                ["epochs"] = trainer.EpochCount,
                ["epochsBegun"] = trainer.EpochsBegun,
                ["learningRateFactor"] = trainer.LearningRateFactor,
            },
            ["run"] = CheckpointJson.Write(run),
        };
        var metadata = new Dictionary<string, string> { [CheckpointNames.MetadataKey] = json.ToJsonString() };
        AtomicFile.Write(path, stream => TensorArchive.Write(stream, metadata, tensors));
    }

    /// <summary>Reads a checkpoint and, if all of it is right, puts the trainer into its state.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="trainer">The trainer.</param>
    /// <param name="isNewRun">Whether the next Fit begins a run of its own.</param>
    public static void Read<T>(Stream stream, string name, Trainer<T> trainer, bool isNewRun)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var source = new TensorSource(stream, name);
        if (!source.Header.Metadata.TryGetValue(CheckpointNames.MetadataKey, out string? text))
        {
            throw new InvalidDataException($"'{name}' is no checkpoint: its metadata have no '{CheckpointNames.MetadataKey}'.");
        }

        try
        {
            JsonNode json = JsonNode.Parse(text, documentOptions: new() { MaxDepth = 16, AllowDuplicateProperties = false })!;
            RequireSame(json, name, trainer, isNewRun);
            JsonNode counters = json["trainer"]!;
            long steps = CheckpointJson.NotNegative(counters["steps"]!.GetValue<long>());
            int epochs = CheckpointJson.NotNegative(counters["epochs"]!.GetValue<int>());
            int epochsBegun = CheckpointJson.NotNegative(counters["epochsBegun"]!.GetValue<int>());
            double factor = CheckpointJson.NotNegative(counters["learningRateFactor"]!.GetValue<double>());
            RunState<T> run = CheckpointJson.ReadRun<T>(json["run"]!);
            IReadOnlyDictionary<string, NamedTensor<T>> tensors = TensorArchive.Read<T>(source);
            ReadCallbacks(tensors, run);
            Take(tensors, name, trainer, () => trainer.Restore(steps, epochs, epochsBegun, factor, isNewRun ? null : run));
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or FormatException
            or OverflowException or KeyNotFoundException or ArgumentException
            || (exception is InvalidOperationException and not CheckpointMismatchException))
        {
            throw new InvalidDataException($"'{name}' is damaged: its '{CheckpointNames.MetadataKey}' cannot be read ({MessageText.Shortened(exception.Message)})", exception);
        }
    }

    /// <summary>Copies everything over, once it is known that everything is there.</summary>
    private static void Take<T>(
        IReadOnlyDictionary<string, NamedTensor<T>> tensors, string name, Trainer<T> trainer, Action restore)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<(T[] From, T[] To)> copies = [];
        for (int i = 0; i < trainer.Network.Parameters.Count; i++)
        {
            Parameter<T> parameter = trainer.Network.Parameters[i];
            copies.Add((Find(parameter.Name, parameter.Count), parameter.Array));
            if (trainer.Slots[i].Length > 0)
            {
                copies.Add((Find(SlotsName(parameter), trainer.Slots[i].Length), trainer.Slots[i]));
            }
        }

        restore();
        foreach ((T[] from, T[] to) in copies)
        {
            from.CopyTo(to, 0);
        }

        T[] Find(string tensor, int length) =>
            tensors.TryGetValue(tensor, out NamedTensor<T>? found) && found.Values.Length == length
                ? found.Values
                : throw new InvalidDataException($"'{name}' is damaged: it holds no '{tensor}' of {length} numbers.");
    }

    private static void ReadCallbacks<T>(IReadOnlyDictionary<string, NamedTensor<T>> tensors, RunState<T> run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < run.Callbacks.Count; i++)
        {
            string prefix = CallbackName(i, "");
            foreach ((string tensor, NamedTensor<T> values) in tensors)
            {
                if (tensor.StartsWith(prefix, StringComparison.Ordinal))
                {
                    run.Callbacks[i].Value.Arrays[tensor[prefix.Length..]] = values.Values;
                }
            }
        }
    }

    private static void RequireSame<T>(JsonNode json, string name, Trainer<T> trainer, bool isNewRun)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int format = json["format"]!.GetValue<int>();
        if (format > Format)
        {
            throw new CheckpointMismatchException(
                $"'{name}' has the format {format}, which a newer version of the library wrote; this one reads up to {Format}.");
        }

        IReadOnlyDictionary<string, string> saved = CheckpointJson.ReadTexts(json["trainer"]!["settings"]!);
        IReadOnlyDictionary<string, string> here = Settings(trainer);
        if (isNewRun)
        {
            (saved, here) = (OfNewRun(saved), OfNewRun(here));
        }

        string[] differences = [.. saved.Keys.Union(here.Keys).Where(key => saved.GetValueOrDefault(key) != here.GetValueOrDefault(key))];
        if (differences.Length > 0)
        {
            string shown = string.Join(
                "; ",
                differences.Take(MostDifferences).Select(key => Difference(key, saved.GetValueOrDefault(key, "none"), here.GetValueOrDefault(key, "none"))));
            throw new CheckpointMismatchException(
                $"'{name}' is a checkpoint of another training: {shown}{(differences.Length > MostDifferences ? "; …" : "")}."
                + (isNewRun ? " Its parameters alone are read with network.LoadParameters." : ""));
        }
    }

    /// <summary>
    /// Of the settings those that a new run must share: what the tensors are for. Loss, rates and what is frozen may change.
    /// </summary>
    private static Dictionary<string, string> OfNewRun(IReadOnlyDictionary<string, string> settings) =>
        settings.Where(setting => setting.Key is not ("seed" or "loss" or "layers")).ToDictionary(
            setting => setting.Key,
            setting => setting.Key == "optimizer" ? setting.Value.Split(' ')[0] : setting.Value.Replace(Frozen, "", StringComparison.Ordinal),
            StringComparer.Ordinal);

    /// <summary>Both sides, of long ones the part in which they differ.</summary>
    private static string Difference(string key, string there, string here)
    {
        int start = Math.Max(0, there.AsSpan().CommonPrefixLength(here) - ShownBefore);
        return $"{MessageText.Shortened(key)}: {Shown(there)} there, {Shown(here)} here";

        string Shown(string text)
        {
            if (text.Length <= LongestShown)
            {
                return MessageText.Printable(text);
            }

            int length = Math.Min(LongestShown, text.Length - start);
            string part = MessageText.Printable(text.AsSpan(start, length));
            return $"{(start > 0 ? "…" : "")}{part}{(start + length < text.Length ? "…" : "")}";
        }
    }

    private static SortedDictionary<string, string> Settings<T>(Trainer<T> trainer)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["precision"] = typeof(T).Name,
            ["seed"] = trainer.Seed.ToString(CultureInfo.InvariantCulture),
            ["loss"] = trainer.Describe(trainer.Loss),
            ["optimizer"] = trainer.Describe(trainer.Optimizer),
            ["layers"] = string.Join(", ", trainer.Network.Layers.Select(layer => $"{layer.Name} {trainer.Describe(layer)}")),
        };
        foreach (Parameter<T> parameter in trainer.Network.Parameters)
        {
            settings[parameter.Name] = $"{parameter.Rows} × {parameter.Columns}{(parameter.IsFrozen ? Frozen : "")}";
        }

        return settings;
    }

    private static NamedTensor<T> Vector<T>(string name, T[] values)
        where T : unmanaged, IFloatingPointIeee754<T> => new(name, values, values.Length, 1, IsVector: true);

    private static string SlotsName<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T> => CheckpointNames.Optimizer + parameter.Name;

    private static string CallbackName(int index, string array) =>
        string.Create(CultureInfo.InvariantCulture, $"{CheckpointNames.Callback}{index}/{array}");
}
