using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>Mixes each sample with another one of its batch, and their targets in the same proportion.</summary>
/// <remarks>
/// <para>
/// x = λ xᵢ + (1 − λ) xₖ and y = λ yᵢ + (1 − λ) yₖ, with λ from the beta distribution Beta(α, α) and k uniform among
/// the samples of the batch, both drawn for each sample i (Zhang, Cissé, Dauphin and Lopez-Paz, "mixup: Beyond
/// empirical risk minimization", 2018, which draws one λ for a batch). Small α leave most samples nearly as they are;
/// 0.2 is usual for photos.
/// </para>
/// <para>
/// It works for samples of any shape. Mixed targets are no longer one-hot, so the loss must take shares of classes, as
/// softmax cross-entropy does.
/// </para>
/// </remarks>
public sealed class Mixup : IAugmentation
{
    /// <summary>Makes the augmentation.</summary>
    /// <param name="alpha">α, above 0 and at most 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is out of range.</exception>
    public Mixup(double alpha)
    {
        const double Most = 2;
        Alpha = Require.Positive(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alpha, Most);
    }

    /// <summary>α of the beta distribution.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    public void Apply<T>(MatrixSpan<T> inputs, MatrixSpan<T> targets, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        if (targets.Columns != inputs.Columns && !targets.IsEmpty)
        {
            throw new ArgumentException(
                $"There {Quantity.Are(inputs.Columns, "input")} but {Quantity.Of(targets.Columns, "target")}.",
                nameof(targets));
        }

        Mix(inputs, random);
        Mix(targets, random);
    }

    private void Mix<T>(MatrixSpan<T> samples, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] rented = ArrayPool<T>.Shared.Rent(samples.Values.Length);
        try
        {
            samples.Values.CopyTo(rented);
            for (int j = 0; j < samples.Columns; j++)
            {
                RandomStream stream = random.Derive(j);
                int other = (int)(stream.Uniform(0) * samples.Columns);
                T share = T.CreateTruncating(Share(stream));
                Span<T> sample = samples.Column(j);
                TensorPrimitives.Multiply(sample, share, sample);
                TensorPrimitives.MultiplyAdd(
                    rented.AsSpan(other * samples.Rows, samples.Rows), T.One - share, sample, sample);
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    // λ by Jöhnk's method (1964): of U^(1/α) and V^(1/α), while their sum is above 1 drawn again, the share of the
    // first. In logarithms, because with a small α the powers are below any double. At α = 2 one in six draws is taken.
    private double Share(RandomStream stream)
    {
        for (long index = 1; ; index += 2)
        {
            double first = Math.Log(1 - stream.Uniform(index)) / Alpha;
            double second = Math.Log(1 - stream.Uniform(index + 1)) / Alpha;
            double largest = Math.Max(first, second);
            double sum = largest + Math.Log(Math.Exp(first - largest) + Math.Exp(second - largest));
            if (sum <= 0)
            {
                return Math.Exp(first - sum);
            }
        }
    }
}
