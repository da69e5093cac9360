using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Safetensors;
using NeuralNet.Serialization;

namespace NeuralNet.PyTorch;

/// <summary>Matches the parameters of a network with the tensors of a <c>state_dict</c>.</summary>
internal static class StateDictTensors
{
    private const string NotNeeded = "num_batches_tracked";

    /// <summary>The parameters of a network as tensors under PyTorch's names.</summary>
    public static List<NamedTensor<T>> Named<T>(Network<T> network, IReadOnlyDictionary<string, string>? modules)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (modules is not null)
        {
            StateDictNames.Require([.. LayersOf(network)], modules);
        }

        var order = new ChannelsFirst<T>(network);
        var names = new HashSet<string>(StringComparer.Ordinal);
        List<NamedTensor<T>> tensors = [];
        foreach (Parameter<T> parameter in network.Parameters)
        {
            string layer = StateDictNames.ModuleOf(parameter).Name;
            string name = StateDictNames.Of(parameter, modules is null ? layer : modules[layer]);
            if (!names.Add(name))
            {
                throw new ArgumentException(
                    $"The parameter {parameter.Name} and another one would both be called {MessageText.Quoted(name)}.",
                    nameof(modules));
            }

            tensors.Add(new(name, order.ToPyTorch(parameter), ChannelsFirst<T>.ShapeOf(parameter)));
        }

        return tensors;
    }

    /// <summary>The layers that have parameters, each of which is a module.</summary>
    public static IEnumerable<Layer<T>> LayersOf<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        network.Parameters.Select(StateDictNames.ModuleOf).Distinct();

    /// <summary>
    /// The tensor of each parameter, null where it is not there and need not be; and what has no counterpart, unless
    /// that is refused.
    /// </summary>
    public static (Dictionary<Parameter<T>, TensorEntry?> Pairs, StateDictReport Report) Pair<T>(
        Network<T> network, IReadOnlyDictionary<string, string> modules, StateDictSource source, bool isStrict)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var pairs = new Dictionary<Parameter<T>, TensorEntry?>();
        var missing = new List<string>();
        var unused = new HashSet<string>(source.ByName.Keys, StringComparer.Ordinal);
        foreach (Parameter<T> parameter in network.Parameters)
        {
            if (!modules.TryGetValue(StateDictNames.ModuleOf(parameter).Name, out string? module))
            {
                missing.Add(parameter.Name);
                continue;
            }

            string wanted = StateDictNames.Of(parameter, module);
            if (source.ByName.TryGetValue(wanted, out TensorEntry? entry))
            {
                ParameterMatch.RequireFit(entry, parameter, ChannelsFirst<T>.ShapeOf(parameter), source.Name);
                if (!unused.Remove(wanted))
                {
                    throw new ArgumentException(
                        $"The module {MessageText.Quoted(module)} is given to two layers, "
                        + $"'{parameter.Layer.Name}' among them.",
                        nameof(modules));
                }
            }
            else if (!isStrict)
            {
                missing.Add(parameter.Name);
                continue;
            }
            else if (StateDictNames.IfMissing(parameter) is null)
            {
                throw new InvalidDataException(
                    $"'{source.Name}' holds no {MessageText.Quoted(wanted)} for the parameter {parameter} of the "
                    + $"network; it holds {MessageText.Listed(source.Entries.Select(e => e.ToString()))}.");
            }

            pairs.Add(parameter, entry);
        }

        unused.RemoveWhere(tensor => tensor == NotNeeded || tensor.EndsWith("." + NotNeeded, StringComparison.Ordinal));
        TensorEntry[] extra = [.. source.Entries.Where(entry => unused.Contains(entry.Name))];
        return extra.Length == 0 || !isStrict
            ? (pairs, new(missing, [.. extra.Select(entry => entry.Name)]))
            : throw new InvalidDataException(
                $"'{source.Name}' holds tensors that no layer of the network takes: "
                + $"{MessageText.Listed(extra.Select(entry => entry.ToString()))}.");
    }
}
