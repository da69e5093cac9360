using System.Numerics;

namespace NeuralNet.Training;

/// <summary>The state of a callback: numbers and arrays, by name.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class CallbackState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Single numbers, kept exactly, NaN and infinity included.</summary>
    public IDictionary<string, double> Numbers { get; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Arrays, kept exactly.</summary>
    public IDictionary<string, T[]> Arrays { get; } = new SortedDictionary<string, T[]>(StringComparer.Ordinal);
}
