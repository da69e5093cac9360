using System.Numerics;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Ensembles;

/// <summary>Makes the layers of a network again, by the settings with which it would be saved.</summary>
internal static class LayerCopy
{
    private const string Member = "layers";

    /// <summary>New layers of the same settings, in no network yet; their parameters are not drawn.</summary>
    /// <exception cref="InvalidOperationException">A layer is of a kind that is not registered.</exception>
    public static List<Layer<T>> Of<T>(Network<T> network, ModelKinds kinds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FeatureShape shape = network.InputShape;
        string text = SettingsWriter.Write(
            kinds, KindUse.Copying, writer => writer.Layers(Member, network.Layers, shape));
        var reading = new ModelReading(kinds, "network", tensors: null);
        return LayerReader.Read<T>(new SettingsReader(reading, reading.Parse(text), path: ""), Member, shape, "");
    }
}
