using System.Globalization;
using System.Text;

namespace NeuralNet.Metrics;

/// <summary>Cells in columns of one width, flush right, for a console.</summary>
internal sealed class TextTable(IReadOnlyList<IReadOnlyList<string>> lines)
{
    /// <summary>A number of samples, or a sum of weights with up to two digits after the point.</summary>
    public static string Count(double count) => count.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The lines; the first column is followed by two spaces, others are divided by one.</summary>
    /// <param name="leastFirst">The least width of the first column.</param>
    /// <param name="leastOther">The least width of each other column.</param>
    public string ToString(int leastFirst, int leastOther)
    {
        int first = Math.Max(leastFirst, lines.Max(line => line.Count == 0 ? 0 : line[0].Length));
        int other = Math.Max(leastOther, lines.Max(line => line.Skip(1).Select(cell => cell.Length).Append(0).Max()));
        var text = new StringBuilder();
        foreach (IReadOnlyList<string> line in lines)
        {
            for (int i = 0; i < line.Count; i++)
            {
                text.Append(i == 0 ? line[i].PadLeft(first) : line[i].PadLeft(other)).Append(i == 0 ? "  " : " ");
            }

            while (text.Length > 0 && text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
