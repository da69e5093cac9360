using System.Buffers;
using NeuralNet.Activations;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Convolutions;

/// <content>The weights g·v/‖v‖ and what they are made of.</content>
public sealed partial class WeightNormalization<T>
{
    /// <summary>
    /// Makes a dense layer or a convolution that computes the same with one array of weights, W = g·v/‖v‖, as this
    /// layer does now.
    /// </summary>
    /// <returns>A new layer, which is part of no network.</returns>
    /// <example><code>
    /// builder.Add(((WeightNormalization&lt;float&gt;)network.Layer("weightNormalization1")).WithoutNormalization())
    /// </code></example>
    public Layer<T> WithoutNormalization()
    {
        Layer<T> plain = Inner is Convolution<T> convolution
            ? new Convolution<T>(
                InputShape,
                convolution.Filters,
                convolution.KernelSize,
                convolution.Stride,
                convolution.Padding,
                convolution.Dilation,
                convolution.Groups,
                Activation,
                biases: Biases is not null)
            : new Dense<T>(InputShape, OutputSize, Activation, biases: Biases is not null);
        MatrixSpan<T> weights = WeightsOf(plain).View;
        MatrixSpan<T> factors = new(new T[2 * weights.Rows], weights.Rows, 2);
        ComputeFactors(factors);
        for (int j = 0; j < weights.Columns; j++)
        {
            for (int i = 0; i < weights.Rows; i++)
            {
                weights[i, j] = factors[i, 1] * Directions.View[i, j];
            }
        }

        Biases?.Values.CopyTo(plain.Parameters[^1].Values);
        return plain;
    }

    // In the first two columns, ‖v‖ and g/‖v‖ of each row.
    private void ComputeFactors(MatrixSpan<T> factors)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(factors.Rows);
        Span<double> norms = rented.AsSpan(0, factors.Rows);
        RowNorms.Compute<T>(Directions.View, norms);
        for (int i = 0; i < norms.Length; i++)
        {
            factors[i, 0] = T.CreateTruncating(norms[i]);
            factors[i, 1] = T.CreateTruncating(double.CreateTruncating(Gains.Values[i]) / norms[i]);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    // Of the sums Σ δ·u to ∂L/∂g; and of the gradient within to that of v, which is orthogonal to v.
    private void RemoveRadialPart(MatrixSpan<T> factors, Span<T> gainGradient, MatrixSpan<T> gradient)
    {
        Span<T> norms = factors.Column(0);
        Span<T> shares = factors.Column(1);
        for (int i = 0; i < norms.Length; i++)
        {
            gainGradient[i] /= norms[i];
            shares[i] *= gainGradient[i] / norms[i];
        }

        for (int j = 0; j < gradient.Columns; j++)
        {
            ReadOnlySpan<T> directions = Directions.View.Column(j);
            Span<T> column = gradient.Column(j);
            for (int i = 0; i < column.Length; i++)
            {
                column[i] -= shares[i] * directions[i];
            }
        }
    }

    private static Parameter<T> WeightsOf(Layer<T> inner) =>
        inner is Convolution<T> convolution ? convolution.Weights : ((Dense<T>)inner).Weights;

    private static FeatureShape RequirePlain(Layer<T> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner switch
        {
            Dense<T> { Biases: null, Activation: Identity } or Convolution<T> { Biases: null, Activation: Identity } =>
                inner.InputShape,
            Dense<T> or Convolution<T> => throw new ArgumentException(
                $"The layer '{inner.Kind}' within a weight normalization must have neither biases nor an activation: "
                + "give it biases: false, and the activation to the weight normalization.",
                nameof(inner)),
            _ => throw new ArgumentException(
                $"A weight normalization takes a dense layer or a convolution, but '{inner.Kind}' is neither.",
                nameof(inner)),
        };
    }
}
