using System.Globalization;
using System.Numerics;
using NeuralNet.Batches;
using NeuralNet.Kinds;

namespace NeuralNet.Training;

/// <summary>The settings of a run that decide what it computes, by name, as they stand in a checkpoint.</summary>
internal static class RunSettings
{
    private const string Augmentation = "augmentation";
    private const string CallbackPrefix = "callback ";

    /// <summary>The settings of a run.</summary>
    /// <exception cref="InvalidOperationException">
    /// A strategy is not registered, so its settings are not known.
    /// </exception>
    public static IReadOnlyDictionary<string, string> Of<T>(
        TrainingState<T> state, IBatchReader<T> reader, FitOptions<T> options, long? totalSteps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IResumableCallback<T>[] callbacks = [.. options.Callbacks.OfType<IResumableCallback<T>>()];
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["accumulation steps"] = Text(options.AccumulationSteps),
            ["callbacks that remember"] = string.Join(", ", callbacks.Select(callback => callback.Key)),
            ["class weights"] = options.ClassWeights is { } weights
                ? string.Join(", ", weights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture)))
                : "none",
            ["gradient clipping"] = Describe(KindRole.Clipping, options.GradientClipping),
            [Augmentation] = Describe(KindRole.Augmentation, options.Augmentation),
            ["schedule"] = Describe(KindRole.Schedule, options.Schedule),
        };
        for (int i = 0; i < callbacks.Length; i++)
        {
            settings[$"{CallbackPrefix}{Text(i + 1)}, {callbacks[i].Key}"] =
                SettingsWriter.Write(state.Kinds, KindUse.Resuming, callbacks[i].WriteSettings);
        }

        if (reader.SamplesPerEpoch is { } samples)
        {
            // A stream has batches and an order of its own.
            settings["training samples"] = Text(samples);
            settings["batch size"] = Text(options.BatchSize);
            settings["shuffle"] = options.Shuffle ? "yes" : "no";
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

    /// <summary>Refuses to go on with other settings than a run was begun with.</summary>
    /// <exception cref="InvalidOperationException">
    /// A setting differs; the message says which, and both sides.
    /// </exception>
    public static void RequireSame<T>(RunState<T> run, IReadOnlyDictionary<string, string> here)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (SettingsComparison.Differences(run.Settings, run.HasAllSettings ? here : Known(run.Settings, here))
            is { } differences)
        {
            throw new InvalidOperationException(
                $"The interrupted run cannot go on with other settings than it was begun with: {differences}. "
                + "To train on with these, begin a new run from the checkpoint with trainer.StartFrom.");
        }
    }

    /// <summary>Of the settings here those that the first format of checkpoints compares, as it names them.</summary>
    private static Dictionary<string, string> Known(
        IReadOnlyDictionary<string, string> saved, IReadOnlyDictionary<string, string> here)
    {
        Dictionary<string, string> known = here
            .Where(setting => !setting.Key.StartsWith(CallbackPrefix, StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        if (here[Augmentation] != ModelKinds.None
            && saved.TryGetValue(Augmentation, out string? type)
            && type != ModelKinds.None)
        {
            known[Augmentation] = type;
        }

        return known;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
