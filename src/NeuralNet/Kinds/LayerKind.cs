using System.Numerics;
using NeuralNet.Layers;

namespace NeuralNet.Kinds;

/// <summary>A kind of layer.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Type">Its type.</param>
/// <param name="Write">Writes the settings of one.</param>
/// <param name="Read">Reads settings and makes a layer from them.</param>
internal sealed record LayerKind<T>(
    string Name, Type Type, Action<Layer<T>, SettingsWriter> Write, Func<SettingsReader, LayerPlace, Layer<T>> Read)
    : Kind(KindRole.Layer, Name, Type)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a kind from the function that describes it.</summary>
    public static LayerKind<T> Of<TLayer>(string name, Func<LayerSettings<T, TLayer>, Func<TLayer>> describe)
        where TLayer : Layer<T> =>
        new(
            name,
            typeof(TLayer),
            (layer, writer) => describe(new LayerSettings<T, TLayer>((TLayer)layer, writer)),
            (reader, place) =>
            {
                Func<TLayer> make = describe(new LayerSettings<T, TLayer>(reader, place));
                reader.Close();
                return make();
            });
}
