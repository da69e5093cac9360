using System.Buffers;
using System.Text;
using System.Text.Json;
using NeuralNet.Guards;

namespace NeuralNet.Tables.Columns;

/// <summary>
/// How training read a column into one raw feature: all that new rows need but the categories. A model keeps it as a
/// short text.
/// </summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record ColumnRule(string Column, ColumnKind Kind)
{
    /// <summary>The part of a date.</summary>
    public DateParts Part { get; init; }

    /// <summary>The format of dates; null for the plain ones.</summary>
    public string? DateFormat { get; init; }

    /// <summary>The <see cref="NumberFormat.Code"/> of numbers; null for the plain one.</summary>
    public string? Numbers { get; init; }

    /// <summary>The texts that count as missing; null for the usual ones.</summary>
    public IReadOnlyList<string>? MissingTexts { get; init; }

    /// <summary>Texts and what stands for them.</summary>
    public IReadOnlyDictionary<string, string>? Replace { get; init; }

    /// <summary>True if a function, which is not saved, mapped the texts.</summary>
    public bool IsMapped { get; init; }

    /// <summary>True if a function, which is not saved, computed the column.</summary>
    public bool IsComputed { get; init; }

    /// <summary>True if a category that training never saw is refused.</summary>
    public bool RefusesUnknown { get; init; }

    /// <summary>
    /// True if a missing category is one of its own or unknown; else it is refused, as missing numbers are that nothing
    /// stands for.
    /// </summary>
    public bool TakesMissing { get; init; }

    /// <summary>The rule of a column of training data.</summary>
    public static ColumnRule Of(TableColumn column, TableOptions options, DateParts part = DateParts.None)
    {
        ColumnSettings settings = column.Settings;
        return new(column.Name, column.Kind)
        {
            Part = part,
            DateFormat = column.Kind == ColumnKind.Date ? settings.DateFormat : null,
            Numbers = column.Kind == ColumnKind.Number ? settings.NumberFormat(options).Code : null,
            MissingTexts = settings.MissingTexts.SequenceEqual(TableOptions.DefaultMissingTexts)
                ? null
                : settings.MissingTexts,
            Replace = settings.Own?.Replace is { Count: > 0 } replace ? replace : null,
            IsMapped = settings.Own?.Map is not null,
            IsComputed = settings.IsComputed,
        };
    }

    /// <summary>The rule of a raw feature of a pipeline.</summary>
    /// <param name="name">The name of the feature.</param>
    /// <param name="isCategory">True if it has categories.</param>
    /// <param name="text">The rule as text; null for a plain number or a category.</param>
    /// <param name="isLabel">True for the column of the class, which may be of any kind.</param>
    /// <exception cref="InvalidDataException">The text is no rule.</exception>
    public static ColumnRule Read(string name, bool isCategory, string? text, bool isLabel = false)
    {
        ColumnKind kind = isCategory ? ColumnKind.Category : ColumnKind.Number;
        if (text is null)
        {
            return new(name, kind);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            kind = Text(root, "kind") is { } written ? Parse<ColumnKind>(written) : kind;
            bool isWhole = isLabel || kind switch
            {
                ColumnKind.Category or ColumnKind.OrderedCategory => isCategory,
                ColumnKind.Date => root.TryGetProperty("part", out _),
                _ => kind is ColumnKind.Number or ColumnKind.Boolean,
            };
            if (!isWhole)
            {
                throw new ArgumentException($"it does not say all of a {kind}");
            }

            return new(Text(root, "column") ?? name, kind)
            {
                Part = Text(root, "part") is { } part ? Parse<DateParts>(part) : DateParts.None,
                DateFormat = Text(root, "dateFormat") is not { } format || ColumnOptions.IsDateFormat(format)
                    ? Text(root, "dateFormat")
                    : throw new ArgumentException($"'{FieldText.Shown(format)}' is no format of dates"),
                Numbers = Text(root, "numbers"),
                MissingTexts = root.TryGetProperty("missing", out JsonElement missing)
                    ? [.. missing.EnumerateArray().Select(item => Text(item))]
                    : null,
                Replace = root.TryGetProperty("replace", out JsonElement replace)
                    ? replace.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!)
                    : null,
                IsMapped = Flag(root, "mapped"),
                IsComputed = Flag(root, "computed"),
                RefusesUnknown = Flag(root, "refusesUnknown"),
                TakesMissing = Flag(root, "takesMissing"),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException
            or ArgumentException)
        {
            throw new InvalidDataException(
                $"The reading of the feature '{FieldText.Shown(name)}', '{FieldText.Shown(text)}', is none that this "
                + $"version knows: {MessageText.Reason(exception)}.",
                exception);
        }
    }

    /// <summary>The rule as text; null if a plain number or category is all there is to say.</summary>
    /// <param name="name">The name of the feature.</param>
    /// <param name="isCategory">True if it has categories; if null, numbers have none and categories do.</param>
    public string? Write(string name, bool? isCategory = null)
    {
        ColumnKind plain = isCategory ?? Kind == ColumnKind.Category ? ColumnKind.Category : ColumnKind.Number;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, "column", Column == name ? null : Column);
            Write(json, "kind", Kind == plain ? null : Kind.ToString());
            Write(json, "part", Part == DateParts.None ? null : Part.ToString());
            Write(json, "dateFormat", DateFormat);
            Write(json, "numbers", Numbers);
            if (MissingTexts is not null)
            {
                json.WriteStartArray("missing");
                foreach (string text in MissingTexts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
            }

            if (Replace is not null)
            {
                json.WriteStartObject("replace");
                foreach ((string from, string to) in Replace.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(from, to);
                }

                json.WriteEndObject();
            }

            Write(json, "mapped", IsMapped);
            Write(json, "computed", IsComputed);
            Write(json, "refusesUnknown", RefusesUnknown);
            Write(json, "takesMissing", TakesMissing);
            json.WriteEndObject();
        }

        string written = Encoding.UTF8.GetString(buffer.WrittenSpan);
        return written == "{}" ? null : written;
    }

    /// <summary>The settings of a column of new rows, read in the way of training.</summary>
    /// <param name="own">What the options of the new rows say of it.</param>
    public ColumnSettings Settings(ColumnSettings own) => own with
    {
        Declared = Kind,
        Numbers = Numbers,
        MissingTexts = MissingTexts ?? TableOptions.DefaultMissingTexts,
        Own = new()
        {
            Map = own.Own?.Map,
            Replace = Replace ?? own.Own?.Replace,
            DateFormat = own.Own?.DateFormat ?? DateFormat,
            Order = own.Own?.Order,
        },
    };

    private static TEnum Parse<TEnum>(string text)
        where TEnum : struct, Enum =>
            Enum.TryParse(text, out TEnum value) && Enum.IsDefined(value)
                ? value
                : throw new ArgumentException($"there is no {typeof(TEnum).Name} '{text}'");

    private static string Text(JsonElement item) =>
        item.GetString() ?? throw new ArgumentException("a text is null");

    private static bool Flag(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.GetBoolean();

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }
}
