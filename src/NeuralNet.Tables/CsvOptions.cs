using System.Text;

namespace NeuralNet.Tables;

/// <summary>
/// Options for reading a file of text with delimiters. The defaults read the format of RFC 4180, with a header.
/// </summary>
public sealed class CsvOptions : TableOptions
{
    private readonly string[]? _names;
    private readonly char _delimiter = ',';
    private readonly char? _comment;
    private readonly int _skipLines;
    private readonly int _maxRecordBytes = 1 << 20;
    private readonly long? _maxDecompressedBytes;

    /// <summary>
    /// True, as by default, if the first line holds the names of the columns. If false, they are those of
    /// <see cref="Names"/>, or else column0, column1, …
    /// </summary>
    public bool Header { get; init; } = true;

    /// <summary>
    /// The names of all columns of a file without a header: it has none if names are given here.
    /// </summary>
    /// <exception cref="ArgumentException">A name is missing, or occurs twice.</exception>
    public IReadOnlyList<string>? Names
    {
        get => _names;
        init
        {
            _names = value is null ? null : [.. value];
            if (_names is not null && (Array.Exists(_names, string.IsNullOrEmpty)
                || _names.Distinct(StringComparer.Ordinal).Count() != _names.Length))
            {
                throw new ArgumentException(
                    $"Names must give each column a name of its own, but they are [{string.Join(", ", _names)}].",
                    nameof(Names));
            }
        }
    }

    /// <summary>Number of lines before the header, or before the data if there is none, that are skipped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int SkipLines
    {
        get => _skipLines;
        init => _skipLines = InRange(value, 0, int.MaxValue, nameof(SkipLines));
    }

    /// <summary>The character with which a line begins that is a comment and is skipped; null for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is not an ASCII character, or is a quotation mark or a line break.
    /// </exception>
    public char? Comment
    {
        get => _comment;
        init => _comment = value is null ? null : RequireMark(value.Value, nameof(Comment));
    }

    /// <summary>
    /// The character between fields, such as ',', ';' or a tab. A first line of the file such as <c>sep=;</c> takes
    /// precedence.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is not an ASCII character, or is a quotation mark or a line break.
    /// </exception>
    public char Delimiter
    {
        get => _delimiter;
        init => _delimiter = RequireMark(value, nameof(Delimiter));
    }

    /// <summary>The encoding of files and streams, unless a byte order mark says otherwise; UTF-8 by default.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// Largest size of a row, in bytes of UTF-8; 1 MiB by default. It limits the memory that a damaged file can take.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 256, or above 1 GiB.</exception>
    public int MaxRecordBytes
    {
        get => _maxRecordBytes;
        init => _maxRecordBytes = InRange(value, 256, 1 << 30, nameof(MaxRecordBytes));
    }

    /// <summary>
    /// Largest size of the text of a file that is compressed with gzip, in bytes. If null, as by default, it is 16 MiB
    /// and 32 times what was read of the compressed file, because a thousand times as much can come out of a small one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? MaxDecompressedBytes
    {
        get => _maxDecompressedBytes;
        init => _maxDecompressedBytes = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxDecompressedBytes), value, $"MaxDecompressedBytes must be at least 1, but it is {value}.");
    }

    /// <summary>True if a character can stand between fields.</summary>
    internal static bool IsDelimiter(char value) => char.IsAscii(value) && value is not ('"' or '\r' or '\n' or '\0');

    /// <summary>True if the first line holds the names of the columns.</summary>
    internal bool HasHeader => Header && Names is null;

    private static char RequireMark(char value, string name) => IsDelimiter(value)
        ? value
        : throw new ArgumentOutOfRangeException(
            name, value, $"{name} must be an ASCII character other than a quotation mark or a line break.");
}
