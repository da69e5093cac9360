using System.Buffers;
using System.Globalization;
using System.Text;
using NeuralNet.Data;
using NeuralNet.Guards;

namespace NeuralNet.Tables.Csv;

/// <summary>The start of a file, which says how the rest is to be read.</summary>
internal sealed class CsvStart
{
    /// <summary>Number of bytes or characters that are looked at.</summary>
    private const int Length = 4096;

    private const string Hint = "sep=";

    // Bytes that may come out of a compressed file in any case, and for each that goes in; of real tables 5 to 20 do.
    private const long LeastExpanded = 16 << 20;
    private const int Expansion = 32;

    private static readonly char[] _delimiters = [',', ';', '\t', '|', '^', '~', ':'];
    private static readonly SearchValues<char> _lineBreaks = SearchValues.Create("\r\n");

    private CsvStart(string start, CsvOptions options, bool mayHint, out int taken)
    {
        Delimiter = options.Delimiter;
        taken = mayHint ? TakenByHint(start) : 0;
        if (taken > 0)
        {
            Delimiter = start[start.IndexOf(Hint, StringComparison.OrdinalIgnoreCase) + Hint.Length];
            LinesBefore = 1;
        }

        ReadOnlySpan<char> rest = start.AsSpan(taken);
        string first = NextLine(ref rest, options.Comment).ToString();
        string second = NextLine(ref rest, options.Comment).ToString();
        Likely = OtherDelimiter(first, second, Delimiter, options.HasHeader);
        HasBlanks = Delimiter != ' ' && options.ThousandsSeparator is null && AreDividedByBlanks(first, second);
    }

    private CsvStart(CsvStart start, long linesBefore)
    {
        Delimiter = start.Delimiter;
        Likely = start.Likely;
        HasBlanks = start.HasBlanks;
        LinesBefore = start.LinesBefore + linesBefore;
    }

    /// <summary>The delimiter: that of a first line such as <c>sep=;</c>, or else that of the options.</summary>
    public char Delimiter { get; }

    /// <summary>Number of lines before the data.</summary>
    public long LinesBefore { get; }

    /// <summary>
    /// Another delimiter that divides the first two lines into the same number of fields, more than one; null if there
    /// is none.
    /// </summary>
    public char? Likely { get; }

    /// <summary>True if blanks divide the first two lines into the same number of fields, nearly all numbers.</summary>
    public bool HasBlanks { get; }

    /// <summary>The name of a delimiter in C#.</summary>
    public static string NameOf(char delimiter) => delimiter == '\t' ? @"'\t'"
        : char.IsControl(delimiter) ? $@"'\u{(int)delimiter:X4}'"
        : $"'{delimiter}'";

    /// <summary>Looks at the start of a stream.</summary>
    /// <param name="stream">The stream, compressed or not.</param>
    /// <param name="options">The options.</param>
    /// <param name="name">The name of the data in messages.</param>
    /// <param name="data">The data from the first row on, decompressed. Its disposal leaves the stream open.</param>
    /// <param name="gzip">The decompressor, to be disposed of after the data; null if there is none.</param>
    public static CsvStart Of(Stream stream, CsvOptions options, string name, out Stream data, out CsvGzip? gzip)
    {
        byte[] bytes = Read(stream);
        gzip = null;
        if (CsvGzip.IsStart(bytes))
        {
            var compressed = new JoinedStream(new MemoryStream(bytes), stream);
            gzip = new CsvGzip(compressed, name);
            stream = Limited(gzip, compressed, options.MaxDecompressedBytes, name);
            try
            {
                bytes = Read(stream);
            }
            catch
            {
                gzip.Dispose();
                throw;
            }
        }
        else if (bytes is [(byte)'P', (byte)'K', 3, 4, ..])
        {
            throw new InvalidDataException(
                $"'{name}' is a ZIP archive, such as an Excel workbook, and not text: unpack it, or save it as CSV.");
        }

        Encoding encoding = EncodingOf(bytes, options, out int mark);
        string text = encoding.GetString(bytes.AsSpan(mark));
        var start = new CsvStart(text, options, mayHint: options.SkipLines == 0, out int taken);
        int skipped = taken == 0 ? 0 : encoding.GetByteCount(text.AsSpan(0, taken));
        byte[] kept = [.. bytes.AsSpan(0, mark), .. bytes.AsSpan(mark + skipped)];
        data = new JoinedStream(new MemoryStream(kept), stream);
        return start;
    }

    /// <summary>Looks at the start of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">The options.</param>
    /// <param name="name">The name of the data in messages.</param>
    /// <param name="data">The data from the first row on. Its disposal leaves the reader open.</param>
    public static CsvStart Of(TextReader text, CsvOptions options, string name, out TextReader data)
    {
        char[] characters = new char[Length];
        long skipped;
        int got;
        try
        {
            skipped = Skip(text, options.SkipLines);
            got = text.ReadBlock(characters);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException(
                $"'{name}' cannot be read: {MessageText.Reason(exception)}.{CsvTableReader.EncodingAdvice}",
                MessageText.Cause(exception));
        }

        var start = new CsvStart(new string(characters, 0, got), options, mayHint: true, out int taken);
        data = new JoinedText(characters.AsMemory(taken, got - taken), text);
        return new(start, skipped);
    }

    // Reads over lines, whatever is in them, without keeping them.
    private static long Skip(TextReader text, int lines)
    {
        int skipped = 0;
        for (int next = 0; skipped < lines && next >= 0;)
        {
            next = text.Read();
            if (next == '\r' && text.Peek() == '\n')
            {
                next = text.Read();
            }

            skipped += next is '\r' or '\n' ? 1 : 0;
        }

        return skipped;
    }

    private static LimitedExpansion Limited(CsvGzip gzip, JoinedStream compressed, long? most, string name) => new(
        gzip,
        compressed,
        length => most ?? (LeastExpanded + (Expansion * length)),
        (_, limit) => new InvalidDataException(
            $"'{name}' holds more than the {limit} bytes of text that {nameof(CsvOptions)}."
            + $"{nameof(CsvOptions.MaxDecompressedBytes)} allows a compressed file"
            + (most is null ? " of its length; set it if you trust the file." : ".")));

    private static byte[] Read(Stream stream)
    {
        byte[] bytes = new byte[Length];
        return bytes[..stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false)];
    }

    // What is beyond the start, or cut by its end, does not matter: only whole lines are looked at. An encoding that
    // refuses bytes does so where the rows are read.
    private static Encoding EncodingOf(ReadOnlySpan<byte> bytes, CsvOptions options, out int mark)
    {
        (Encoding encoding, mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            _ => (options.Encoding ?? Encoding.UTF8, 0),
        };
        encoding = (Encoding)encoding.Clone();
        encoding.DecoderFallback = DecoderFallback.ReplacementFallback;
        return encoding;
    }

    // The length of a first line such as sep=; with its line break; 0 if there is none.
    private static int TakenByHint(string start)
    {
        bool isQuoted = start.StartsWith('"');
        int at = (isQuoted ? 1 : 0) + Hint.Length;
        if (start.Length <= at
            || !start.AsSpan(at - Hint.Length, Hint.Length).Equals(Hint, StringComparison.OrdinalIgnoreCase)
            || !CsvOptions.IsDelimiter(start[at]))
        {
            return 0;
        }

        ReadOnlySpan<char> rest = start.AsSpan(at + 1);
        if (isQuoted && rest is not ['"', ..])
        {
            return 0;
        }

        rest = isQuoted ? rest[1..] : rest;
        return rest is ['\r', '\n', ..] ? start.Length - rest.Length + 2
            : rest is ['\r' or '\n', ..] ? start.Length - rest.Length + 1
            : 0;
    }

    private static char? OtherDelimiter(string first, string second, char delimiter, bool hasHeader)
    {
        foreach (char other in _delimiters)
        {
            int count = CountOutsideQuotes(first, other);

            // A colon belongs to a time, but not in a header.
            if (other != delimiter
                && (other != ':' || hasHeader)
                && count > CountOutsideQuotes(first, delimiter)
                && (second.Length == 0 || CountOutsideQuotes(second, other) == count))
            {
                return other;
            }
        }

        return null;
    }

    private static bool AreDividedByBlanks(string firstLine, string secondLine)
    {
        string[] first = Fields(firstLine);
        string[] second = Fields(secondLine);
        int numbers = second.Count(field => double.TryParse(field, CultureInfo.InvariantCulture, out _));
        return first.Length == second.Length && first.Length >= 3 && numbers * 4 >= second.Length * 3;

        static string[] Fields(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    // The next line that is neither blank nor a comment.
    private static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> rest, char? comment)
    {
        ReadOnlySpan<char> line;
        do
        {
            rest = rest.TrimStart("\r\n");
            int end = rest.IndexOfAny(_lineBreaks);
            line = end < 0 ? rest : rest[..end];
            rest = rest[line.Length..];
        }
        while (comment is { } mark && line.StartsWith(mark));
        return line;
    }

    private static int CountOutsideQuotes(ReadOnlySpan<char> line, char wanted)
    {
        int count = 0;
        bool isQuoted = false;
        foreach (char character in line)
        {
            isQuoted ^= character == '"';
            count += !isQuoted && character == wanted ? 1 : 0;
        }

        return count;
    }
}
