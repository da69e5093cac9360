using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Parametric rectified linear unit: aᵢ = zᵢ for zᵢ &gt; 0, else s·zᵢ with a slope s that is learned, one for all
/// features or one per feature, that is per channel of an image. ∂L/∂z = ∂L/∂a·(1 or s), ∂L/∂s = Σ ∂L/∂a·min(0, z).
/// </summary>
/// <remarks>
/// He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015). Defaults are PyTorch's: one slope, 0.25 at first.
/// Keras has a slope per feature, 0 at first. No weight decay is meant for the slope.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PReLU<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="shape">Shape of input and output; an int is a number of features.</param>
    /// <param name="initialSlope">The slope to begin with.</param>
    /// <param name="slopePerFeature">
    /// Whether every feature has a slope of its own; of a shape with several dimensions, every channel.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
    public PReLU(FeatureShape shape, double initialSlope = 0.25, bool slopePerFeature = false)
        : base("prelu", shape, shape)
    {
        Require.Finite(initialSlope);
        Slopes = AddParameter("slopes", [slopePerFeature ? shape.Channels : 1], new Constant(initialSlope));
    }

    /// <summary>s: one element, or one per feature.</summary>
    public Parameter<T> Slopes { get; }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        int stride = Stride;
        ReadOnlyMatrixSpan<T> inputs = input.ByChannel(InputShape);
        MatrixSpan<T> outputs = output.ByChannel(InputShape);
        for (int j = 0; j < inputs.Columns; j++)
        {
            ReadOnlySpan<T> z = inputs.Column(j);
            Span<T> a = outputs.Column(j)[..z.Length];
            for (int i = 0; i < z.Length; i++)
            {
                a[i] = z[i] > T.Zero ? z[i] : Slopes.Values[i * stride] * z[i];
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
        Span<T> slopeGradient = context.Gradient(Slopes).Values;
        slopeGradient.Clear();
        ReadOnlyMatrixSpan<T> inputs = input.ByChannel(InputShape);
        MatrixSpan<T> gradients = outputGradient.ByChannel(InputShape);
        for (int j = 0; j < inputs.Columns; j++)
        {
            ReadOnlySpan<T> z = inputs.Column(j);
            Span<T> gradient = gradients.Column(j)[..z.Length];
            for (int i = 0; i < z.Length; i++)
            {
                if (!(z[i] > T.Zero))
                {
                    slopeGradient[i * stride] += gradient[i] * z[i];
                    gradient[i] *= Slopes.Values[i * stride];
                }
            }
        }

        if (!inputGradient.IsEmpty)
        {
            outputGradient.Values.CopyTo(inputGradient.Values);
        }
    }

    // The distance in memory from the slope of one feature to that of the next: 0 if they share one.
    private int Stride => Slopes.Count == 1 ? 0 : 1;
}
