using System.Globalization;
using System.Numerics;
using NeuralNet.Batches;
using NeuralNet.Distributed;
using NeuralNet.Kinds;

namespace NeuralNet.Training;

/// <summary>The settings of a run that decide what it computes, by name, as they stand in a checkpoint.</summary>
internal static class RunSettings
{
    private const string Augmentation = "augmentation";
    private const string CallbackPrefix = "callback ";
    private const string CallbackKeys = "callbacks that remember";
    private const string KeySeparator = ", ";

    /// <summary>The settings of a run.</summary>
    /// <exception cref="InvalidOperationException">
    /// A strategy is not registered, so its settings are not known.
    /// </exception>
    public static IReadOnlyDictionary<string, string> Of<T>(
        TrainingState<T> state, Shards shards, IBatchReader<T> reader, FitOptions<T> options, long? totalSteps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IResumableCallback<T>[] callbacks =
        [
            .. CallbackList<T>.InOrder(options.Callbacks).OfType<IResumableCallback<T>>(),
        ];
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["accumulation steps"] = Text(options.AccumulationSteps),
            [CallbackKeys] = string.Join(KeySeparator, callbacks.Select(callback => callback.Key)),
            ["class weights"] = options.ClassWeights is { } weights
                ? string.Join(", ", weights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture)))
                : "none",
            ["gradient clipping"] = Describe(KindRole.Clipping, options.GradientClipping),
            [Augmentation] = Describe(KindRole.Augmentation, options.Augmentation),
            ["schedule"] = Describe(KindRole.Schedule, options.Schedule),
        };
        for (int i = 0; i < callbacks.Length; i++)
        {
            settings[CallbackName(i, callbacks[i].Key)] =
                SettingsWriter.Write(state.Kinds, KindUse.Resuming, callbacks[i].WriteSettings);
        }

        if (reader.SamplesPerEpoch is { } samples)
        {
            // A stream has batches and an order of its own.
            settings["training samples"] = Text(samples);
            settings["batch size"] = Text(options.BatchSize);
            settings["shuffle"] = options.Shuffle ? "yes" : "no";
            if (options.BucketBy is { } input)
            {
                settings["bucket by"] = input;
            }
        }

        if (shards.Count > 1)
        {
            settings["shards"] = Text(shards.Count);
        }

        if (options.Schedule is not null && totalSteps is { } steps)
        {
            // Without a schedule a run may be made longer than it was to be.
            settings["steps in all"] = Text(steps);
        }

        return settings;

        string Describe(KindRole role, object? strategy) =>
            state.Kinds.Describe(role, strategy, KindUse.Resuming);
    }

    /// <summary>
    /// Refuses to go on with other settings than a run was begun with. A callback that remembers, which the run did not
    /// have, is none of them; one that it had must be there, in whatever place.
    /// </summary>
    /// <param name="run">The interrupted run.</param>
    /// <param name="here">The settings here.</param>
    /// <param name="callbacks">The places of the run's callbacks that remember among those here; -1 of none.</param>
    /// <exception cref="CheckpointMismatchException">
    /// A setting differs; the message says which, and both sides.
    /// </exception>
    public static void RequireSame<T>(
        RunState<T> run, IReadOnlyDictionary<string, string> here, IReadOnlyList<int> callbacks)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dictionary<string, string> saved = WithoutCallbacks(run.Settings);
        Dictionary<string, string> current = WithoutCallbacks(here);
        if (!run.HasAllSettings && current[Augmentation] != ModelKinds.None
            && saved.TryGetValue(Augmentation, out string? type) && type != ModelKinds.None)
        {
            // The first format of checkpoints knows the type only.
            current[Augmentation] = type;
        }

        for (int i = 0; i < callbacks.Count; i++)
        {
            string key = run.Callbacks[i].Key;
            string name = CallbackName(i, key);
            string? settings = callbacks[i] < 0 ? null : here[CallbackName(callbacks[i], key)];
            saved[name] = run.HasAllSettings ? run.Settings[name] : settings ?? "with a state";
            if (settings is not null)
            {
                current[name] = settings;
            }
        }

        if (SettingsComparison.Differences(saved, current) is { } differences)
        {
            throw new CheckpointMismatchException(
                $"The interrupted run cannot go on with other settings than it was begun with: {differences}. "
                + "To train on with these, begin a new run from the checkpoint with trainer.StartFrom.");
        }
    }

    /// <summary>Whether the settings of a checkpoint name the callbacks whose states it holds.</summary>
    public static bool HasCallbacks<T>(RunState<T> run)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        run.Settings.GetValueOrDefault(CallbackKeys)
            == string.Join(KeySeparator, run.Callbacks.Select(callback => callback.Key))
        && (!run.HasAllSettings
            || (run.Callbacks.Select((callback, i) => CallbackName(i, callback.Key)).All(run.Settings.ContainsKey)
                && run.Settings.Count(setting => IsOfCallback(setting.Key)) == run.Callbacks.Count + 1));

    private static Dictionary<string, string> WithoutCallbacks(IReadOnlyDictionary<string, string> settings) =>
        settings.Where(setting => !IsOfCallback(setting.Key)).ToDictionary(StringComparer.Ordinal);

    private static bool IsOfCallback(string setting) =>
        setting == CallbackKeys || setting.StartsWith(CallbackPrefix, StringComparison.Ordinal);

    private static string CallbackName(int index, string key) => $"{CallbackPrefix}{Text(index + 1)}, {key}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
