using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Pipelines;

/// <summary>Turns the outputs of a classifier into classes and probabilities.</summary>
internal static class ClassScores
{
    /// <summary>
    /// The class of a sample: that of the largest score, or, of a single score, 1 if it exceeds the threshold and else
    /// 0.
    /// </summary>
    public static int Decide<T>(ReadOnlySpan<T> scores, double threshold)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        scores.Length > 1 ? TensorPrimitives.IndexOfMax(scores)
        : double.CreateTruncating(scores[0]) > threshold ? 1
        : 0;

    /// <summary>
    /// The probability of each class, classes × batch. A single output gives the probability of the second class.
    /// </summary>
    public static Matrix<T> Probabilities<T>(ReadOnlyMatrixSpan<T> outputs, OutputKind kind, int classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> result = Matrix<T>.Build.Dense(classes, outputs.Columns);
        var probabilities = new MatrixSpan<T>(result.AsColumnMajorArray(), classes, outputs.Columns);
        if (outputs.Rows > 1 && kind == OutputKind.Real)
        {
            new Softmax().Forward(outputs, probabilities);
            return result;
        }

        var single = new Sigmoid();
        for (int j = 0; j < outputs.Columns; j++)
        {
            Span<T> ofSample = probabilities.Column(j);
            Span<T> given = outputs.Rows > 1 ? ofSample : ofSample[1..];
            switch (kind)
            {
                case OutputKind.Real:
                    single.Forward(new ReadOnlyMatrixSpan<T>(outputs.Column(j), 1, 1), new MatrixSpan<T>(given, 1, 1));
                    break;
                case OutputKind.LogProbability:
                    TensorPrimitives.Exp(outputs.Column(j), given);
                    break;
                default:
                    outputs.Column(j).CopyTo(given);
                    break;
            }

            if (outputs.Rows == 1)
            {
                ofSample[0] = T.One - ofSample[1];
            }
        }

        return result;
    }
}
