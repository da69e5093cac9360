using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Onnx.Import;
using NeuralNet.Onnx.Import.Files;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>
/// Loads networks from ONNX models, as PyTorch, Keras, CNTK, scikit-learn, ML.NET, MATLAB, Unity ML-Agents and others
/// write them.
/// </summary>
/// <remarks>
/// <para>
/// A model becomes a network if it computes each sample by itself, with operators of opset 6 to 26 for which this
/// library has layers: products with constants, convolutions, poolings, normalizations, activations also of several
/// operators, arithmetic, embeddings, and whatever joins, divides, takes or reorders numbers. Ways that part and meet
/// again become branches, x + F(x) a residual block. Dropout becomes a layer, which drops nothing when predicting.
/// Numbers that are added to each feature or multiplied with it become part of the dense layer or convolution before,
/// or else a frozen batch normalization.
/// </para>
/// <para>
/// Several inputs become inputs with names, one below the other in a sample. The output is the one that the model
/// computes; constants, inputs that are passed on, and values that another output is computed from do not count, and of
/// a decision or a draw, such as ArgMax or Multinomial, it is what that is made from. Where several are left,
/// <see cref="OnnxImportOptions.OutputNames"/> says which; but of a policy of Unity ML-Agents, which has the constants
/// version_number and memory_size, the outputs are its actions. <see cref="Describe(string)"/> shows all that.
/// </para>
/// <para>
/// The first dimension is that of the samples; what a file with fixed sizes does across it, the network does with all
/// of them as one sample. Images and sequences must have one size. Layers read them with the channels last, into which
/// order weights are brought. The network takes and gives what the file says, with a <see cref="Permute{T}"/> at an end
/// where the orders differ, unless <see cref="OnnxImportOptions.ImageLayout"/> says otherwise.
/// </para>
/// <para>
/// Every other model is refused: with <see cref="InvalidDataException"/> where the file breaks the format, as a damaged
/// one does; with <see cref="NotSupportedException"/>, which names the node and the operator, where the file may be
/// right, but this library has no such network. Files of unknown origin are safe to load: nothing in them is executed,
/// no other file is opened, and the memory taken is at most a small multiple of the file's length.
/// </para>
/// </remarks>
/// <example><code>
/// Network&lt;float&gt; network = Network.LoadOnnx&lt;float&gt;("model.onnx");
/// </code></example>
public static class OnnxImporter
{
    extension(Network)
    {
        /// <summary>Loads a network from a file.</summary>
        /// <typeparam name="T">float or double; numbers of the other precision are rounded or widened.</typeparam>
        /// <param name="path">The file.</param>
        /// <param name="options">Which outputs to load, and how; the defaults if null.</param>
        /// <returns>The network.</returns>
        /// <exception cref="InvalidDataException">
        /// The file is damaged, no ONNX model, or holds a parameter that is not finite.
        /// </exception>
        /// <exception cref="NotSupportedException">The library has no network for the model.</exception>
        /// <exception cref="ArgumentException">The options name an output twice.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
        public static Network<T> LoadOnnx<T>(string path, OnnxImportOptions? options = null)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            using FileStream stream = File.OpenRead(path);
            return Network.LoadOnnx<T>(stream, options, path);
        }

        /// <summary>Loads a network from a stream, which is read to its end.</summary>
        /// <typeparam name="T">float or double; numbers of the other precision are rounded or widened.</typeparam>
        /// <param name="stream">The stream, which stays open.</param>
        /// <param name="options">Which outputs to load, and how; the defaults if null.</param>
        /// <param name="name">The name of the stream in messages.</param>
        /// <returns>The network.</returns>
        /// <exception cref="InvalidDataException">
        /// The data are damaged, no ONNX model, or hold a parameter that is not finite.
        /// </exception>
        /// <exception cref="NotSupportedException">The library has no network for the model.</exception>
        public static Network<T> LoadOnnx<T>(Stream stream, OnnxImportOptions? options = null, string name = "stream")
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(stream);
            ArgumentNullException.ThrowIfNull(name);
            string file = MessageText.File(name);
            (ModelProto model, int length) = ModelReader.Read(stream, file);
            return Load<T>(model, length, options ?? new(), file);
        }
    }

    /// <summary>Looks at a model: its inputs, its operators, and which outputs a network can compute.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The description; print it to read it.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or no ONNX model.</exception>
    /// <exception cref="NotSupportedException">The operators are older or newer than those known.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <example><code>Console.WriteLine(OnnxImporter.Describe("model.onnx"));</code></example>
    public static OnnxModelDescription Describe(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Describe(stream, path);
    }

    /// <summary>Looks at a model in a stream, which is read to its end.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="name">The name of the stream in messages.</param>
    /// <returns>The description; print it to read it.</returns>
    /// <exception cref="InvalidDataException">The data are damaged, or no ONNX model.</exception>
    /// <exception cref="NotSupportedException">The operators are older or newer than those known.</exception>
    public static OnnxModelDescription Describe(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return ModelDescription.Read(stream, MessageText.File(name));
    }

    /// <summary>Makes a network of a model.</summary>
    internal static Network<T> Load<T>(ModelProto model, int length, OnnxImportOptions options, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Enum.IsDefined(options.ImageLayout))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.ImageLayout, $"There is no {nameof(OnnxImageLayout)} {options.ImageLayout}.");
        }

        if (options.OutputNames.Distinct(StringComparer.Ordinal).Count() < options.OutputNames.Count)
        {
            throw new ArgumentException(
                $"{nameof(options.OutputNames)} has a name twice: {string.Join(", ", options.OutputNames)}.",
                nameof(options));
        }

        Network<T> network = NetworkImport<T>.Load(model, length, options, name);
        if (!options.AllowNonFinite && network.FindNonFinite() is { } element)
        {
            throw new InvalidDataException(
                $"'{name}' holds a network that predicts nothing: {element}. Mostly training has diverged, or a number "
                + $"is beyond the precision asked for. To load it all the same, set {nameof(options.AllowNonFinite)}.");
        }

        return network;
    }
}
