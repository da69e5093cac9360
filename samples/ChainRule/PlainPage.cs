namespace NeuralNet.Samples.ChainRule;

/// <summary>Plain lines, for files and pipes.</summary>
internal sealed class PlainPage(TextWriter output) : IPage
{
    public void Heading(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
        output.WriteLine(new string('=', text.Length));
    }

    public void Text(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
    }

    public void Equation(string left, params string[] right)
    {
        string margin = new(' ', left.Length);
        for (int i = 0; i < right.Length; i++)
        {
            output.WriteLine($"    {(i == 0 ? left : margin)} = {right[i]}");
        }
    }

    public void Table(string[] headings, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. headings.Select((heading, i) => Math.Max(heading.Length, rows.Max(row => row[i].Length)))];
        foreach (string[] row in rows.Prepend(headings))
        {
            output.WriteLine("    " + string.Join("  ", row.Select((cell, i) => cell.PadLeft(widths[i]))));
        }
    }

    public void Result(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
    }
}
