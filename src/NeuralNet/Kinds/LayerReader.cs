using System.Globalization;
using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kinds;

/// <summary>Reads the layers of a network and those within others.</summary>
internal static class LayerReader
{
    /// <summary>
    /// The setting of a layer that reads what it receives in another shape than the layer before gives it.
    /// </summary>
    public const string InputShape = "inputShape";

    /// <summary>Reads a list of layers that follow each other.</summary>
    /// <param name="settings">The settings that the list belongs to.</param>
    /// <param name="name">The name of the list.</param>
    /// <param name="inputShape">The input shape of the first layer.</param>
    /// <param name="prefix">The beginning of the layers' names within the network.</param>
    public static List<Layer<T>> Read<T>(SettingsReader settings, string name, FeatureShape inputShape, string prefix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FeatureShape shape = inputShape;
        List<Layer<T>> layers = [];
        foreach (Place place in Places(settings, name, prefix))
        {
            Layer<T> layer = ReadLayer<T>(place, shape);
            layers.Add(layer);
            shape = layer.OutputShape;
        }

        return layers;
    }

    /// <summary>Reads a list of sequences that all receive the same input.</summary>
    /// <param name="settings">The settings that the list belongs to.</param>
    /// <param name="name">The name of the list.</param>
    /// <param name="inputShape">Their input shape.</param>
    /// <param name="prefix">The beginning of the sequences' names within the network.</param>
    public static List<Layer<T>> ReadBranches<T>(
        SettingsReader settings, string name, FeatureShape inputShape, string prefix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<Layer<T>> branches = [];
        foreach (Place place in Places(settings, name, prefix))
        {
            Layer<T> layer = ReadLayer<T>(place, inputShape);
            branches.Add(layer as Sequence<T> ?? throw settings.Reading.Error(
                $"{place.Settings.Path} should be a sequence of layers, but is of the kind '{layer.Kind}'"));
        }

        return branches;
    }

    // Layers are named as they will be within the network: by kind and number.
    private static IEnumerable<Place> Places(SettingsReader settings, string name, string prefix)
    {
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (SettingsReader element in settings.Elements(name))
        {
            string kind = element.Text("kind");
            int ordinal = ordinals[kind] = ordinals.GetValueOrDefault(kind) + 1;
            yield return new(element, kind, prefix + kind + ordinal.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static Layer<T> ReadLayer<T>(Place place, FeatureShape received)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SettingsReader settings = place.Settings;
        FeatureShape shape = settings.Has(InputShape) ? settings.Shape(InputShape) : received;
        Layer<T> layer = settings.Reading.Create<T>(place.Kind, settings, new LayerPlace(place.LayerName, shape));
        return layer.Kind == place.Kind && received.CanBeReadAs(layer.InputShape)
            ? layer
            : throw settings.Reading.Error(
                $"the layer made at {settings.Path} should be of the kind '{place.Kind}' and take "
                + $"{received.Describe()}, but it is of the kind '{layer.Kind}' and takes "
                + $"{layer.InputShape.Describe()}");
    }

    private sealed record Place(SettingsReader Settings, string Kind, string LayerName);
}
