using System.Numerics;
using NeuralNet.Losses;

namespace NeuralNet.Tests.Losses;

/// <summary>The result of a loss for a batch.</summary>
internal sealed record LossResult<T>(T[] Losses, T[] Gradient)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static LossResult<T> Of(ILoss loss, int rows, T[] outputs, T[] targets)
    {
        int columns = outputs.Length / rows;
        var result = new LossResult<T>(new T[columns], new T[outputs.Length]);

        // A loss overwrites; what was there must not matter.
        Array.Fill(result.Losses, T.NaN);
        Array.Fill(result.Gradient, T.NaN);
        loss.Compute<T>(
            new(outputs, rows, columns),
            new(targets, rows, columns),
            result.Losses,
            new(result.Gradient, rows, columns));
        return result;
    }
}
