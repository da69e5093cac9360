using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Decisions;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Pipelines;

/// <summary>Turns the outputs of a classifier into probabilities.</summary>
internal static class ClassScores
{
    /// <summary>
    /// The probability of each class, classes × batch. A single output gives the probability of the second class.
    /// </summary>
    public static Matrix<T> Probabilities<T>(
        ReadOnlyMatrixSpan<T> outputs, OutputScale scale, int classes, bool areLabels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> result = Matrix<T>.Build.Dense(classes, outputs.Columns);
        var probabilities = new MatrixSpan<T>(result.AsColumnMajorArray(), classes, outputs.Columns);
        if (outputs.Rows > 1 && scale == OutputScale.Logit)
        {
            if (areLabels)
            {
                new Sigmoid().Forward(outputs, probabilities);
            }
            else
            {
                new Softmax().Forward(outputs, probabilities);
            }

            return result;
        }

        var single = new Sigmoid();
        for (int j = 0; j < outputs.Columns; j++)
        {
            Span<T> ofSample = probabilities.Column(j);
            Span<T> given = outputs.Rows > 1 ? ofSample : ofSample[1..];
            switch (scale)
            {
                case OutputScale.Logit:
                    single.Forward(new ReadOnlyMatrixSpan<T>(outputs.Column(j), 1, 1), new MatrixSpan<T>(given, 1, 1));
                    break;
                case OutputScale.LogProbability:
                    Exponentials.Compute<T>(outputs.Column(j), given);
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

    /// <summary>
    /// The probability of each class of one sample, in double; of a single output, those of the first and the second.
    /// </summary>
    public static void Read<T>(Pipeline<T> pipeline, ReadOnlySpan<T> outputs, Span<double> probabilities)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<double> given = outputs.Length > 1 ? probabilities : probabilities[1..];
        LogOdds.ReadProbabilities(outputs, pipeline.Scale, outputs.Length > 1, given);
        if (outputs.Length == 1)
        {
            probabilities[0] = 1 - probabilities[1];
        }
    }
}
