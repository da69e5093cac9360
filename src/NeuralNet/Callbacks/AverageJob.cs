using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;
using NeuralNet.Layers;

namespace NeuralNet.Callbacks;

/// <summary>
/// Moves an average towards the parameters of a network, ā ← ā + w·(θ − ā), in parts. Elements are independent, so the
/// number of parts changes no bit.
/// </summary>
internal readonly struct AverageJob<T>(
    IReadOnlyList<Parameter<T>> parameters, T[][] average, T weight, int parts) : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Execute(int part)
    {
        for (int i = 0; i < average.Length; i++)
        {
            var shares = new Partition(average[i].Length, parts);
            (int start, int length) = (shares.Start(part), shares.Size(part));
            UpdateLoop.Run(
                average[i].AsSpan(start, length), parameters[i].Values.Slice(start, length), new Towards(weight));
        }
    }

    private readonly struct Towards(T weight) : IUpdateRule<T>
    {
        private readonly Vector<T> _weight = new(weight);

        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> current, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2) =>
            value += _weight * (current - value);
    }
}
