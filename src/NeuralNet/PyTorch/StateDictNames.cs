using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Recurrence;
using NeuralNet.Safetensors;

namespace NeuralNet.PyTorch;

/// <summary>PyTorch's names of parameters, and its modules for the layers of a network.</summary>
internal static class StateDictNames
{
    // Modules that have the same tensors; numbers tell which of them is which.
    private const string LinearOrEmbedding = "Linear or Embedding";
    private const string LayerOrGroupNorm = "LayerNorm or GroupNorm";
    private const string PReLUOrRmsNorm = "PReLU or RMSNorm";
    private const string WithWeightNorm = " with weight_norm";

    /// <summary>
    /// The layer whose module a parameter belongs to: of a normalized layer, the weight normalization around it.
    /// </summary>
    public static Layer<T> ModuleOf<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        parameter.Layer.Parent is WeightNormalization<T> normalization ? normalization : parameter.Layer;

    /// <summary>The name that a parameter has in a <c>state_dict</c>.</summary>
    public static string Of<T>(Parameter<T> parameter, string module)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        parameter.Layer is RecurrentLayer<T> ? RecurrentModules.NameOf(parameter, module)
        : module.Length == 0 ? Of(parameter)
        : $"{module}.{Of(parameter)}";

    /// <summary>
    /// PyTorch's name of a parameter within its module; of a layer that PyTorch does not have, our own.
    /// </summary>
    private static string Of<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        KindOf(parameter.Layer) is null
            ? parameter.LocalName
            : parameter.LocalName switch
            {
                "weights" when ModuleOf(parameter) is WeightNormalization<T> => "weight_v",
                "gains" => "weight_g",
                "weights" or "gamma" or "slopes" => "weight",
                "biases" or "beta" => "bias",
                "runningMean" => "running_mean",
                _ => "running_var",
            };

    /// <summary>
    /// The value of a parameter that its module lacks, as with <c>bias=False</c> and <c>affine=False</c>; null if it
    /// must have it.
    /// </summary>
    public static double? IfMissing<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        KindOf(parameter.Layer) is null
            ? null
            : parameter.LocalName switch
            {
                "biases" or "beta" or "inputBiases" or "recurrentBiases" or "initialHidden" or "initialCell" => 0,
                "gamma" => 1,
                _ => null,
            };

    /// <summary>Refuses names that are not those of the layers; some of them, if not all are asked for.</summary>
    public static void Require<T>(
        Layer<T>[] layers, IReadOnlyDictionary<string, string> modules, bool requiresAll = true)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var names = layers.Select(layer => layer.Name).ToHashSet(StringComparer.Ordinal);
        if (!(requiresAll ? names.SetEquals(modules.Keys) : names.IsSupersetOf(modules.Keys))
            || modules.Values.Contains(null!))
        {
            throw new ArgumentException(
                $"The layers that have parameters are {MessageText.Listed(layers.Select(layer => layer.Name))}, "
                + $"but modules are named for {MessageText.Listed(modules.Keys)}.",
                nameof(modules));
        }
    }

    /// <summary>
    /// The modules of each kind by the layers' own names, where they have those, else in the order of their numbers.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// Numbers do not give the order, or there are more or fewer than layers.
    /// </exception>
    public static Dictionary<string, string> ByNumber<T>(Layer<T>[] layers, StateDictSource source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ILookup<string?, string> modules = source.Entries
            .GroupBy(entry => Split(entry.Name).Module, StringComparer.Ordinal)
            .ToLookup(KindOf, group => group.Key);
        if (modules[null].Any())
        {
            throw new InvalidDataException(
                $"'{source.Name}' holds modules that are not known here: {MessageText.Listed(modules[null])}; give "
                + "names if they are layers of your own.");
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IGrouping<string?, Layer<T>> group in layers.GroupBy(KindOf))
        {
            if (group.Key is null)
            {
                throw new InvalidDataException(
                    $"The layer '{group.First().Name}' is not one that PyTorch has; give names to load "
                    + $"'{source.Name}'.");
            }

            Layer<T>[] ours = [.. group];
            string[] theirs = [.. modules[group.Key]];
            if (theirs.ToHashSet(StringComparer.Ordinal).SetEquals(ours.Select(layer => layer.Name)))
            {
                // Saved here without names, where kinds may be mixed whose numbers say nothing of each other.
                foreach (Layer<T> layer in ours)
                {
                    names.Add(layer.Name, layer.Name);
                }

                continue;
            }

            Array.Sort(theirs, NumberedName.Compare);
            if (theirs.Length != ours.Length)
            {
                throw new InvalidDataException(
                    $"'{source.Name}' holds {Quantity.Of(theirs.Length, "module")} of the kind {group.Key} "
                    + $"({MessageText.Listed(theirs)}), but the network has {Quantity.Of(ours.Length, "such layer")} "
                    + $"({MessageText.Listed(ours.Select(layer => layer.Name))}).");
            }

            for (int i = 0; i < ours.Length; i++)
            {
                if (i > 0 && !IsOrderClear(theirs[i - 1], theirs[i]))
                {
                    throw new InvalidDataException(
                        $"Numbers do not give the order of the modules '{MessageText.Shortened(theirs[i - 1])}' and "
                        + $"'{MessageText.Shortened(theirs[i])}' of '{source.Name}'; give names.");
                }

                names.Add(ours[i].Name, theirs[i]);
            }
        }

        return names;
    }

    /// <summary>
    /// The modules that are called as layers are, and of each kind of which there are as many as layers, those in the
    /// order of their numbers. Layers without one are left out.
    /// </summary>
    public static Dictionary<string, string> WhereClear<T>(Layer<T>[] layers, StateDictSource source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        HashSet<string> theirs = [.. source.Entries.Select(entry => Split(entry.Name).Module)];
        foreach (Layer<T> layer in layers.Where(layer => theirs.Remove(layer.Name)))
        {
            names.Add(layer.Name, layer.Name);
        }

        ILookup<string?, string> left = source.Entries
            .GroupBy(entry => Split(entry.Name).Module, StringComparer.Ordinal)
            .Where(group => theirs.Contains(group.Key)).ToLookup(KindOf, group => group.Key);
        foreach (IGrouping<string?, Layer<T>> group in layers
            .Where(layer => !names.ContainsKey(layer.Name) && KindOf(layer) is not null).GroupBy(KindOf))
        {
            string[] modules = [.. left[group.Key]];
            Array.Sort(modules, NumberedName.Compare);
            if (modules.Length == group.Count()
                && modules.Zip(modules.Skip(1)).All(pair => IsOrderClear(pair.First, pair.Second)))
            {
                foreach ((Layer<T> layer, string module) in group.Zip(modules))
                {
                    names.Add(layer.Name, module);
                }
            }
        }

        return names;
    }

    private static bool IsOrderClear(string first, string second) =>
        NumberedName.IsOrderByNumber(first, second) || RecurrentModules.IsReverseOf(first, second);

    private static string? KindOf<T>(Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => layer switch
        {
            Dense<T> or Embedding<T> => LinearOrEmbedding,
            // The tensors of a transposed convolution do not tell it from one that is not.
            Convolution<T> or TransposedConvolution<T> => layer.InputShape.Rank == 2 ? "Conv1d" : "Conv2d",
            WeightNormalization<T> { Inner: Dense<T> } => "Linear" + WithWeightNorm,
            WeightNormalization<T> => (layer.InputShape.Rank == 2 ? "Conv1d" : "Conv2d") + WithWeightNorm,
            BatchNormalization<T> => "BatchNorm",
            LayerNormalization<T> or GroupNormalization<T> => LayerOrGroupNorm,
            PReLU<T> or RmsNormalization<T> => PReLUOrRmsNorm,
            RecurrentLayer<T> recurrent => RecurrentModules.KindOf(recurrent),
            _ => null,
        };

    // A state_dict does not say what a module is; its tensors do.
    private static string? KindOf(IEnumerable<TensorEntry> module)
    {
        Dictionary<string, int> dimensions = module.ToDictionary(
            entry => Split(entry.Name).Parameter, entry => entry.Shape.Length, StringComparer.Ordinal);
        if (module.FirstOrDefault(entry => Split(entry.Name).Parameter == "weight_hh") is { } recurrent)
        {
            return RecurrentModules.KindOf(recurrent.Shape);
        }

        if (dimensions.ContainsKey("weight_g"))
        {
            return dimensions.GetValueOrDefault("weight_v") switch
            {
                2 => "Linear" + WithWeightNorm,
                3 => "Conv1d" + WithWeightNorm,
                4 => "Conv2d" + WithWeightNorm,
                _ => null,
            };
        }

        int weight = dimensions.GetValueOrDefault("weight");
        return (dimensions.ContainsKey("running_mean"), weight, dimensions.ContainsKey("bias")) switch
        {
            (true, _, _) => "BatchNorm",
            (false, 2, _) => LinearOrEmbedding,
            (false, 3, _) => "Conv1d",
            (false, 4, _) => "Conv2d",
            (false, 1, true) => LayerOrGroupNorm,
            (false, 1, false) => PReLUOrRmsNorm,
            _ => null,
        };
    }

    private static (string Module, string Parameter) Split(string name)
    {
        if (RecurrentModules.TrySplit(name, out string module, out string parameter))
        {
            return (module, parameter);
        }

        int dot = name.LastIndexOf('.');
        return dot < 0 ? ("", name) : (name[..dot], name[(dot + 1)..]);
    }
}
