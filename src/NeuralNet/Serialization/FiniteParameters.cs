using System.Numerics;
using NeuralNet.Layers;

namespace NeuralNet.Serialization;

/// <summary>Refuses files with parameters that are not finite, unless the reader asks for them.</summary>
internal static class FiniteParameters
{
    /// <summary>Requires finite values for a parameter.</summary>
    /// <exception cref="InvalidDataException">One is NaN or infinite.</exception>
    public static void Require<T>(Parameter<T> parameter, ReadOnlySpan<T> values, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (NonFiniteElement<T>.Find(parameter, values) is { } element)
        {
            throw new InvalidDataException(
                $"'{name}' holds a network that predicts nothing: {element}. Mostly training has diverged: take an "
                + "earlier file."
                + (typeof(T) == typeof(float) && T.IsInfinity(element.Value)
                    ? " If the file has numbers beyond float, load it as double."
                    : "")
                + " To load it all the same, say allowNonFinite: true.");
        }
    }
}
