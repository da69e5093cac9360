using System.Text;
using NeuralNet.Guards;

namespace NeuralNet.Data.Csv;

/// <summary>The current position in a file, with which every message begins.</summary>
internal sealed class CsvSource(string name)
{
    /// <summary>The advice for text that is not UTF-8.</summary>
    public const string EncodingAdvice =
        $" Set {nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)} to that of the file, such as Encoding.Latin1.";

    private const int Longest = 60;

    /// <summary>The line at which the row starts, from 1.</summary>
    public long Line { get; set; } = 1;

    /// <summary>The file and the line.</summary>
    public string Where => $"'{name}', line {Line}";

    /// <summary>A text from the file as a message shows it.</summary>
    public static string Shown(string text) => MessageText.Shortened(text, Longest);

    /// <summary>A field of the file, UTF-8, as a message shows it.</summary>
    public static string Shown(ReadOnlySpan<byte> text) =>
        Shown(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 1000)]));

    /// <summary>The first few of several texts from the file.</summary>
    public static string Listed(IEnumerable<string> texts, int most) => MessageText.Listed(texts, most, Longest);
}
