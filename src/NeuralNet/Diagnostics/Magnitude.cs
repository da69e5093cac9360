using System.Numerics;

namespace NeuralNet.Diagnostics;

/// <summary>The size of the numbers of a layer, a parameter or the data.</summary>
/// <param name="Name">The name of a layer or a parameter, <c>inputs</c> or <c>targets</c>.</param>
/// <param name="Largest">The largest absolute value among those that are finite; 0 if none is.</param>
/// <param name="IsFinite">Whether all are finite.</param>
public readonly record struct Magnitude(string Name, double Largest, bool IsFinite)
{
    /// <summary>The name and the largest absolute value.</summary>
    /// <returns>For example <c>dense1 3.2</c>, or <c>dense1 3.2 and not finite</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"{Name} {Largest:G3}") + (IsFinite ? "" : " and not finite");

    internal static Magnitude Of<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        bool isFinite = true;
        foreach (T value in values)
        {
            if (T.IsFinite(value))
            {
                largest = T.Max(largest, T.Abs(value));
            }
            else
            {
                isFinite = false;
            }
        }

        return new(name, double.CreateChecked(largest), isFinite);
    }
}
