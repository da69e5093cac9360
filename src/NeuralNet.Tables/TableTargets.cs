using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tables;

/// <summary>The targets of a pipeline, read from a table, in the unit of its results.</summary>
internal static class TableTargets
{
    /// <summary>Reads them: one-hot or 0 and 1 of classes, and the numbers of a regression.</summary>
    /// <exception cref="ArgumentException">There is no such column, or another number of them.</exception>
    /// <exception cref="InvalidDataException">
    /// A target is missing, a class is not known, or a text is no number.
    /// </exception>
    public static Matrix<T> Read<T>(Pipeline<T> pipeline, Table table, IReadOnlyList<ColumnReference> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int expected = pipeline.Labels is null ? pipeline.OutputSize : 1;
        if (targets.Count != expected)
        {
            throw new ArgumentException(
                $"The pipeline predicts {Quantity.Of(expected, "column")}, but {targets.Count} "
                + $"{(targets.Count == 1 ? "is" : "are")} named as targets.",
                nameof(targets));
        }

        TableColumn[] columns = [.. targets.Select(target => table[target])];
        Array.ForEach(columns, column => TableSchema.RequirePresent(table, column));
        if (pipeline.Labels is { } labels)
        {
            int[] classes = ClassesOf(table, columns[0], labels);
            return pipeline.OutputSize == 1
                ? Matrix<T>.Build.Dense(1, classes.Length, Array.ConvertAll(classes, T.CreateChecked))
                : OneHot.Encode<T>(classes, labels.Labels.Count);
        }

        return TableSchema.Numbers(table, columns, TableSchema.AsInTraining).Map(T.CreateTruncating);
    }

    private static int[] ClassesOf(Table table, TableColumn column, LabelEncoder labels)
    {
        int[] classes = column.Encoded(labels);
        int unknown = Array.FindIndex(classes, label => label < 0);
        return unknown < 0 ? classes : throw TableSchema.Unknown(table, unknown, column, labels);
    }
}
