using System.Text;
using NeuralNet.Guards;

namespace NeuralNet.Tables.Columns;

/// <summary>Texts of a table as messages show them.</summary>
internal static class FieldText
{
    private const int Longest = 60;

    /// <summary>A text as a message shows it.</summary>
    public static string Shown(string text) => MessageText.Shortened(text, Longest);

    /// <summary>A field, UTF-8, as a message shows it.</summary>
    public static string Shown(ReadOnlySpan<byte> text) =>
        Shown(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 1000)]));

    /// <summary>The first few of several texts.</summary>
    public static string Listed(IEnumerable<string> texts, int most) => MessageText.Listed(texts, most, Longest);
}
