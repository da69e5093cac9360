using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Layers;

/// <summary>
/// A penalty on the outputs of the layer before it, which pass unchanged: to the loss of a batch of n samples comes
/// (1/n)·Σⱼ R(aⱼ), and ∂L/∂input is ∂L/∂a + (1/n)·∂R/∂a. An L1 penalty makes most of them 0, as in sparse coding.
/// </summary>
/// <remarks>
/// <para>
/// Keras's <c>activity_regularizer</c>, which is divided by the size of the batch as well. Weights of samples do not
/// count. It is part of the loss that a training step computes, as the penalties of parameters are, and of none that
/// is measured by predicting, as in validation. When predicting, nothing happens.
/// </para>
/// <para>
/// Where layers are applied to each step, the mean is that of all steps; of padded sequences, a step of padding has no
/// penalty.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ActivityPenalty<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="shape">Shape of input and output; an int is a number of features.</param>
    /// <param name="penalty">R, of the outputs of one sample.</param>
    public ActivityPenalty(FeatureShape shape, IPenalty penalty)
        : base("activityPenalty", shape, shape)
    {
        ArgumentNullException.ThrowIfNull(penalty);
        Penalty = penalty;
    }

    /// <summary>R, the penalty on the outputs of one sample.</summary>
    public IPenalty Penalty { get; }

    /// <inheritdoc/>
    public override bool IsForTrainingOnly => true;

    /// <inheritdoc/>
    public override bool TakesPadding => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        input.Values.CopyTo(output.Values);
        if (context.IsTraining)
        {
            double sum = 0;
            for (int j = 0; j < input.Columns; j++)
            {
                sum += Penalty.Value(input.Column(j)[..RowsOf(j, context.Lengths)]);
            }

            context.AddToLoss(sum / input.Columns);
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
        if (inputGradient.IsEmpty)
        {
            return;
        }

        if (!context.IsTraining)
        {
            outputGradient.Values.CopyTo(inputGradient.Values);
            return;
        }

        inputGradient.Values.Clear();
        for (int j = 0; j < input.Columns; j++)
        {
            int rows = RowsOf(j, context.Lengths);
            Penalty.AddGradient(input.Column(j)[..rows], inputGradient.Column(j)[..rows]);
        }

        TensorPrimitives.MultiplyAdd(
            inputGradient.Values,
            T.One / T.CreateChecked(input.Columns),
            outputGradient.Values,
            inputGradient.Values);
    }

    // The rows of a sample that are no padding.
    private int RowsOf(int sample, ReadOnlySpan<T> lengths) =>
        lengths.IsEmpty ? InputSize : int.CreateTruncating(lengths[sample]) * (InputSize / InputShape[0]);
}
