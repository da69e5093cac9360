namespace NeuralNet.Guards;

/// <summary>Says "transpose" where the rows of a matrix look like the samples, which are columns here.</summary>
internal static class SampleLayout
{
    /// <summary>
    /// The advice for the end of a message, where a matrix would fit if it were transposed; empty otherwise.
    /// </summary>
    /// <param name="size">The rows that it should have: the numbers of a sample.</param>
    /// <param name="rows">The rows that it has.</param>
    /// <param name="columns">Its columns.</param>
    public static string Advice(int size, int rows, int columns) =>
        rows != size && columns == size
            ? $" A sample is a column. The matrix has {Quantity.Of(columns, "column")}: if its rows are the samples, "
                + "transpose it, as with matrix.Transpose()."
            : "";

    /// <summary>
    /// The advice for inputs and targets of different numbers of columns that would be as many samples if one of them
    /// or both were transposed; empty otherwise.
    /// </summary>
    public static string AdviceForPair(int inputRows, int inputColumns, int targetRows, int targetColumns) =>
        inputColumns == targetColumns ? ""
        : inputRows == targetRows
            ? $" Both matrices have {Quantity.Of(inputRows, "row")}: if their rows are the samples, transpose both, as "
                + "with matrix.Transpose()."
        : inputRows == targetColumns
            ? $" The inputs have {Quantity.Of(inputRows, "row")}: if their rows are the samples, transpose them, as "
                + "with inputs.Transpose()."
        : inputColumns == targetRows
            ? $" The targets have {Quantity.Of(targetRows, "row")}: if their rows are the samples, transpose them, as "
                + "with targets.Transpose()."
        : "";
}
