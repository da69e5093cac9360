using System.Numerics;
using NeuralNet.Layers;

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
        InputSize = layer.InputSize;
    }

    internal LayerSettings(SettingsReader reader, LayerPlace place)
        : base(reader)
    {
        _layerName = place.LayerName;
        InputSize = place.InputSize;
    }

    /// <summary>The number of features that the layer receives: the outputs of the layer before.</summary>
    public int InputSize { get; }

    /// <summary>
    /// Layers within the layer, of which the first takes as many inputs as the layer, and each other one the outputs of
    /// the one before.
    /// </summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="get">Gives the setting of a layer that is written.</param>
    /// <returns>The layers; there may be none.</returns>
    public IReadOnlyList<Layer<T>> Layers(string name, Func<TLayer, IReadOnlyList<Layer<T>>> get) => Setting(
        name,
        get,
        static (writer, name, layers) => writer.Layers(name, layers),
        (reader, name) => LayerReader.Read<T>(reader, name, InputSize, _layerName + "."));

    /// <summary>
    /// Refuses a file that holds no such matrix among the tensors of the layer; does nothing when the layer is written.
    /// Ask before you make a layer that has parameters: then a size alone, which may be damaged, takes no memory.
    /// </summary>
    /// <param name="name">The name within the layer, such as <c>weights</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <exception cref="InvalidDataException">The file holds no such tensor.</exception>
    public void RequireMatrix(string name, int rows, int columns) =>
        Reader?.Reading.RequireTensor($"{_layerName}.{name}", Reader.Path, rows, columns);

    /// <summary>
    /// Refuses a file that holds no such vector among the tensors of the layer; does nothing when the layer is written.
    /// </summary>
    /// <param name="name">The name within the layer, such as <c>biases</c>.</param>
    /// <param name="length">The number of elements.</param>
    /// <exception cref="InvalidDataException">The file holds no such tensor.</exception>
    public void RequireVector(string name, int length) =>
        Reader?.Reading.RequireTensor($"{_layerName}.{name}", Reader.Path, length);
}
