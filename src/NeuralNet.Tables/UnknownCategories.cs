using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>The categories of a column that the training data lack.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Rows">Number of rows with one of them.</param>
/// <param name="Texts">These categories, each once; "" for missing values.</param>
public sealed record UnknownCategories(string Column, int Rows, IReadOnlyList<string> Texts)
{
    private const int Most = 5;

    /// <summary>The report as a line.</summary>
    /// <returns>Such as <c>zone: 3 rows with categories that training never saw, such as 'Pier 11'</c>.</returns>
    public override string ToString() =>
        $"{FieldText.Shown(Column)}: {Guards.Quantity.Of(Rows, "row")} with categories that training never saw, "
        + "such as " + FieldText.Listed(Texts, Most);
}
