using System.Globalization;
using NeuralNet.Explanations;
using NeuralNet.Pipelines;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <content>How predictions depend on one column.</content>
public static partial class TableExplanations
{
    /// <summary>
    /// The partial dependence of the predictions on one column: their mean over all rows, each given the same value,
    /// for many values: of a number or a date quantiles, of a category each.
    /// </summary>
    /// <remarks>
    /// See <c>PipelineExplanations.PartialDependence</c> for what it says and what not. A date changes all its parts.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">A pipeline that <see cref="TableSchema.ToPipeline"/> made, or that was loaded.</param>
    /// <param name="table">The rows, such as the test data.</param>
    /// <param name="column">The column; it must be an input.</param>
    /// <param name="options">
    /// The values, and whether the curves of the rows are kept; the defaults if null. Those of
    /// <see cref="DependenceOptions.Grid"/> are numbers or, of a date, days since the first of January 1970.
    /// </param>
    /// <returns>The dependence; of a pipeline with labels, of the probabilities of the classes.</returns>
    /// <example><code>
    /// Console.WriteLine(pipeline.PartialDependence(test, "age"));
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// There is no such column, it is no input, no row has a value of it, values are given for categories, or a
    /// prediction is not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">The pipeline does not know the names of its features.</exception>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known; or a missing value has no replacement.
    /// </exception>
    public static PartialDependence PartialDependence<T>(
        this Pipeline<T> pipeline, Table table, ColumnReference column, DependenceOptions? options = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new();
        TableSchema schema = pipeline.Schema();
        string name = table[column].Name;
        int[] raw = new TableFeatures(schema).RawOf(name);
        SchemaColumn feature = schema.Columns[raw[0]];
        double[] values = schema.Raw<T>(table);
        int size = schema.Columns.Count;
        (double[] grid, string[] texts) = GridOf(
            feature, feature.DaysOrNull(table) ?? [.. values.Where((_, i) => i % size == raw[0])], options);
        return TablePrediction.BehindInputs(pipeline).PartialDependence(
            name,
            grid,
            texts,
            k =>
            {
                double[] changed = [.. values];
                foreach (int i in raw)
                {
                    double value = feature.Kind == ColumnKind.Date
                        ? DateFeatures.Value(DateTime.UnixEpoch.AddDays(grid[k]), schema.Columns[i].Part)
                        : grid[k];
                    for (int j = 0; j < table.RowCount; j++)
                    {
                        changed[(j * size) + i] = value;
                    }
                }

                return schema.MakeInputs<T>(table, changed);
            },
            options);
    }

    private static (double[] Grid, string[] Texts) GridOf(
        SchemaColumn feature, double[] values, DependenceOptions options)
    {
        IReadOnlyList<string>? names = feature.Kind == ColumnKind.Boolean
            ? BooleanTexts.Names
            : feature.Categories?.Labels;
        if (names is null)
        {
            double[] grid = options.ValuesOf(values, feature.Column);
            if (feature.Kind != ColumnKind.Date)
            {
                return (grid, Array.ConvertAll(grid, value => value.ToString("G6", CultureInfo.InvariantCulture)));
            }

            // Dates that occur: one between two days may be at night.
            double[] days = options.Grid is not null
                ? grid
                : [.. grid.Select(day => values.Where(value => value <= day).Max()).Distinct()];
            return (days, Array.ConvertAll(days, DateText));
        }

        return options.Grid is null
            ? ([.. names.Select((_, i) => (double)i)], [.. names])
            : throw new ArgumentException(
                $"Of column '{FieldText.Shown(feature.Column)}' each category is tried, so it takes no "
                + $"{nameof(DependenceOptions)}.{nameof(DependenceOptions.Grid)}; leave it out.",
                nameof(options));
    }

    private static string DateText(double days)
    {
        DateTime date = DateTime.UnixEpoch.AddDays(days);
        return date.ToString(
            date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
