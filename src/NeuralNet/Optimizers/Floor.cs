using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Optimizers;

/// <summary>
/// Keeps a positive ε above 0 in the number type of the parameters, too: 10⁻⁶⁰ is 0 in float, and 0 / 0 is not a step.
/// </summary>
internal static class Floor
{
    /// <summary>
    /// For an ε that is added to a gradient, or to a square under a root: at least the smallest normal number.
    /// </summary>
    public static T Normal<T>(double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateChecked(Math.Max(epsilon, NumberType.SmallestNormal<T>()));

    /// <summary>
    /// For an ε that is added to the root of a mean square: at least the root of the smallest normal number. The
    /// squares of smaller gradients underflow, and dividing such gradients by less would turn them into huge steps.
    /// </summary>
    public static T RootOfNormal<T>(double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateChecked(Math.Max(epsilon, Math.Sqrt(NumberType.SmallestNormal<T>())));
}
