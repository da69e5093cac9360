namespace NeuralNet.Samples.ChainRule;

/// <summary>The page that the walkthrough is written to: a terminal, or a file.</summary>
internal interface IPage
{
    /// <summary>Begins a section.</summary>
    void Heading(string text);

    /// <summary>Writes a paragraph.</summary>
    void Text(string text);

    /// <summary>Writes left = first = second = …, a line each, the equals signs below each other.</summary>
    void Equation(string left, params string[] right);

    /// <summary>Writes a table of numbers with a heading for every column.</summary>
    void Table(string[] headings, IReadOnlyList<string[]> rows);

    /// <summary>Writes a sentence that sums up.</summary>
    void Result(string text);
}
