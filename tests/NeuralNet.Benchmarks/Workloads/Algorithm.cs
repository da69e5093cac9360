namespace NeuralNet.Benchmarks.Workloads;

/// <summary>An optimizer that training is measured with.</summary>
public enum Algorithm
{
    /// <summary>Stochastic gradient descent, without momentum.</summary>
    Sgd,

    /// <summary>Adam.</summary>
    Adam,
}
