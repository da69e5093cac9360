using System.Globalization;
using System.Numerics;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.Training;

namespace NeuralNet.Checkpoints;

/// <summary>The settings of a training that decide what it computes, by name, as they stand in a checkpoint.</summary>
internal static class TrainerSettings
{
    private const string Frozen = ", frozen";
    private const string Optimizer = "optimizer";
    private const string Groups = "parameter groups";

    /// <summary>The settings that a run must share to be resumed.</summary>
    /// <exception cref="InvalidOperationException">A layer or strategy is not registered.</exception>
    public static IReadOnlyDictionary<string, string> Of<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SortedDictionary<string, string> settings = Shared(state);
        settings["seed"] = state.Seed.ToString(CultureInfo.InvariantCulture);
        settings["loss"] = state.Kinds.Describe(KindRole.Loss, state.Loss, KindUse.Resuming);
        settings[Optimizer] = state.Kinds.Describe(KindRole.Optimizer, state.Optimizer, KindUse.Resuming);
        if (state.Groups.Count > 0)
        {
            settings[Groups] = string.Join("; ", state.Groups);
        }

        settings["layers"] = string.Join(
            ", ",
            state.Network.Layers.Select(
                layer => $"{layer.Name} {state.Kinds.Describe(layer, KindUse.Resuming)}"));
        foreach (Parameter<T> parameter in state.Network.Parameters.Where(parameter => parameter.IsFrozen))
        {
            settings[parameter.Name] += Frozen;
        }

        return settings;
    }

    /// <summary>
    /// The settings that a new run from a checkpoint must share: what its tensors are for. Loss, rates and what is
    /// frozen may change.
    /// </summary>
    /// <exception cref="InvalidOperationException">The optimizer is not registered.</exception>
    public static IReadOnlyDictionary<string, string> ForNewRun<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SortedDictionary<string, string> settings = Shared(state);
        settings[Optimizer] = state.Kinds.Find(KindRole.Optimizer, state.Optimizer, KindUse.Resuming).Name;
        return settings;
    }

    /// <summary>Selects the settings in a checkpoint that a new run must share.</summary>
    public static IReadOnlyDictionary<string, string> OfNewRun(IReadOnlyDictionary<string, string> saved) =>
        saved.Where(setting => setting.Key is not ("seed" or "loss" or "layers" or Groups)).ToDictionary(
            setting => setting.Key,
            setting => setting.Key == Optimizer
                ? setting.Value.Split(' ')[0]
                : setting.Value.Replace(Frozen, "", StringComparison.Ordinal),
            StringComparer.Ordinal);

    private static SortedDictionary<string, string> Shared<T>(TrainingState<T> state)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["precision"] = typeof(T).Name,
        };
        foreach (Parameter<T> parameter in state.Network.Parameters)
        {
            settings[parameter.Name] = $"{parameter.Rows} × {parameter.Columns}";
        }

        return settings;
    }
}
