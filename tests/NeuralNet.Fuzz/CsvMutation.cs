using System.Globalization;
using System.IO.Compression;
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
        "007", "7", "7.0", "+7", "1.1", "1.10", "1,234", "1 234,5", "1'234", "12%", "12 %", "$5", "5 €", "EUR 5", "(5)",
        "5-", "\u22125", "9007199254740993", "12345678901234567891", "1_000", "inf", "-", "n/a", "2024-01-02",
        "1.2.2024", "10:30",
        "1st", "10+", "3-5", "sep=;", "a;b", "a|b",
        "#", "=1+1", "x", "y", "label", "column0", "column1", "1234567890123456789012345678901234567890",
    ];

    private static readonly string[] _ends = ["\n", "\r\n", "\r", "\n\n", "\n\r", ""];

    /// <summary>Changes one thing.</summary>
    public static string Mutate(string text, Random random)
    {
        if (random.Next(3) == 0)
        {
            return Respell(text, random);
        }

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

    // Another spelling of a number, which may have the same value.
    private static string Respell(string text, Random random)
    {
        string number = random.Next(3) switch
        {
            0 => random.Next(-20, 2000).ToString(CultureInfo.InvariantCulture),
            1 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
            _ => (random.Next(-2000, 2000) / 100.0).ToString("F2", CultureInfo.InvariantCulture),
        };
        string spelled = random.Next(12) switch
        {
            0 => "0" + number,
            1 => number + ".0",
            2 => number + "0",
            3 => number.Replace('.', ','),
            4 => "+" + number,
            5 => number + "e0",
            6 => number + "%",
            7 => "$" + number,
            8 => $"({number})",
            9 => number.Replace('-', '\u2212'),
            10 => number.Insert(number.Length / 2, " "),
            _ => number,
        };
        spelled = spelled.Contains(',', StringComparison.Ordinal) ? $"\"{spelled}\"" : spelled;
        string[] fields = text.Split([',', ';', '\n']);
        string replaced = fields[random.Next(fields.Length)];
        return replaced.Length == 0 ? text : text.Replace(replaced, spelled, StringComparison.Ordinal);
    }

    /// <summary>The bytes, compressed.</summary>
    public static byte[] Compress(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
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
