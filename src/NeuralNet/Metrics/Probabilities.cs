using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Checks of outputs that are taken for probabilities. NaN passes, and makes the figure NaN.</summary>
internal static class Probabilities
{
    /// <summary>Requires probabilities that sum to 1, of each sample that has a weight.</summary>
    public static void RequireDistributions<T>(
        string metric, ReadOnlyMatrixSpan<T> outputs, ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < outputs.Columns; j++)
        {
            double sum = 0;
            double least = 0;
            foreach (T output in outputs.Column(j))
            {
                double value = double.CreateChecked(output);
                sum += value;
                least = Math.Min(least, value);
            }

            if (SampleWeights.Of(weights, j) != 0 && (least < 0 || Math.Abs(sum - 1) > Decision.SumTolerance))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Metric '{metric}' takes outputs for probabilities that sum to 1, but those of sample {j} of "
                        + $"the batch sum to {sum}, and the least of them is "
                        + $"{TensorPrimitives.Min(outputs.Column(j))}. If they are logits, say fromLogits: true; if "
                        + $"they are labels, say Meaning = {nameof(OutputMeaning)}.{nameof(OutputMeaning.Labels)}."),
                    nameof(outputs));
            }
        }
    }

    /// <summary>Requires that each output is a probability, of each sample that has a weight.</summary>
    public static void RequireEach<T>(string metric, ReadOnlyMatrixSpan<T> outputs, ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < outputs.Values.Length; i++)
        {
            T output = outputs.Values[i];
            if ((output < T.Zero || output > T.One) && SampleWeights.Of(weights, i / outputs.Rows) != 0)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Metric '{metric}' takes outputs for probabilities, but output {i % outputs.Rows} of sample "
                        + $"{i / outputs.Rows} of the batch is {output}. If they are logits, say fromLogits: true."),
                    nameof(outputs));
            }
        }
    }
}
