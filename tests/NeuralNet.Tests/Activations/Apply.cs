using System.Numerics;
using NeuralNet.Activations;

namespace NeuralNet.Tests.Activations;

/// <summary>Applies an activation to arrays, as one sample by default.</summary>
internal static class Apply
{
    public static T[] Forward<T>(IActivation activation, T[] z, int columns = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] a = new T[z.Length];
        activation.Forward<T>(new(z, z.Length / columns, columns), new(a, z.Length / columns, columns));
        return a;
    }

    /// <summary>Computes ∂L/∂z; z is not given to an activation that says that it does not read it.</summary>
    public static T[] Backward<T>(IActivation activation, T[] z, T[] outputGradient, int columns = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] a = Forward(activation, z, columns);
        T[] delta = new T[z.Length];
        int rows = z.Length / columns;
        activation.Backward<T>(
            activation.BackwardReadsInput ? new(z, rows, columns) : default,
            new(a, rows, columns),
            new(outputGradient, rows, columns),
            new(delta, rows, columns));
        return delta;
    }

    /// <summary>σ'(z), element by element.</summary>
    public static T[] Derivative<T>(IActivation activation, params T[] z)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Backward(activation, z, Enumerable.Repeat(T.One, z.Length).ToArray());
}
