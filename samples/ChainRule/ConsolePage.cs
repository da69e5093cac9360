using Spectre.Console;

namespace NeuralNet.Samples.ChainRule;

/// <summary>Headings, colours and tables, for people at a terminal.</summary>
internal sealed class ConsolePage(IAnsiConsole console) : IPage
{
    public void Heading(string text)
    {
        console.WriteLine();
        console.Write(new Rule($"[bold yellow]{Markup.Escape(text)}[/]").LeftJustified());
    }

    public void Text(string text)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"{text}");
    }

    // Symbols are plain, the numbers put in for them are colored, and the result stands out.
    public void Equation(string left, params string[] right)
    {
        string margin = new(' ', left.Length);
        for (int i = 0; i < right.Length; i++)
        {
            string style = i == right.Length - 1 ? "bold green" : i == right.Length - 2 ? "aqua" : "default";
            console.MarkupLine(
                $"    [bold]{Markup.Escape(i == 0 ? left : margin)}[/] = [{style}]{Markup.Escape(right[i])}[/]");
        }
    }

    public void Table(string[] headings, IReadOnlyList<string[]> rows)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(Markup.Escape(heading)).RightAligned());
        }

        foreach (string[] row in rows)
        {
            table.AddRow(Array.ConvertAll(row, Markup.Escape));
        }

        console.WriteLine();
        console.Write(table);
    }

    public void Result(string text)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold green]{text}[/]");
    }
}
