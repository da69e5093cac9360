using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Initializers;

/// <summary>
/// A rule for the initial values of a parameter. Immutable and without state: all randomness comes from the generator
/// that it is given, so one instance may serve any number of layers, networks and threads.
/// </summary>
public interface IInitializer
{
    /// <summary>Writes the initial values.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="values">The parameter as a matrix, of weights outputs × inputs; overwritten.</param>
    /// <param name="fanIn">Number of inputs that an output sums up: of a dense layer, the columns.</param>
    /// <param name="fanOut">Number of outputs that an input goes to: of a dense layer, the rows.</param>
    /// <param name="random">The generator to draw from.</param>
    void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
