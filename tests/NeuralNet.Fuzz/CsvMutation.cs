using System.Text;

namespace NeuralNet.Fuzz;

/// <summary>Damage to a CSV text that knows its rows and fields.</summary>
internal static class CsvMutation
{
    private static readonly string[] _fields =
    [
        "", " ", "0", "-1", "1e308", "1e309", "-1e999", "1e-320", "NaN", "Infinity", "-∞", "1,5", "1.234,5", "0x10",
        "1e", "+", ".", "NA", "?", "null",
        "true", "a", "é", "\u0000", "\u0001", "\uFEFF", "\uFFFD", "\u001b[31m", "\u202e\u200b",
        "\"", "\"\"", "\"a", "a\"", "\"a\"b", "\"a\nb\"",
        "\"a,b\"", "\"\"\"\"", "\\", ";", "\t", "\r",
        "#", "=1+1", "x", "y", "label", "column0", "column1", "1234567890123456789012345678901234567890",
    ];

    private static readonly string[] _ends = ["\n", "\r\n", "\r", "\n\n", "\n\r", ""];

    /// <summary>Changes one thing.</summary>
    public static string Mutate(string text, Random random)
    {
        List<List<string>> rows = [.. text.Split('\n').Select(row => row.Split(',').ToList())];
        List<string> row = rows[random.Next(rows.Count)];
        int at = random.Next(row.Count);
        switch (random.Next(10))
        {
            case 0 or 1 or 2:
                row[at] = _fields[random.Next(_fields.Length)];
                break;
            case 3:
                row[at] = random.Next(20) == 0
                    ? new string('x', random.Next(5000))
                    : row[at] + _fields[random.Next(_fields.Length)];
                break;
            case 4:
                row.Insert(at, _fields[random.Next(_fields.Length)]);
                break;
            case 5 when row.Count > 1:
                row.RemoveAt(at);
                break;
            case 6:
                int copies = random.Next(40) == 0 ? random.Next(2000) : random.Next(1, 4);
                rows.InsertRange(random.Next(rows.Count + 1), Enumerable.Repeat(row, copies).ToList());
                break;
            case 7:
                rows.Remove(row);
                break;
            case 8:
                return text.Replace("\n", _ends[random.Next(_ends.Length)], StringComparison.Ordinal);
            default:
                // A column, of all rows.
                string? filling = random.Next(2) == 0 ? null : _fields[random.Next(_fields.Length)];
                int copiesOfColumn = random.Next(40) == 0 ? random.Next(300) : 1;
                rows.ForEach(each => each.AddRange(Enumerable.Repeat(filling ?? each[0], copiesOfColumn)));
                break;
        }

        return string.Join('\n', rows.Select(each => string.Join(',', each)));
    }

    /// <summary>The text in an encoding, with its mark or without.</summary>
    public static byte[] Encode(string text, Random random) => random.Next(12) switch
    {
        0 => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
        1 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
        2 => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
        3 => Encoding.Latin1.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(text),
    };
}
