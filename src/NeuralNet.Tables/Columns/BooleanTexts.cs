namespace NeuralNet.Tables.Columns;

/// <summary>The usual spellings of true and false.</summary>
internal static class BooleanTexts
{
    private static readonly Dictionary<string, bool> _all = new(StringComparer.OrdinalIgnoreCase)
    {
        ["false"] = false,
        ["true"] = true,
        ["f"] = false,
        ["t"] = true,
        ["no"] = false,
        ["yes"] = true,
        ["n"] = false,
        ["y"] = true,
        ["off"] = false,
        ["on"] = true,
        ["0"] = false,
        ["1"] = true,
    };

    /// <summary>The names of the two values, in the order of their numbers.</summary>
    public static readonly IReadOnlyList<string> Names = ["false", "true"];

    /// <summary>Reads a text.</summary>
    /// <returns>True if it is one of the spellings.</returns>
    public static bool TryParse(string text, out bool value) => _all.TryGetValue(text, out value);

    /// <summary>True if a text can mean nothing but true or false; letters and digits may be codes.</summary>
    public static bool IsClear(string text) => text.Length > 1 && _all.ContainsKey(text)
        && !text.StartsWith("o", StringComparison.OrdinalIgnoreCase);
}
