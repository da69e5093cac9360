using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Pipelines;

namespace NeuralNet.Explanations;

/// <content>How predictions depend on one feature.</content>
public static partial class PipelineExplanations
{
    /// <summary>
    /// The partial dependence of the predictions on one feature: their mean over all samples, each given the same value
    /// of the feature, f(v) = (1/n) Σⱼ F(v, xⱼ without the feature), for many v.
    /// </summary>
    /// <remarks>
    /// The curve of each sample is its individual conditional expectation (ICE). Where features go together, a value
    /// may make samples that there cannot be. Friedman, "Greedy function approximation" (2001); Goldstein and others,
    /// "Peeking inside the black box" (2015); as scikit-learn's <c>partial_dependence</c> by the method "brute", which
    /// takes values in equal distances where this one takes quantiles.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="inputs">
    /// Raw features, a sample per column; missing values, NaN, may be there where the pipeline takes them.
    /// </param>
    /// <param name="feature">The index of the feature, from 0.</param>
    /// <param name="options">The values, and whether curves are kept; the defaults if null.</param>
    /// <returns>The dependence; of a pipeline with labels, of the probabilities of the classes.</returns>
    /// <example><code>
    /// PartialDependence dependence = pipeline.PartialDependence(test.Inputs.ToMatrix(), feature: 3);
    /// Console.WriteLine(dependence);
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The number of features is another, there are no samples, a transform refuses a value, no sample has a value of
    /// the feature, or a prediction is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such feature.</exception>
    public static PartialDependence PartialDependence<T>(
        this Pipeline<T> pipeline, Matrix<T> inputs, int feature, DependenceOptions? options = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(inputs);
        pipeline.RequireInputSize(inputs.RowCount, nameof(inputs), inputs.ColumnCount);
        RequireFeature(pipeline, feature, nameof(feature));
        options ??= new();
        string name = NameOf(pipeline, feature);
        IReadOnlyList<string>? categories = pipeline.Columns?[feature].Categories?.Labels;
        double[] grid = categories is not null && options.Grid is null
            ? [.. Enumerable.Range(0, categories.Count).Select(category => (double)category)]
            : options.ValuesOf(inputs.Row(feature).Select(double.CreateChecked), name);
        return pipeline.PartialDependence(
            name,
            grid,
            Array.ConvertAll(grid, value => TextOf(value, categories)),
            k =>
            {
                Matrix<T> changed = inputs.Clone();
                T value = T.CreateChecked(grid[k]);
                for (int j = 0; j < changed.ColumnCount; j++)
                {
                    changed[feature, j] = value;
                }

                return changed;
            },
            options);
    }

    /// <summary>
    /// The partial dependence of the predictions on anything that a function can vary, such as two features together.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="feature">The name of what is varied.</param>
    /// <param name="grid">Its values as numbers, at least one.</param>
    /// <param name="values">Its values as texts.</param>
    /// <param name="inputsAt">
    /// Makes the raw features of all samples at the value of an index; it is called on several threads at once, and
    /// each call gives a matrix of its own.
    /// </param>
    /// <param name="options">Whether curves are kept, and the threads; the defaults if null.</param>
    /// <returns>The dependence; of a pipeline with labels, of the probabilities of the classes.</returns>
    /// <exception cref="ArgumentException">
    /// There is no value, there are not as many texts, the inputs do not fit the pipeline, or a prediction is not
    /// finite.
    /// </exception>
    public static PartialDependence PartialDependence<T>(
        this Pipeline<T> pipeline,
        string feature,
        IReadOnlyList<double> grid,
        IReadOnlyList<string> values,
        Func<int, Matrix<T>> inputsAt,
        DependenceOptions? options = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrWhiteSpace(feature);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(inputsAt);
        return grid.Count > 0 && grid.Count == values.Count
            ? DependenceRun.Run(pipeline, feature, [.. grid], [.. values], inputsAt, options ?? new())
            : throw new ArgumentException(
                $"There must be at least one value, and a text for each, but there are {grid.Count} values and "
                + $"{values.Count} texts.",
                nameof(grid));
    }

    private static string TextOf(double value, IReadOnlyList<string>? categories) =>
        categories is not null && value >= 0 && value < categories.Count && value == Math.Floor(value)
            ? categories[(int)value]
            : value.ToString("G6", CultureInfo.InvariantCulture);
}
