using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Regularization;

/// <summary>
/// A condition that a parameter meets after every training step: a step that breaks it is corrected. Immutable and
/// without state, so one instance may serve any number of parameters.
/// </summary>
public interface IConstraint
{
    /// <summary>Changes the values as little as necessary to meet the condition.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="values">
    /// The parameter; for weights outputs × inputs, row j being the weights of neuron j; for those of a convolution,
    /// row j is filter j.
    /// </param>
    void Apply<T>(MatrixSpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
