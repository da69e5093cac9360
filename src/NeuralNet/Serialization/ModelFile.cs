using System.Numerics;
using NeuralNet.Files;
using NeuralNet.Kinds;
using NeuralNet.Networks;
using NeuralNet.Safetensors;

namespace NeuralNet.Serialization;

/// <summary>
/// A whole network in a safetensors file: every parameter under its name, such as <c>dense1.weights</c>, which other
/// programs read as they are, and the layers with all their settings, which <c>Network.Load</c> builds again.
/// </summary>
/// <remarks>
/// <para>
/// The format. A safetensors file: 8 bytes with the length of the header, little-endian; the header, JSON with a name,
/// an element type, a shape and a place for every tensor; the tensors, row by row, a weight matrix having the shape
/// (outputs, inputs). The entry <c>neuralnet.model</c> of the header's <c>__metadata__</c> is a text, itself JSON:
/// <c>version</c>, <c>seed</c>, <c>inputSize</c> or, of several dimensions, <c>inputShape</c>, <c>layers</c>, each with
/// its <c>kind</c> and settings, with an <c>inputShape</c> of its own where it reads its input in another shape than
/// it is given in, <c>namedInputs</c> and <c>namedOutputs</c>, each with its <c>name</c> and <c>shape</c>, where the
/// inputs or the outputs have names, and <c>frozen</c>, the names of the parameters that training leaves alone; of a
/// pipeline, also <c>pipeline</c> and what it has of <c>inputs</c>, <c>outputs</c>, <c>labels</c>, <c>threshold</c>,
/// <c>columns</c>, with <c>categoryCounts</c>, 0 for a number, and <c>categories</c>, one column's after the other's,
/// and <c>vocabulary</c>, <c>characters</c> or <c>words</c>, with its <c>symbols</c>, <c>unknownSymbol</c> and, of
/// words, <c>lowercase</c>. Initializers are no part of it.
/// </para>
/// <para>
/// Compatibility. This version writes and reads format version 1. Every later version of the library will read it, and
/// compute the same from it. A file of a later format version is refused, and so is, within a version, a member
/// that is not known: it would change what the network computes, which must not be passed over in silence. Other
/// entries of <c>__metadata__</c> are not looked at.
/// </para>
/// <para>
/// Exactness. A file loaded in the precision it was saved in gives the same bits; the other precision is rounded or
/// widened to (what is beyond float becomes infinite, and is refused). Element types that can be read are F64, F32,
/// F16 and BF16.
/// </para>
/// <para>
/// Files from others. Loading makes nothing but the registered <see cref="ModelKinds"/>, runs no code
/// from the file, follows no nesting deeper than 64 levels, and takes memory only for tensors that are there; from a
/// stream that cannot seek, the bytes are gathered first, at twice the memory. A file that is damaged, or made
/// to do harm, gives an <see cref="InvalidDataException"/> that says what is wrong, and where.
/// </para>
/// </remarks>
public static class ModelFile
{
    extension(Network)
    {
        /// <summary>Loads a network that <c>Save</c> saved.</summary>
        /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
        /// <param name="path">The file.</param>
        /// <param name="kinds">What layers and activations it may hold; those of the library if null.</param>
        /// <param name="allowNonFinite">
        /// Whether parameters may be NaN or infinite, as to look at a network whose training diverged; otherwise such a
        /// file is refused.
        /// </param>
        /// <returns>A new network.</returns>
        /// <exception cref="InvalidDataException">
        /// The file is damaged, holds no model, a kind that is not registered, or a parameter that is not finite.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public static Network<T> Load<T>(string path, ModelKinds? kinds = null, bool allowNonFinite = false)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            using FileStream stream = File.OpenRead(path);
            return Network.Load<T>(stream, kinds, path, allowNonFinite);
        }

        /// <summary>
        /// Loads a network that <c>Save</c> saved from a stream, which is read to its end and stays open.
        /// </summary>
        /// <typeparam name="T">float or double, whatever the stream holds.</typeparam>
        /// <param name="stream">Where from.</param>
        /// <param name="kinds">What layers and activations it may hold; those of the library if null.</param>
        /// <param name="name">What to call the stream in messages.</param>
        /// <param name="allowNonFinite">
        /// Whether parameters may be NaN or infinite, as to look at a network whose training diverged; otherwise such a
        /// file is refused.
        /// </param>
        /// <returns>A new network.</returns>
        /// <exception cref="InvalidDataException">
        /// The data are damaged, hold no model, a kind that is not registered, or a parameter that is not finite.
        /// </exception>
        public static Network<T> Load<T>(
            Stream stream, ModelKinds? kinds = null, string name = "stream", bool allowNonFinite = false)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(stream);
            return ModelDescription.Load<T, bool>(stream, kinds, name, allowNonFinite, NoPipeline).Network;
        }
    }

    /// <summary>Saves the network to a file, which is replaced only when the new one is whole.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="kinds">What layers and activations there are; those of the library if null.</param>
    /// <param name="elementType">The numbers of the file; those of the network if null. Fewer bits round.</param>
    /// <exception cref="InvalidOperationException">
    /// The network holds a kind that is not registered, is nested too deeply, or has numbers beyond the element type.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Save<T>(
        this Network<T> network, string path, ModelKinds? kinds = null, TensorElementType? elementType = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => network.Save(stream, kinds, elementType));
    }

    /// <summary>Saves the network to a stream, which stays open.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="kinds">What layers and activations there are; those of the library if null.</param>
    /// <param name="elementType">The numbers of the stream; those of the network if null. Fewer bits round.</param>
    /// <exception cref="InvalidOperationException">
    /// The network holds a kind that is not registered, is nested too deeply, or has numbers beyond the element type.
    /// </exception>
    public static void Save<T>(
        this Network<T> network, Stream stream, ModelKinds? kinds = null, TensorElementType? elementType = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        ModelDescription.Save(network, stream, kinds, elementType, _ => { });
    }

    /// <summary>Refuses preprocessing: a network without it would compute something else.</summary>
    private static bool NoPipeline(SettingsReader settings) =>
        settings.Has(PipelineFile.Member)
            ? throw settings.Reading.Error(
                "it holds a pipeline, a network with what was fitted on its data: load it with Pipeline.Load, or in a "
                + "host register it with AddNeuralNetModel<Pipeline<T>>")
            : false;
}
