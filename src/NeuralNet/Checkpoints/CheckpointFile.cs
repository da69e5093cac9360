using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeuralNet.Files;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.Safetensors;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Checkpoints;

/// <summary>
/// One checkpoint: a safetensors file with the parameters under their names, the optimizer's slots and what callbacks
/// remember beside them, and counters, settings and results as JSON in its metadata.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>The version that is written; older ones are read, newer ones refused.</summary>
    private const int Format = 2;

    private const int FirstFormatWithAllSettings = 2;

    /// <summary>Writes a checkpoint, whole or not at all.</summary>
    public static void Write<T>(string path, TrainingState<T> state, RunState<T> run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<NamedTensor<T>> tensors = [];
        for (int i = 0; i < state.Network.Parameters.Count; i++)
        {
            Parameter<T> parameter = state.Network.Parameters[i];
            tensors.Add(new(parameter.Name, parameter.Array, parameter.Shape));
            if (state.Slots[i].Length > 0)
            {
                tensors.Add(Vector(SlotsName(parameter), state.Slots[i]));
            }
        }

        for (int i = 0; i < run.Callbacks.Count; i++)
        {
            tensors.AddRange(
                run.Callbacks[i].Value.Arrays.Select(array => Vector(CallbackName(i, array.Key), array.Value)));
        }

        var json = new JsonObject
        {
            ["format"] = Format,
            ["trainer"] = new JsonObject
            {
                ["settings"] = CheckpointJson.Write(TrainerSettings.Of(state)),
                ["steps"] = state.StepCount,
                ["epochs"] = state.EpochCount,
                ["epochsBegun"] = state.EpochsBegun,
                ["learningRateFactor"] = state.LearningRateFactor,
            },
            ["run"] = CheckpointJson.Write(run),
        };
        var metadata = new Dictionary<string, string> { [CheckpointNames.MetadataKey] = json.ToJsonString() };
        AtomicFile.Write(path, stream => TensorArchive.Write(stream, metadata, tensors));
    }

    /// <summary>Reads a checkpoint and, if all of it is right, restores that state.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="state">The state to restore.</param>
    /// <param name="isNewRun">Whether the next Fit begins a run of its own.</param>
    /// <exception cref="InvalidDataException">It is no checkpoint, or damaged.</exception>
    /// <exception cref="CheckpointMismatchException">It is of another training.</exception>
    /// <exception cref="InvalidOperationException">Part of the trainer is not registered.</exception>
    public static void Read<T>(Stream stream, string name, TrainingState<T> state, bool isNewRun)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var source = new TensorSource(stream, name);
        name = source.Name;
        if (!source.Header.Metadata.TryGetValue(CheckpointNames.MetadataKey, out string? text))
        {
            throw new InvalidDataException(
                $"'{name}' is no checkpoint: its metadata have no '{CheckpointNames.MetadataKey}'.");
        }

        IReadOnlyDictionary<string, string> here =
            isNewRun ? TrainerSettings.ForNewRun(state) : TrainerSettings.Of(state);
        try
        {
            JsonNode json = Parse(text);
            RequireSame(json, name, here, isNewRun);
            JsonNode counters = json["trainer"]!;
            long steps = CheckpointJson.ReadLongCount(counters["steps"]);
            int epochs = CheckpointJson.ReadCount(counters["epochs"]);
            int epochsBegun = CheckpointJson.ReadCount(counters["epochsBegun"]);
            double factor = counters["learningRateFactor"]!.GetValue<double>();
            RunState<T> run = CheckpointJson.ReadRun<T>(json["run"]!) with
            {
                Source = name,
                HasAllSettings = json["format"]!.GetValue<int>() >= FirstFormatWithAllSettings,
            };
            if (!(factor >= 0 && double.IsFinite(factor))
                || epochs > epochsBegun
                || run.Position.Steps > steps
                || run.Position.Epoch > epochsBegun
                || !IsPossible(run.Position)
                || !RunSettings.HasCallbacks(run))
            {
                throw new FormatException("its counters, results and callbacks contradict each other");
            }

            Take(
                TensorArchive.Read<T>(source),
                name,
                state,
                run,
                () => state.Restore(new(steps, epochs, epochsBegun, factor), isNewRun ? null : run));
        }
        catch (Exception exception) when (IsOfDamage(exception))
        {
            throw new InvalidDataException(
                $"'{name}' is damaged: its '{CheckpointNames.MetadataKey}' cannot be read "
                + $"({MessageText.Reason(exception)})",
                MessageText.Cause(exception));
        }
    }

    /// <summary>Opens a checkpoint, which is a file and no pipe.</summary>
    /// <exception cref="InvalidDataException">It is empty, or no file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path) =>
        RegularFile.IsEmptyOrNone(path)
            ? throw new InvalidDataException(
                $"'{MessageText.File(path)}' is no checkpoint: it is empty, or no file but a pipe, a device or a "
                + "socket.")
            : File.OpenRead(path);

    /// <summary>
    /// Whether a file is a checkpoint of a training with the same settings and the same results, as far as both runs
    /// came. One that cannot be read is not known to be.
    /// </summary>
    public static bool IsOfSameRun<T>(string path, TrainingState<T> state, IReadOnlyList<EpochResult> results)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            using FileStream stream = Open(path);
            var source = new TensorSource(stream, path);
            if (!source.Header.Metadata.TryGetValue(CheckpointNames.MetadataKey, out string? text))
            {
                return false;
            }

            JsonNode json = Parse(text);
            RequireSame(json, source.Name, TrainerSettings.Of(state), isNewRun: false);
            return CheckpointJson.ReadRun<T>(json["run"]!).Position.Results.Zip(results).All(pair =>
                pair.First.Samples == pair.Second.Samples && pair.First.Loss.Equals(pair.Second.Loss));
        }
        catch (Exception exception) when (exception is InvalidDataException or CheckpointMismatchException
            or IOException or UnauthorizedAccessException
            || IsOfDamage(exception))
        {
            return false;
        }
    }

    private static JsonNode Parse(string text) =>
        JsonNode.Parse(text, documentOptions: new() { MaxDepth = 16, AllowDuplicateProperties = false })!;

    /// <summary>Whether an exception comes of JSON that is not what it should be.</summary>
    private static bool IsOfDamage(Exception exception) =>
        exception is JsonException or NullReferenceException or FormatException or OverflowException
            or KeyNotFoundException or ArgumentException
        || (exception is InvalidOperationException and not CheckpointMismatchException);

    /// <summary>Whether a run can be at a position, as far as the position tells.</summary>
    private static bool IsPossible(RunPosition position)
    {
        bool isPossible = position.Results.Count == position.Epoch - (position.IsWithinEpoch ? 1 : 0)
            && position.Samples >= position.Batch
            && (position.Batch > 0 || (position.Samples == 0 && position.LossSum == 0))
            && double.IsFinite(position.LossSum)
            && (position.Steps == 0 || !double.IsNaN(position.LearningRate));
        if (isPossible && !position.IsWithinEpoch && position.Epoch > 0)
        {
            EpochResult last = position.Results[^1];
            isPossible = last.Samples == position.Samples && last.Loss.Equals(position.LossSum / position.Samples);
        }

        for (int i = 0; i < position.Results.Count; i++)
        {
            isPossible &= position.Results[i].Epoch == i + 1;
        }

        return isPossible;
    }

    /// <summary>
    /// Copies everything into the trainer, once it is known that everything is there and nothing else.
    /// </summary>
    private static void Take<T>(
        IReadOnlyDictionary<string, NamedTensor<T>> tensors,
        string name,
        TrainingState<T> state,
        RunState<T> run,
        Action restore)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<(T[] From, T[] To)> copies = [];
        int used = ReadCallbacks(tensors, name, run);
        for (int i = 0; i < state.Network.Parameters.Count; i++)
        {
            Parameter<T> parameter = state.Network.Parameters[i];
            T[] values = Find(parameter.Name, parameter.Shape);
            RequireNotDiverged(parameter, values, name);
            copies.Add((values, parameter.Array));
            if (state.Slots[i].Length > 0)
            {
                copies.Add((Find(SlotsName(parameter), [state.Slots[i].Length]), state.Slots[i]));
            }
        }

        if (tensors.Count > used + copies.Count)
        {
            throw new InvalidDataException(
                $"'{name}' is damaged: it holds {tensors.Count - used - copies.Count} tensors that are of no use.");
        }

        restore();
        foreach ((T[] from, T[] to) in copies)
        {
            from.CopyTo(to, 0);
        }

        T[] Find(string tensor, IReadOnlyList<int> shape) =>
            tensors.TryGetValue(tensor, out NamedTensor<T>? found) && found.Shape.SequenceEqual(shape)
                ? found.Values
                : throw new InvalidDataException(
                    $"'{name}' is damaged: it holds no {MessageText.Quoted(tensor)} of "
                    + $"{string.Join(" × ", shape)} numbers.");
    }

    /// <summary>
    /// Refuses what no training could go on from. Frozen parameters may be anything, as in training; the optimizer's
    /// numbers, too, for sums of squares overflow without harm.
    /// </summary>
    private static void RequireNotDiverged<T>(Parameter<T> parameter, T[] values, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!parameter.IsFrozen && NonFiniteElement<T>.Find(parameter, values) is { } element)
        {
            throw new InvalidDataException($"'{name}' is of a training that had diverged: {element}.");
        }
    }

    /// <summary>Reads the arrays of the callbacks, in one pass over the tensors; returns their number.</summary>
    internal static int ReadCallbacks<T>(
        IReadOnlyDictionary<string, NamedTensor<T>> tensors, string name, RunState<T> run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = 0;
        foreach ((string tensor, NamedTensor<T> values) in tensors)
        {
            if (!tensor.StartsWith(CheckpointNames.Callback, StringComparison.Ordinal))
            {
                continue;
            }

            int begin = CheckpointNames.Callback.Length;
            int end = tensor.IndexOf('/', begin);
            if (end < 0
                || !int.TryParse(
                    tensor.AsSpan(begin, end - begin), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                || index >= run.Callbacks.Count
                || tensor != CallbackName(index, tensor[(end + 1)..])
                || values.Shape.Count != 1)
            {
                throw new InvalidDataException(
                    $"'{name}' is damaged: it holds {MessageText.Quoted(tensor)}, but {run.Callbacks.Count} "
                    + "callbacks.");
            }

            run.Callbacks[index].Value.Arrays[tensor[(end + 1)..]] = values.Values;
            count++;
        }

        return count;
    }

    private static void RequireSame(
        JsonNode json, string name, IReadOnlyDictionary<string, string> here, bool isNewRun)
    {
        int format = json["format"]!.GetValue<int>();
        if (format < 1)
        {
            throw new FormatException($"its format is {format}");
        }

        if (format > Format)
        {
            throw new CheckpointMismatchException(
                $"'{name}' has the format {format}, which a newer version of the library wrote; this one reads up to "
                + $"{Format}.");
        }

        IReadOnlyDictionary<string, string> saved = CheckpointJson.ReadTexts(json["trainer"]!["settings"]!);
        string? differences = isNewRun
            ? SettingsComparison.Differences(TrainerSettings.OfNewRun(saved), here)
            : SettingsComparison.Differences(saved, here);
        if (differences is not null)
        {
            throw new CheckpointMismatchException(
                $"'{name}' is a checkpoint of another training: {differences}."
                + (isNewRun
                    ? ""
                    : " A new run from it may have another loss, seed or learning rate: trainer.StartFrom.")
                + " Its parameters alone are read with network.LoadParameters.");
        }
    }

    private static NamedTensor<T> Vector<T>(string name, T[] values)
        where T : unmanaged, IFloatingPointIeee754<T> => new(name, values, [values.Length]);

    private static string SlotsName<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T> => CheckpointNames.Optimizer + parameter.Name;

    private static string CallbackName(int index, string array) =>
        string.Create(CultureInfo.InvariantCulture, $"{CheckpointNames.Callback}{index}/{array}");
}
