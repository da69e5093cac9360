using System.Text;

namespace NeuralNet.Tables.Columns;

/// <summary>Maps the texts of a column as its options say, and finds those that count as missing.</summary>
internal sealed class TextMapping(ColumnSettings settings, string where)
{
    private const int ShortText = 64;

    private readonly Func<string, string?>? _map = settings.Own?.Map;
    private readonly IReadOnlyDictionary<string, string>? _replace = settings.Own?.Replace;

    /// <summary>Maps each different text once.</summary>
    /// <returns>The texts and the codes; those that were given, if nothing changes.</returns>
    public (ColumnTexts Texts, int[] Codes) Apply(ColumnTexts texts, int[] codes)
    {
        if (_map is null && _replace is null)
        {
            return (texts, WithoutMissing(texts, codes));
        }

        var mapped = new ColumnTexts();
        int[] newCodes = new int[texts.Count];
        for (int code = 0; code < newCodes.Length; code++)
        {
            newCodes[code] = Mapped(Encoding.UTF8.GetString(texts[code])) is { } text
                ? mapped.Add(Encoding.UTF8.GetBytes(text))
                : TableColumn.MissingCode;
        }

        int[] result = Array.ConvertAll(
            codes, code => code == TableColumn.MissingCode ? TableColumn.MissingCode : newCodes[code]);
        return (mapped, WithoutMissing(mapped, result));
    }

    private int[] WithoutMissing(ColumnTexts texts, int[] codes)
    {
        // Most columns have none of the many texts, so nothing is made of them before one is found.
        HashSet<int>? missing = null;
        Span<byte> buffer = stackalloc byte[ShortText];
        foreach (string text in settings.MissingTexts)
        {
            int code = texts.Find(Encoding.UTF8.GetMaxByteCount(text.Length) <= ShortText
                ? buffer[..Encoding.UTF8.GetBytes(text, buffer)]
                : Encoding.UTF8.GetBytes(text));
            if (code >= 0)
            {
                (missing ??= []).Add(code);
            }
        }

        return missing is null
            ? codes
            : Array.ConvertAll(codes, code => missing.Contains(code) ? TableColumn.MissingCode : code);
    }

    private string? Mapped(string text)
    {
        string? mapped = text;
        if (_map is not null)
        {
            try
            {
                mapped = _map(text);
            }
            catch (Exception exception)
            {
                throw new InvalidDataException(
                    $"{where}: {nameof(ColumnOptions)}.{nameof(ColumnOptions.Map)} failed on "
                    + $"'{FieldText.Shown(text)}': {exception.Message}",
                    exception);
            }
        }

        mapped = mapped?.Trim(' ', '\t');
        return mapped is not null && _replace is not null && _replace.TryGetValue(mapped, out string? replacement)
            ? replacement
            : mapped;
    }
}
