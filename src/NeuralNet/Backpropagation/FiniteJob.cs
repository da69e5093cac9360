using System.Numerics;
using NeuralNet.Kernels;

namespace NeuralNet.Backpropagation;

/// <summary>
/// Searches several arrays for NaN and infinity, in parts: each part takes its share of every array and, if it finds
/// one, sets the first element of <paramref name="found"/>.
/// </summary>
internal readonly struct FiniteJob<T>(T[][] arrays, bool[] found, int parts) : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Execute(int part)
    {
        foreach (T[] array in arrays)
        {
            var shares = new Partition(array.Length, parts);
            if (!Finite.All<T>(array.AsSpan(shares.Start(part), shares.Size(part))))
            {
                Volatile.Write(ref found[0], true);
                return;
            }
        }
    }
}
