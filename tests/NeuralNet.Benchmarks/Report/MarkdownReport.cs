using System.Globalization;
using System.Text;
using NeuralNet.Benchmarks.Measuring;

namespace NeuralNet.Benchmarks.Report;

/// <summary>The results of a run, as Markdown. The file is rewritten after each table, so that none is lost.</summary>
/// <param name="path">The file, if any.</param>
/// <param name="comparison">The way of comparing.</param>
internal sealed class MarkdownReport(string? path, Comparison comparison)
{
    // Above it, the figures are not worth recording.
    private const double TolerableLoad = 0.05;

    private readonly OtherPrograms _others = new();
    private readonly SortedDictionary<string, string> _peers = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];
    private readonly List<Table> _tables = [];

    /// <summary>Says which version of a peer took part.</summary>
    public void Peer(string name, string version)
    {
        _peers[name] = version;
        Save();
    }

    /// <summary>Says something about the run.</summary>
    public void Note(string text)
    {
        Console.Error.WriteLine(text);
        if (!_notes.Contains(text))
        {
            _notes.Add(text);
        }

        Save();
    }

    /// <summary>Adds a table; it may still grow.</summary>
    public Table Add(Table table)
    {
        Save();
        _tables.Add(table);
        return table;
    }

    /// <summary>Shows the report.</summary>
    public void Finish()
    {
        if (_others.Processors is { } processors)
        {
            Note(string.Create(CultureInfo.InvariantCulture, $"Other programs kept {processors:F2} processors busy")
                + (processors > TolerableLoad ? ": too many, do NOT record these figures." : "."));
        }

        Save();
        Console.Write(this);
    }

    public override string ToString()
    {
        var text = new StringBuilder("# NeuralNet and its peers, side by side\n\n");
        text.Append("Ratio = the peer's time / our time. One run on one machine: both sides of a row in the same ");
        text.Append($"{comparison.Rounds} rounds, one after the other; times and ratios are medians, min–max is ");
        text.Append("that of the rounds' ratios.\n\n");
        foreach (string line in Machine.Describe())
        {
            text.Append($"- {line}\n");
        }

        foreach ((string name, string version) in _peers)
        {
            text.Append($"- {name}: {version}\n");
        }

        foreach (Table table in _tables)
        {
            text.Append($"\n{table}");
        }

        if (_notes.Count > 0)
        {
            text.Append("\n## Notes\n\n");
            text.AppendJoin('\n', _notes.Select(note => $"- {note}")).Append('\n');
        }

        return text.ToString();
    }

    private void Save()
    {
        if (path is not null)
        {
            File.WriteAllText(path, ToString());
        }
    }
}
