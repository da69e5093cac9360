using System.Globalization;
using System.Numerics;
using NeuralNet.Batches;

namespace NeuralNet.Training;

/// <summary>The settings of a run that decide what it computes, by name, as they stand in a checkpoint.</summary>
internal static class RunSettings
{
    /// <summary>The settings of a run.</summary>
    public static IReadOnlyDictionary<string, string> Of<T>(
        TrainingState<T> state, IBatchReader<T> reader, FitOptions<T> options, long? totalSteps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["accumulation steps"] = Text(options.AccumulationSteps),
            ["callbacks that remember"] =
                string.Join(", ", options.Callbacks.OfType<IResumableCallback<T>>().Select(c => c.Key)),
            ["class weights"] = options.ClassWeights is { } weights
                ? string.Join(", ", weights.Select(w => w.ToString("R", CultureInfo.InvariantCulture)))
                : "none",
            ["gradient clipping"] = state.Describe(options.GradientClipping),
            ["augmentation"] = state.Describe(options.Augmentation),
            ["schedule"] = state.Describe(options.Schedule),
        };
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
    }

    /// <summary>Refuses to go on with other settings than a run was begun with.</summary>
    /// <exception cref="InvalidOperationException">
    /// A setting differs; the message says which, and both sides.
    /// </exception>
    public static void RequireSame(IReadOnlyDictionary<string, string> saved, IReadOnlyDictionary<string, string> here)
    {
        string[] differences = [.. saved.Keys.Union(here.Keys)
            .Select(name => (Name: name, Saved: Value(saved, name), Here: Value(here, name)))
            .Where(setting => setting.Saved != setting.Here)
            .Select(setting => $"{setting.Name}: {setting.Saved} in the checkpoint, {setting.Here} here")];
        if (differences.Length > 0)
        {
            throw new InvalidOperationException(
                "The interrupted run cannot go on with other settings than it was begun with: "
                + string.Join("; ", differences)
                + ". To train on with these, begin a new run from the checkpoint with trainer.StartFrom.");
        }
    }

    private static string Value(IReadOnlyDictionary<string, string> settings, string name) =>
        settings.GetValueOrDefault(name, "not set");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
