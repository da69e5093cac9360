using System.Numerics;
using NeuralNet.Randomness;

namespace NeuralNet.Layers;

/// <summary>The factors of dropout: 0 with probability p, else 1/(1 − p).</summary>
internal static class DropoutMask
{
    /// <summary>Draws the factors. They follow from the stream and their places alone.</summary>
    /// <param name="mask">The factors, to be overwritten.</param>
    /// <param name="rate">p.</param>
    /// <param name="random">The random numbers of the layer in this step.</param>
    public static void Draw<T>(Span<T> mask, double rate, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Each draw decides on two numbers, with 32 bits each.
        ulong threshold = (ulong)(rate * (1L << 32));
        T kept = T.CreateChecked(1 / (1 - rate));
        for (int i = 0; i < mask.Length; i += 2)
        {
            ulong bits = random.Bits(i / 2);
            mask[i] = (bits & uint.MaxValue) < threshold ? T.Zero : kept;
            if (i + 1 < mask.Length)
            {
                mask[i + 1] = (bits >> 32) < threshold ? T.Zero : kept;
            }
        }
    }
}
