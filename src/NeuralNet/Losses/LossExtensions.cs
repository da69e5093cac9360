using System.Buffers;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>Ways to use a loss: of outputs without a network, at each step, and of known targets alone.</summary>
public static class LossExtensions
{
    /// <summary>Computes the mean of the losses of outputs, without a network, or their sum.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="loss">The loss of a sample.</param>
    /// <param name="outputs">Outputs, such as predictions, outputs × samples.</param>
    /// <param name="targets">The desired outputs, outputs × samples.</param>
    /// <param name="reduction">What is made of the samples' losses.</param>
    /// <returns>The mean or the sum, added up in double.</returns>
    /// <example><code>
    /// double loss = new MeanSquaredError().Of(network.Predict(data.Inputs), data.Targets);
    /// </code></example>
    /// <exception cref="ArgumentException">There is no sample, or a shape does not fit, as in training.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reduction.</exception>
    public static double Of<T>(
        this ILoss loss,
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        LossReduction reduction = LossReduction.Mean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.Defined(reduction);
        if (outputs.Columns == 0)
        {
            throw new ArgumentException(
                "There must be at least one sample, that is one column, but there is none.", nameof(outputs));
        }

        double sum = 0;
        foreach (T value in loss.OfEach(outputs, targets))
        {
            sum += double.CreateChecked(value);
        }

        return reduction == LossReduction.Sum ? sum : sum / outputs.Columns;
    }

    /// <inheritdoc cref="Of{T}(ILoss, ReadOnlyMatrixSpan{T}, ReadOnlyMatrixSpan{T}, LossReduction)"/>
    public static double Of<T>(
        this ILoss loss, Matrix<T> outputs, Matrix<T> targets, LossReduction reduction = LossReduction.Mean)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        loss.Of((ReadOnlyMatrixSpan<T>)outputs, (ReadOnlyMatrixSpan<T>)targets, reduction);

    /// <inheritdoc cref="Of{T}(ILoss, ReadOnlyMatrixSpan{T}, ReadOnlyMatrixSpan{T}, LossReduction)"/>
    public static double Of<T>(
        this ILoss loss,
        Matrix<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        LossReduction reduction = LossReduction.Mean)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        loss.Of((ReadOnlyMatrixSpan<T>)outputs, targets, reduction);

    /// <summary>Computes the loss of each sample, without a network.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="loss">The loss of a sample.</param>
    /// <param name="outputs">Outputs, such as predictions, outputs × samples.</param>
    /// <param name="targets">The desired outputs, outputs × samples.</param>
    /// <returns>A new array with the loss of each sample.</returns>
    /// <exception cref="ArgumentException">A shape does not fit, as in training.</exception>
    public static T[] OfEach<T>(this ILoss loss, ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(loss);
        T[] losses = new T[outputs.Columns];
        T[] gradient = ArrayPool<T>.Shared.Rent(outputs.Values.Length);
        try
        {
            loss.Compute(
                outputs,
                targets,
                losses,
                new MatrixSpan<T>(gradient.AsSpan(0, outputs.Values.Length), outputs.Rows, outputs.Columns));
        }
        finally
        {
            ArrayPool<T>.Shared.Return(gradient);
        }

        return losses;
    }

    /// <inheritdoc cref="OfEach{T}(ILoss, ReadOnlyMatrixSpan{T}, ReadOnlyMatrixSpan{T})"/>
    public static T[] OfEach<T>(this ILoss loss, Matrix<T> outputs, Matrix<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        loss.OfEach((ReadOnlyMatrixSpan<T>)outputs, (ReadOnlyMatrixSpan<T>)targets);

    /// <inheritdoc cref="OfEach{T}(ILoss, ReadOnlyMatrixSpan{T}, ReadOnlyMatrixSpan{T})"/>
    public static T[] OfEach<T>(this ILoss loss, Matrix<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T> => loss.OfEach((ReadOnlyMatrixSpan<T>)outputs, targets);

    /// <summary>The mean of the loss at each step of a sequence, or at each pixel of an image.</summary>
    /// <param name="loss">The loss of a step.</param>
    /// <param name="steps">The number of steps; of an image the number of pixels, height · width.</param>
    /// <returns>The loss of all steps; see <see cref="LossPerStep"/>.</returns>
    /// <exception cref="ArgumentException">The loss is that of several outputs of a network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no step.</exception>
    public static ILoss PerStep(this ILoss loss, int steps) => new LossPerStep(loss, steps);

    /// <summary>The loss of known targets: one that is equal to a number, the mask, is not known.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="mask">The number in the place of a target that is not known, such as −1 where labels are.</param>
    /// <returns>The loss of known targets; see <see cref="MaskedLoss"/>.</returns>
    /// <exception cref="ArgumentException">The loss is made of others, or has a mask already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The mask is not finite.</exception>
    public static ILoss Masked(this ILoss loss, double mask) => new MaskedLoss(loss, mask);
}
