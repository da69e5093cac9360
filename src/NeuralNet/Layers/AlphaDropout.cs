using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Dropout for networks of <see cref="SELU"/>: while training, each number becomes α′ = −λα, the least that SELU gives,
/// with probability p, and all are scaled and shifted so that a mean of 0 and a variance of 1 stay; when predicting,
/// nothing happens. a = A·(m·input + (1 − m)·α′) + B, ∂L/∂input = A·m ⊙ ∂L/∂a, where m is 0 or 1,
/// A = ((1 − p)·(1 + p·α′²))^(−½) and B = −A·p·α′.
/// </summary>
/// <remarks>
/// Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks" (2017); PyTorch's and Keras's
/// <c>AlphaDropout</c>, with PyTorch's default. What is dropped follows from the trainer's seed, the step and the layer
/// alone.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class AlphaDropout<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // −λα of SELU.
    private const double LeastSELU = -1.7580993408473768;

    /// <summary>Makes the layer.</summary>
    /// <param name="shape">Shape of input and output; an int is a number of features.</param>
    /// <param name="rate">p, at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public AlphaDropout(FeatureShape shape, double rate = 0.5)
        : base("alphaDropout", shape, shape) => Rate = Require.Fraction(rate);

    /// <summary>p, the probability that a number is dropped.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override bool IsForTrainingOnly => true;

    /// <inheritdoc/>
    public override bool TakesPadding => true;

    // A and B.
    private double Scale => 1 / Math.Sqrt((1 - Rate) * (1 + (Rate * LeastSELU * LeastSELU)));

    // The mask is 0 or 1/(1 − p), where A is wanted.
    private double Factor => Scale * (1 - Rate);

    private double Shift => -Scale * Rate * LeastSELU;

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (memory.HasBackward)
        {
            memory.Remember(OutputSize, memory.Samples);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        if (!context.IsTraining)
        {
            input.Values.CopyTo(output.Values);
            return;
        }

        Span<T> mask = context.Remembered(0).Values;
        DropoutMask.Apply(input.Values, mask, output.Values, Rate, context.Random, context.Team);
        Elementwise.Map(
            mask, output.Values, output.Values, new Transform(Factor, Shift, Shift + (Scale * LeastSELU)));
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        if (!context.IsTraining)
        {
            outputGradient.Values[..inputGradient.Values.Length].CopyTo(inputGradient.Values);
        }
        else if (!inputGradient.IsEmpty)
        {
            DropoutMask.Multiply<T>(
                outputGradient.Values, context.Remembered(0).Values, inputGradient.Values, context.Team);
            TensorPrimitives.Multiply(inputGradient.Values, T.CreateChecked(Factor), inputGradient.Values);
        }
    }

    // A number that is kept, and the 0 of one that is dropped, are shifted by what each needs.
    private readonly struct Transform(double factor, double kept, double dropped) : IBinaryOperator<T>
    {
        private readonly Vector<T> _factor = VectorMath.Constant<T>(factor);
        private readonly Vector<T> _kept = VectorMath.Constant<T>(kept);
        private readonly Vector<T> _dropped = VectorMath.Constant<T>(dropped);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> mask, Vector<T> product) =>
            (product * _factor) + Vector.ConditionalSelect(Vector.Equals(mask, Vector<T>.Zero), _dropped, _kept);
    }
}
