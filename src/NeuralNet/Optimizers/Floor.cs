using System.Numerics;

namespace NeuralNet.Optimizers;

/// <summary>
/// Keeps an ε that is above 0 away from 0 in the number type of the parameters, too: 10⁻⁶⁰ is 0 in float, and 0 / 0 is
/// not a step.
/// </summary>
internal static class Floor
{
    /// <summary>
    /// For an ε that stands beside a gradient, or beside a square under a root: the smallest normal number.
    /// </summary>
    public static T Normal<T>(double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateChecked(Math.Max(epsilon, SmallestNormal<T>()));

    /// <summary>
    /// For an ε that stands beside the root of a mean square: the root of the smallest normal number, for gradients
    /// below it have squares that the type does not hold, and dividing them by less would make huge steps of tiny
    /// gradients.
    /// </summary>
    public static T RootOfNormal<T>(double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateChecked(Math.Max(epsilon, Math.Sqrt(SmallestNormal<T>())));

    private static double SmallestNormal<T>() => typeof(T) == typeof(float) ? 1.17549435e-38 : 2.2250738585072014e-308;
}
