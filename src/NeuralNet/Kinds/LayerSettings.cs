using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kinds;

/// <summary>The settings of a kind of layer, by name, and where in the network the layer stands.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TLayer">The type of the layer.</typeparam>
public sealed class LayerSettings<T, TLayer> : Settings<TLayer>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLayer : Layer<T>
{
    private readonly string _layerName;

    internal LayerSettings(TLayer layer, SettingsWriter writer)
        : base(layer, writer)
    {
        _layerName = layer.Name;
        InputShape = layer.InputShape;
    }

    internal LayerSettings(SettingsReader reader, LayerPlace place)
        : base(reader)
    {
        _layerName = place.LayerName;
        InputShape = place.InputShape;
    }

    /// <summary>The shape of the layer's input: the output shape of the layer before it.</summary>
    public FeatureShape InputShape { get; }

    /// <summary>The number of features that the layer receives.</summary>
    public int InputSize => InputShape.Size;

    /// <summary>
    /// Layers within the layer, of which the first takes the input of the layer, and each other one the output of the
    /// one before.
    /// </summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of a layer that is written.</param>
    /// <returns>The layers; there may be none.</returns>
    public IReadOnlyList<Layer<T>> Layers(string name, Func<TLayer, IReadOnlyList<Layer<T>>> get) =>
        Layers(name, get, InputShape);

    /// <summary>
    /// Layers within the layer that follow each other, of which the first takes another shape than the layer, such as
    /// one step of a sequence.
    /// </summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of a layer that is written.</param>
    /// <param name="inputShape">The shape that the first of them takes.</param>
    /// <returns>The layers; there may be none.</returns>
    public IReadOnlyList<Layer<T>> Layers(
        string name, Func<TLayer, IReadOnlyList<Layer<T>>> get, FeatureShape inputShape) => Setting(
        name,
        get,
        (writer, name, layers) => writer.Layers(name, layers, inputShape),
        (reader, name) => LayerReader.Read<T>(reader, name, inputShape, _layerName + "."));

    /// <summary>Sequences of layers within the layer, each of which takes the input of the layer.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of a layer that is written.</param>
    /// <returns>The sequences; there may be none.</returns>
    /// <exception cref="InvalidDataException">The file holds other layers than sequences there.</exception>
    public IReadOnlyList<Sequence<T>> Branches(string name, Func<TLayer, IReadOnlyList<Layer<T>>> get) =>
    [
        .. Setting(
            name,
            get,
            (writer, name, layers) => writer.Branches(name, layers, InputShape),
            (reader, name) => LayerReader.ReadBranches<T>(reader, name, InputShape, _layerName + "."))
            .Cast<Sequence<T>>(),
    ];

    /// <summary>
    /// Refuses a file that holds no such tensor among those of the layer; does nothing when the layer is written. Ask
    /// before you make a layer that has parameters: then a size alone, which may be damaged, takes no memory.
    /// </summary>
    /// <param name="name">The name within the layer, such as <c>weights</c>.</param>
    /// <param name="shape">The dimensions, as <see cref="Parameter{T}.Shape"/> has them.</param>
    /// <exception cref="InvalidDataException">The file holds no such tensor.</exception>
    public void RequireTensor(string name, params ReadOnlySpan<int> shape)
    {
        if (Reader is not null)
        {
            long[] dimensions = new long[shape.Length];
            for (int i = 0; i < shape.Length; i++)
            {
                dimensions[i] = shape[i];
            }

            Reader.Reading.RequireTensor(_layerName, name, Reader.Path, dimensions);
        }
    }
}
