namespace NeuralNet.Guards;

/// <summary>Recognizes a matrix with a sample per row, where the library takes a sample per column.</summary>
internal static class Orientation
{
    /// <summary>The advice to transpose a matrix whose columns, not rows, are as many as the features.</summary>
    /// <param name="rows">Number of rows of the matrix.</param>
    /// <param name="columns">Number of columns of the matrix.</param>
    /// <param name="features">Number of features of a sample.</param>
    /// <returns>A sentence with a blank before it; empty if the matrix does not fit the other way either.</returns>
    public static string Advice(int rows, int columns, int features) =>
        rows != features && columns == features
            ? $" Its {columns} columns would fit: a sample is a column, so transpose a matrix with a sample per row."
            : "";
}
