using System.Numerics;

namespace NeuralNet.Initializers;

/// <summary>
/// A rule for the initial values of a parameter. Immutable and without state: all randomness comes from the generator
/// that it is given, so one instance may serve any number of layers, networks and threads.
/// </summary>
public interface IInitializer
{
    /// <summary>Writes the initial values.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="values">The parameter's elements, column-major; overwritten.</param>
    /// <param name="fanIn">Number of inputs of the layer: the columns of its weight matrix.</param>
    /// <param name="fanOut">Number of outputs of the layer: the rows of its weight matrix.</param>
    /// <param name="random">The generator to draw from.</param>
    void Initialize<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
