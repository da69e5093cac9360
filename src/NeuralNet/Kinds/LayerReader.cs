using System.Globalization;
using System.Numerics;
using NeuralNet.Layers;

namespace NeuralNet.Kinds;

/// <summary>Reads layers that follow each other, each taking the outputs of the one before it.</summary>
internal static class LayerReader
{
    /// <summary>Reads a list of layers.</summary>
    /// <param name="settings">What the list is a setting of.</param>
    /// <param name="name">The name of the list.</param>
    /// <param name="inputSize">The features that the first layer receives.</param>
    /// <param name="prefix">What the names of the layers begin with within the network.</param>
    public static List<Layer<T>> Read<T>(SettingsReader settings, string name, int inputSize, string prefix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<Layer<T>> layers = [];
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        int size = inputSize;
        foreach (SettingsReader element in settings.Elements(name))
        {
            string kind = element.Text("kind");

            // As it will be named within the network.
            int ordinal = ordinals[kind] = ordinals.GetValueOrDefault(kind) + 1;
            string layerName = prefix + kind + ordinal.ToString(CultureInfo.InvariantCulture);
            Layer<T> layer = settings.Reading.Create<T>(kind, element, new LayerPlace(layerName, size));
            if (layer.Kind != kind || layer.InputSize != size)
            {
                throw settings.Reading.Error(
                    $"the layer made at {element.Path} should be of the kind '{kind}' and take {size} inputs, "
                    + $"but it is of the kind '{layer.Kind}' and takes {layer.InputSize}");
            }

            layers.Add(layer);
            size = layer.OutputSize;
        }

        return layers;
    }
}
