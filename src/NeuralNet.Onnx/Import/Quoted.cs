using System.Text;

namespace NeuralNet.Onnx.Import;

/// <summary>Names out of a file for messages: in quotes, not too long, and without what would garble a terminal.</summary>
internal static class Quoted
{
    private const int Most = 80;

    public static string Name(string name)
    {
        var text = new StringBuilder("'");
        foreach (char character in name.AsSpan(0, Math.Min(name.Length, Most)))
        {
            text.Append(char.IsControl(character) ? '?' : character);
        }

        return text.Append(name.Length > Most ? "…'" : "'").ToString();
    }

    /// <summary>The first few of a list of names.</summary>
    public static string Names(IEnumerable<string> names, int count)
    {
        const int Few = 8;
        return string.Join(", ", names.Take(Few).Select(Name)) + (count > Few ? $" and {count - Few} more" : "");
    }
}
