using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.Files;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Recurrence;
using NeuralNet.Safetensors;
using NeuralNet.Serialization;

namespace NeuralNet.PyTorch;

/// <summary>
/// Exchanges parameters with PyTorch: loads the <c>state_dict</c> of a model of the same layers, which
/// <c>safetensors.torch.save_file(model.state_dict(), path)</c> saved, and saves one for
/// <c>model.load_state_dict(safetensors.torch.load_file(path))</c>.
/// </summary>
/// <remarks>
/// <para>
/// These correspond: <c>Linear</c> is <see cref="Dense{T}"/>, <c>Conv1d</c> and <c>Conv2d</c> are
/// <see cref="Convolution{T}"/>, <c>ConvTranspose1d</c> and <c>ConvTranspose2d</c> are
/// <see cref="TransposedConvolution{T}"/>, a <c>Linear</c> or convolution with <c>weight_norm</c> (of the tensors
/// <c>weight_g</c> and <c>weight_v</c>) is a <see cref="WeightNormalization{T}"/>, <c>BatchNorm1d</c> and
/// <c>BatchNorm2d</c> are <see cref="BatchNormalization{T}"/> (their <c>num_batches_tracked</c> is not needed),
/// <c>LayerNorm</c> is <see cref="LayerNormalization{T}"/>, <c>GroupNorm</c>, and <c>InstanceNorm2d</c> with
/// <c>affine=True</c>, are <see cref="GroupNormalization{T}"/>, <c>RMSNorm</c> is <see cref="RmsNormalization{T}"/>,
/// <c>PReLU</c> is <see cref="PReLU{T}"/>, and <c>LSTM</c>, <c>GRU</c> and <c>RNN</c> are <see cref="Lstm{T}"/>,
/// <see cref="Gru{T}"/> and <see cref="SimpleRecurrent{T}"/>, of which each layer and each direction of the module is
/// one: where names are given, <c>lstm.l1_reverse</c> is the module <c>lstm</c> of the tensor
/// <c>lstm.weight_ih_l1_reverse</c>. PyTorch's images have the channels first: kernels, and the weights of a
/// <c>Linear</c> behind a flattened image, are brought into the other order on the way. Layers without parameters are
/// in no <c>state_dict</c>. A bias that is not there, as with <c>bias=False</c>, is 0, and a scale, as with
/// <c>affine=False</c>, is 1. Hyperparameters, such as ε, are in no <c>state_dict</c> either: build the network with
/// the model's.
/// </para>
/// <para>
/// Which is which: without names, the modules of each kind are taken in the order of the numbers in their names, as
/// in <c>nn.Sequential</c> (0, 2, 10) or fc1, fc2, transposed convolutions among the others; safetensors does not keep
/// the order of the model. Where modules are called as the layers are here, they go by these names. Where numbers do
/// not give the order, as with <c>hidden</c> and <c>output</c>, names are needed, and asked for.
/// </para>
/// <para>
/// Element types that can be read are F64, F32, F16 and BF16; they are rounded or widened to the network's. What
/// <see cref="ModelFile"/> says of damaged files holds here, too.
/// </para>
/// </remarks>
public static class StateDictFile
{
    /// <summary>
    /// Loads a file that <c>safetensors.torch.save_file(model.state_dict(), path)</c> saved in PyTorch; on any error
    /// the network keeps its parameters.
    /// </summary>
    /// <remarks>
    /// The network must be built with the model's hyperparameters, which are in no <c>state_dict</c>, such as the
    /// <c>eps</c> and <c>momentum</c> of <c>BatchNorm1d</c>: they mean the same here.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">A network of the same layers.</param>
    /// <param name="path">The file.</param>
    /// <param name="modules">
    /// For the name of every layer that has parameters, such as <c>dense1</c>, the name of its module, such as
    /// <c>encoder.fc1</c> (empty for a model that is one module); by number if null. A parameter of a layer of your own
    /// is looked for under its own name behind the module's.
    /// </param>
    /// <param name="allowNonFinite">
    /// Whether parameters may be NaN or infinite, as to look at a network whose training diverged; otherwise such a
    /// file is refused.
    /// </param>
    /// <param name="strict">
    /// Whether every parameter must have its tensor, and every tensor its parameter. If not, as with PyTorch's
    /// <c>strict=False</c>, what has no counterpart is told and left alone; modules may then be named for some layers
    /// only, and without names those are taken that are clear. Shapes must fit all the same.
    /// </param>
    /// <param name="prefix">
    /// Loads only tensors whose names begin with this, such as <c>backbone.</c>, and goes by the rest of their names.
    /// </param>
    /// <returns>What had no counterpart; nothing if the loading is strict.</returns>
    /// <exception cref="ArgumentException">The names are not those of the layers that have parameters.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, of another model, or holds a parameter that is not finite.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static StateDictReport LoadStateDict<T>(
        this Network<T> network,
        string path,
        IReadOnlyDictionary<string, string>? modules = null,
        bool allowNonFinite = false,
        bool strict = true,
        string prefix = "")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return network.LoadStateDict(stream, modules, path, allowNonFinite, strict, prefix);
    }

    /// <summary>
    /// Loads from a stream, which is read to its end and stays open; on any error the network keeps its parameters.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">A network of the same layers.</param>
    /// <param name="stream">The stream to read.</param>
    /// <param name="modules">
    /// For the name of every layer that has parameters the name of its module; by number if null.
    /// </param>
    /// <param name="name">The name of the stream in messages.</param>
    /// <param name="allowNonFinite">
    /// Whether parameters may be NaN or infinite, as to look at a network whose training diverged; otherwise such a
    /// file is refused.
    /// </param>
    /// <param name="strict">Whether every parameter must have its tensor, and every tensor its parameter.</param>
    /// <param name="prefix">
    /// Loads only tensors whose names begin with this, and goes by the rest of their names.
    /// </param>
    /// <returns>What had no counterpart; nothing if the loading is strict.</returns>
    /// <exception cref="ArgumentException">The names are not those of the layers that have parameters.</exception>
    /// <exception cref="InvalidDataException">
    /// The data are damaged, of another model, or hold a parameter that is not finite.
    /// </exception>
    public static StateDictReport LoadStateDict<T>(
        this Network<T> network,
        Stream stream,
        IReadOnlyDictionary<string, string>? modules = null,
        string name = "stream",
        bool allowNonFinite = false,
        bool strict = true,
        string prefix = "")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(prefix);
        Layer<T>[] layers = [.. StateDictTensors.LayersOf(network)];
        if (modules is not null)
        {
            StateDictNames.Require(layers, modules, requiresAll: strict);
        }

        var source = new StateDictSource(stream, name, prefix);
        modules ??= strict ? StateDictNames.ByNumber(layers, source) : StateDictNames.WhereClear(layers, source);
        (Dictionary<Parameter<T>, TensorEntry?> pairs, StateDictReport report) =
            StateDictTensors.Pair(network, modules, source, strict);
        source.RequireComplete();

        // All of it is read before any of it is taken over.
        var order = new ChannelsFirst<T>(network);
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
                int rows = ChannelsFirst<T>.ShapeOf(parameter)[0];
                source.Read(entry, new MatrixSpan<T>(values, rows, rows == 0 ? 0 : values.Length / rows));
                order.FromPyTorch(parameter, values);
                if (!allowNonFinite)
                {
                    FiniteParameters.Require<T>(parameter, values, source.Name);
                }
            }

            read.Add((parameter, values));
        }

        foreach ((Parameter<T> parameter, T[] values) in read)
        {
            values.CopyTo(parameter.Values);
        }

        return report;
    }

    /// <summary>
    /// Saves to a file, which is replaced only when the new one is whole; in PyTorch,
    /// <c>model.load_state_dict(safetensors.torch.load_file(path))</c> reads it.
    /// </summary>
    /// <remarks>
    /// Every layer's biases and scales are written. A module without, as with <c>bias=False</c>, takes the rest with
    /// <c>strict=False</c>, but computes the same only where training has left them 0 and 1.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="modules">
    /// For the name of every layer that has parameters, such as <c>dense1</c>, the name of its module, such as <c>0</c>
    /// in an <c>nn.Sequential</c>, or <c>encoder.fc1</c>; the layers' own names if null.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The names are not those of the layers that have parameters, or two parameters would have one name.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void SaveStateDict<T>(
        this Network<T> network, string path, IReadOnlyDictionary<string, string>? modules = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        List<NamedTensor<T>> tensors = StateDictTensors.Named(network, modules);
        AtomicFile.Write(path, stream => TensorArchive.Write(stream, new Dictionary<string, string>(), tensors));
    }

    /// <summary>Saves to a stream, which stays open.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream to write.</param>
    /// <param name="modules">
    /// For the name of every layer that has parameters the name of its module; the layers' own names if null.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The names are not those of the layers that have parameters, or two parameters would have one name.
    /// </exception>
    public static void SaveStateDict<T>(
        this Network<T> network, Stream stream, IReadOnlyDictionary<string, string>? modules = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        TensorArchive.Write(stream, new Dictionary<string, string>(), StateDictTensors.Named(network, modules));
    }
}
