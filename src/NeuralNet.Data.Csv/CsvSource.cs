namespace NeuralNet.Data.Csv;

/// <summary>The current position in a file, with which every message begins.</summary>
internal sealed class CsvSource(string name)
{
    private const int Most = 60;

    /// <summary>The line at which the row starts, from 1.</summary>
    public long Line { get; set; } = 1;

    /// <summary>The file and the line.</summary>
    public string Where => $"'{name}', line {Line}";

    /// <summary>Returns a text from the file, shortened and without characters that would break a message.</summary>
    public static string Shown(string text)
    {
        string start = text.Length > Most ? text[..Most] + "…" : text;
        return string.Concat(start.Select(character => char.IsControl(character) ? '\uFFFD' : character));
    }
}
