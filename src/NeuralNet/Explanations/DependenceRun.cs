using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.ModelSelection;
using NeuralNet.Pipelines;

namespace NeuralNet.Explanations;

/// <summary>Predicts all samples at each value of a feature.</summary>
internal static class DependenceRun
{
    /// <summary>The dependence on values, for each of which a function makes the inputs of all samples.</summary>
    /// <exception cref="ArgumentException">A prediction is not finite.</exception>
    public static PartialDependence Run<T>(
        Pipeline<T> pipeline,
        string feature,
        double[] grid,
        string[] values,
        Func<int, Matrix<T>> inputsAt,
        DependenceOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[] outputs = NamesOf(pipeline);
        Matrix<double> means = Matrix<double>.Build.Dense(outputs.Length, grid.Length);
        var results = new Matrix<T>?[grid.Length];
        Parallelism.For(
            grid.Length,
            options.Threads ?? Environment.ProcessorCount,
            k =>
            {
                Matrix<T> inputs = inputsAt(k);
                if (inputs.ColumnCount == 0)
                {
                    throw new ArgumentException(
                        "There must be at least one sample, but there is none.", nameof(inputsAt));
                }

                Matrix<T> result = pipeline.Labels is null
                    ? pipeline.Predict(inputs)
                    : pipeline.PredictProbabilities((ReadOnlyMatrixSpan<T>)inputs);
                for (int o = 0; o < outputs.Length; o++)
                {
                    means[o, k] = Mean(result, o);
                }

                results[k] = options.KeepsCurves ? result : null;
            },
            CancellationToken.None);
        (int, int, double)? bad = means.EnumerateIndexed().Where(mean => !double.IsFinite(mean.Item3))
            .Select(mean => ((int, int, double)?)mean).FirstOrDefault();
        if (bad is var (output, at, mean))
        {
            throw new ArgumentException(
                $"With {MessageText.Quoted(feature)} = {MessageText.Shortened(values[at])}, the mean of "
                + $"{MessageText.Quoted(outputs[output])} is {mean}: look for features that are missing or infinite.",
                nameof(inputsAt));
        }

        return new(feature, grid, values, outputs, means, options.KeepsCurves ? CurvesOf(results!, outputs) : null);
    }

    private static Matrix<double>[] CurvesOf<T>(Matrix<T>[] results, string[] outputs)
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. outputs.Select((_, o) => Matrix<double>.Build.Dense(
            results[0].ColumnCount, results.Length, (j, k) => double.CreateChecked(results[k][o, j]))),
    ];

    private static double Mean<T>(Matrix<T> result, int output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int j = 0; j < result.ColumnCount; j++)
        {
            sum += double.CreateChecked(result[output, j]);
        }

        return sum / result.ColumnCount;
    }

    private static string[] NamesOf<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (pipeline.Labels is { } labels)
        {
            return [.. labels.Labels];
        }

        return pipeline.OutputSize == pipeline.Network.OutputSize
            ? [.. pipeline.Network.Outputs.SelectMany(output => Enumerable.Range(0, output.Size).Select(
                i => output.Size == 1 ? output.Name : FormattableString.Invariant($"{output.Name} {i}")))]
            : [.. Enumerable.Range(0, pipeline.OutputSize).Select(i => FormattableString.Invariant($"output {i}"))];
    }
}
