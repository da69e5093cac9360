using System.Globalization;
using System.Text;

namespace NeuralNet.Explanations;

/// <summary>A table to print: the first column and the last are aligned to the left, others to the right.</summary>
internal sealed class AlignedText(params string[] heading)
{
    /// <summary>The longest name that is shown whole.</summary>
    public const int LongestName = 40;

    private const int BarLength = 40;

    private readonly List<string[]> _rows = [heading];

    /// <summary>Adds a row of as many cells as the heading.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>A number of four digits.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A bar in proportion to the longest; none for what is not above 0.</summary>
    public static string Bar(double value, double longest) =>
        value > 0 && longest > 0 ? new('█', (int)Math.Round(BarLength * Math.Min(1, value / longest))) : "";

    /// <summary>The lines.</summary>
    public override string ToString()
    {
        int[] widths = [.. heading.Select((_, i) => _rows.Max(row => row[i].Length))];
        var text = new StringBuilder();
        foreach (string[] row in _rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, i) =>
                i == 0 || i == row.Length - 1 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        }

        return text.ToString().TrimEnd();
    }
}
