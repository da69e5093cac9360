using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Serialization;

/// <summary>
/// Fills a network with the <c>state_dict</c> of a PyTorch model of the same layers, saved by
/// <c>safetensors.torch.save_file(model.state_dict(), path)</c>.
/// </summary>
/// <remarks>
/// <para>
/// What is what: <c>Linear</c> is <see cref="Dense{T}"/>, <c>BatchNorm1d</c> is <see cref="BatchNormalization{T}"/>
/// (its <c>num_batches_tracked</c> is not needed), <c>LayerNorm</c> is <see cref="LayerNormalization{T}"/>, and
/// <c>PReLU</c> is <see cref="PReLU{T}"/>. Layers without parameters are in no <c>state_dict</c>. A bias that is not there, as
/// with <c>bias=False</c>, is 0, and a scale, as with <c>affine=False</c>, is 1. Hyperparameters, such as ε, are
/// in no <c>state_dict</c> either: build the network with the model's.
/// </para>
/// <para>
/// Which is which: without names, the modules of each kind are taken in the order of the numbers in their names, as
/// in <c>nn.Sequential</c> (0, 2, 10) or fc1, fc2; safetensors does not keep the order of the model. Where
/// numbers do not give the order, as with <c>hidden</c> and <c>output</c>, names are needed, and asked for.
/// </para>
/// <para>
/// Element types that can be read are F64, F32, F16 and BF16; they are rounded or widened to the network's. What
/// <see cref="ModelFile"/> says of damaged files holds here, too.
/// </para>
/// </remarks>
public static class StateDictFile
{
    private const string NotNeeded = "num_batches_tracked";

    /// <summary>Loads from a file; on any error the network is left as it was.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">A network of the same layers.</param>
    /// <param name="path">The file.</param>
    /// <param name="modules">
    /// For the name of every layer that has parameters, such as <c>dense1</c>, the name of its module, such as <c>encoder.fc1</c>
    /// (empty for a model that is one module); by number if null. A parameter of a layer of your own is looked for under its
    /// own name behind the module's.
    /// </param>
    /// <exception cref="ArgumentException">The names are not those of the layers that have parameters.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or of another model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static void LoadStateDict<T>(
        this Network<T> network, string path, IReadOnlyDictionary<string, string>? modules = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        network.LoadStateDict(stream, modules, path);
    }

    /// <summary>Loads from a stream, which is read to its end and stays open; on any error the network is left as it was.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">A network of the same layers.</param>
    /// <param name="stream">Where from.</param>
    /// <param name="modules">For the name of every layer that has parameters the name of its module; by number if null.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <exception cref="ArgumentException">The names are not those of the layers that have parameters.</exception>
    /// <exception cref="InvalidDataException">The data are damaged, or of another model.</exception>
    public static void LoadStateDict<T>(
        this Network<T> network,
        Stream stream,
        IReadOnlyDictionary<string, string>? modules = null,
        string name = "stream")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        Layer<T>[] layers = network.Parameters.Select(parameter => parameter.Layer).Distinct().ToArray();
        if (modules is not null)
        {
            StateDictNames.Require(layers, modules);
        }

        var source = new TensorSource(stream, name);
        modules ??= StateDictNames.ByNumber(layers, source);
        Dictionary<Parameter<T>, TensorEntry?> pairs = Pair(network, modules, source);
        source.RequireComplete();

        // All of it is read before any of it is taken over.
        List<(Parameter<T> Parameter, T[] Values)> read = [];
        foreach ((Parameter<T> parameter, TensorEntry? entry) in pairs.OrderBy(pair => pair.Value?.Begin))
        {
            T[] values = new T[parameter.Count];
            if (entry is null)
            {
                Array.Fill(values, T.CreateChecked(StateDictNames.IfMissing(parameter)!.Value));
            }
            else
            {
                source.Read(entry, new MatrixSpan<T>(values, parameter.Rows, parameter.Columns));
            }

            read.Add((parameter, values));
        }

        foreach ((Parameter<T> parameter, T[] values) in read)
        {
            values.CopyTo(parameter.Values);
        }
    }

    private static Dictionary<Parameter<T>, TensorEntry?> Pair<T>(
        Network<T> network, IReadOnlyDictionary<string, string> modules, TensorSource source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var pairs = new Dictionary<Parameter<T>, TensorEntry?>();
        var unused = new HashSet<string>(source.ByName.Keys, StringComparer.Ordinal);
        foreach (Parameter<T> parameter in network.Parameters)
        {
            string module = modules[parameter.Layer.Name];
            string wanted = (module.Length == 0 ? "" : module + ".") + StateDictNames.Of(parameter);
            if (source.ByName.TryGetValue(wanted, out TensorEntry? entry))
            {
                ParameterMatch.RequireFit(entry, parameter, source);
                if (!unused.Remove(wanted))
                {
                    throw new ArgumentException($"The module '{module}' is given to two layers, '{parameter.Layer.Name}' among them.", nameof(modules));
                }
            }
            else if (StateDictNames.IfMissing(parameter) is null)
            {
                throw new InvalidDataException(
                    $"'{source.Name}' holds no '{wanted}' for the parameter {parameter} of the network; it holds "
                    + $"{TensorEntry.Listed(source.Header.Entries.Select(e => e.ToString()))}.");
            }

            pairs.Add(parameter, entry);
        }

        unused.RemoveWhere(tensor => tensor == NotNeeded || tensor.EndsWith("." + NotNeeded, StringComparison.Ordinal));
        return unused.Count == 0
            ? pairs
            : throw new InvalidDataException(
                $"'{source.Name}' holds tensors that no layer of the network takes: "
                + $"{TensorEntry.Listed(source.Header.Entries.Where(e => unused.Contains(e.Name)).Select(e => e.ToString()))}.");
    }
}
