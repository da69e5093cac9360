using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Regularization;

/// <summary>
/// A condition that a parameter meets after every training step: the step's result is put back to where it holds.
/// Immutable and without state, so one instance may serve any number of parameters.
/// </summary>
public interface IConstraint
{
    /// <summary>Changes the values as little as needed for the condition to hold.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="values">The parameter; for weights outputs × inputs, row j being the weights of neuron j.</param>
    void Apply<T>(MatrixSpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
