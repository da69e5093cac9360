using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Recurrence;

/// <summary>Biases of an LSTM: 1 for the forget gate, the second of four blocks, and 0 for the others.</summary>
internal sealed class ForgetGateOpen : IInitializer
{
    /// <inheritdoc/>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        int units = values.Rows / 4;
        values.Values.Clear();
        values.Values.Slice(units, units).Fill(T.One);
    }
}
