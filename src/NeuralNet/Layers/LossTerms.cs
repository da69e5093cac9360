namespace NeuralNet.Layers;

/// <summary>What layers add to the loss of a batch in a forward pass of training.</summary>
internal sealed class LossTerms
{
    /// <summary>The sum of all terms, in the order of the layers.</summary>
    public double Sum { get; private set; }

    /// <summary>Adds a term.</summary>
    public void Add(double term) => Sum += term;

    /// <summary>Begins a new pass.</summary>
    public void Clear() => Sum = 0;
}
