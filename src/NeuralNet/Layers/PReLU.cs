using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Parametric rectified linear unit: aᵢ = zᵢ for zᵢ &gt; 0, else s·zᵢ with a slope s that is learned, one for all
/// features or one per feature. ∂L/∂z = ∂L/∂a·(1 or s), ∂L/∂s = Σ ∂L/∂a·min(0, z).
/// </summary>
/// <remarks>
/// He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015). Defaults are PyTorch's: one slope, 0.25 at first.
/// Keras has a slope per feature, 0 at first. No weight decay is meant for the slope.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PReLU<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly Parameter<T> _slopes;

    /// <summary>Makes the layer.</summary>
    /// <param name="size">Number of features.</param>
    /// <param name="initialSlope">The slope to begin with.</param>
    /// <param name="slopePerFeature">Whether every feature has a slope of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1, or the slope is not finite.</exception>
    public PReLU(int size, double initialSlope = 0.25, bool slopePerFeature = false)
        : base("prelu", size, size)
    {
        Require.Finite(initialSlope);
        _slopes = AddVector("slopes", slopePerFeature ? size : 1, new Constant(initialSlope));
    }

    /// <summary>s: one element, or one per feature. Reading gives the slopes themselves; setting copies the values in.</summary>
    /// <exception cref="ArgumentException">The vector set has another length.</exception>
    public Vector<T> Slopes
    {
        get => _slopes.Vector;
        set => _slopes.Set(value);
    }

    /// <inheritdoc/>
    public override int StateLength(int batchSize) => 0;

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        int stride = Stride;
        for (int j = 0; j < input.Columns; j++)
        {
            ReadOnlySpan<T> z = input.Column(j);
            Span<T> a = output.Column(j)[..z.Length];
            for (int i = 0; i < z.Length; i++)
            {
                a[i] = z[i] > T.Zero ? z[i] : _slopes.Values[i * stride] * z[i];
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        int stride = Stride;
        Span<T> slopeGradient = context.Gradient(_slopes).Values;
        slopeGradient.Clear();
        for (int j = 0; j < input.Columns; j++)
        {
            ReadOnlySpan<T> z = input.Column(j);
            Span<T> gradient = outputGradient.Column(j)[..z.Length];
            for (int i = 0; i < z.Length; i++)
            {
                if (!(z[i] > T.Zero))
                {
                    slopeGradient[i * stride] += gradient[i] * z[i];
                    gradient[i] *= _slopes.Values[i * stride];
                }
            }
        }

        if (!inputGradient.IsEmpty)
        {
            outputGradient.Values.CopyTo(inputGradient.Values);
        }
    }

    // How far the slope of one feature lies behind that of the feature before: nowhere, where they share one.
    private int Stride => _slopes.Count == 1 ? 0 : 1;
}
