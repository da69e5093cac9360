using System.Buffers;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Regularization;

/// <summary>
/// Limits the norm of each neuron's weights, or each filter's, to c: a row w of the parameter with ‖w‖₂ &gt; c becomes
/// c·w/‖w‖₂.
/// </summary>
/// <remarks>
/// Srebro and Shraibman, "Rank, trace-norm and max-norm" (2005); with dropout: Srivastava et al., "Dropout" (2014),
/// section 5.1. Keras's <c>MaxNorm</c> has the same default, 2, and adds 10⁻⁷ to the norm that it divides by; a row
/// here is its <c>axis=0</c> of <c>Dense</c> and <c>axis=[0, 1, 2]</c> of <c>Conv2D</c>.
/// </remarks>
public sealed class MaxNorm : IConstraint
{
    /// <summary>Makes the constraint.</summary>
    /// <param name="limit">c, the largest norm of a neuron's weights, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0 or not finite.</exception>
    public MaxNorm(double limit = 2)
    {
        Limit = Require.Positive(limit);
    }

    /// <summary>c, the largest norm of a neuron's weights.</summary>
    public double Limit { get; }

    /// <inheritdoc/>
    public void Apply<T>(MatrixSpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Column by column, the order in memory; in double, where no square of a float overflows.
        double[] rented = ArrayPool<double>.Shared.Rent(Math.Max(1, values.Rows));
        Span<double> sums = rented.AsSpan(0, values.Rows);
        sums.Clear();
        for (int j = 0; j < values.Columns; j++)
        {
            Span<T> column = values.Column(j);
            for (int i = 0; i < sums.Length; i++)
            {
                double value = double.CreateTruncating(column[i]);
                sums[i] += value * value;
            }
        }

        for (int i = 0; i < sums.Length; i++)
        {
            double norm = Math.Sqrt(sums[i]);
            if (norm > Limit)
            {
                T factor = T.CreateTruncating(Limit / norm);
                for (int j = 0; j < values.Columns; j++)
                {
                    values[i, j] *= factor;
                }
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }
}
