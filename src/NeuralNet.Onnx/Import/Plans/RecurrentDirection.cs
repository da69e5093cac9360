namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// What a file has for one direction of a recurrent operator, row after row, the blocks of the gates in the order of
/// the library.
/// </summary>
/// <param name="Operation">The operator: LSTM, GRU or RNN.</param>
/// <param name="Units">Number of units.</param>
/// <param name="IsReversed">Whether sequences are read from their end.</param>
internal sealed record RecurrentDirection(string Operation, int Units, bool IsReversed)
{
    /// <summary>Whether a GRU applies its reset gate after the product.</summary>
    public bool ResetsAfter { get; init; }

    /// <summary>Whether an RNN is one of rectifiers.</summary>
    public bool IsRectified { get; init; }

    /// <summary>The input weights.</summary>
    public required double[] InputWeights { get; init; }

    /// <summary>The recurrent weights.</summary>
    public required double[] RecurrentWeights { get; init; }

    /// <summary>The biases beside the input weights; null if there are none.</summary>
    public double[]? InputBiases { get; init; }

    /// <summary>The biases beside the recurrent weights; null if there are none.</summary>
    public double[]? RecurrentBiases { get; init; }

    /// <summary>The state that sequences begin with; null if it is 0.</summary>
    public double[]? InitialHidden { get; init; }

    /// <summary>The cell state that sequences begin with; null if it is 0.</summary>
    public double[]? InitialCell { get; init; }
}
