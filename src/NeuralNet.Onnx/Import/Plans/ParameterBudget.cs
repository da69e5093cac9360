using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// Limits the number of parameters to little more than the number of bytes in the file. Every parameter has four bytes
/// of its own there, unless a constant serves several layers; the limit keeps a small file from making a large network
/// that way.
/// </summary>
internal sealed class ParameterBudget(int fileLength)
{
    private const long Least = 1 << 16;

    private long _left = fileLength + Least;

    /// <summary>Takes parameters from the budget, before memory is allocated for them.</summary>
    /// <exception cref="NotSupportedException">There are too many parameters.</exception>
    public void Take(OnnxNode node, long count)
    {
        _left -= count;
        if (_left < 0)
        {
            throw node.Refuse(
                $"with its {count} parameters the network has far more of them "
                + $"than a file of {fileLength} bytes holds");
        }
    }
}
