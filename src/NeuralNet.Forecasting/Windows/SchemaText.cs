using System.Buffers;
using System.Text;
using System.Text.Json;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Windows;

/// <summary>Writes a schema as text, which a pipeline keeps, and reads it.</summary>
internal static class SchemaText
{
    private const string Version = "forecast";

    /// <summary>The schema as text, with what is added to the outputs of the network.</summary>
    public static string Write(ForecastSchema schema, double[] offsets)
    {
        WindowLayout layout = schema.Layout;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber(Version, 1);
            json.WriteNumber("length", layout.Length);
            json.WriteNumber("horizon", layout.Horizon);
            json.WriteNumber("stride", schema.Stride);
            Write(json, "targets", layout.Targets);
            Write(json, "past", layout.Past);
            Write(json, "known", layout.Known);
            Write(json, "calendar", layout.Calendar.Select(part => part.ToString()));
            Write(json, "quantiles", layout.Quantiles);
            json.WriteString("scaling", layout.Scaling.ToString());
            if (layout.Transform != SeriesTransform.None)
            {
                json.WriteString("transform", layout.Transform.ToString());
            }

            json.WriteString("frequency", layout.Frequency.Code);
            Write(json, "scales", schema.Scales.Shared);
            if (Array.Exists(offsets, offset => offset != 0))
            {
                Write(json, "offsets", offsets);
            }

            if (schema.Scales.BySeries.Count > 0)
            {
                json.WriteStartObject("series");
                foreach ((string key, ColumnScale[] scales) in schema.Scales.BySeries.OrderBy(
                    pair => pair.Key, StringComparer.Ordinal))
                {
                    Write(json, key, scales);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a schema, and what is added to the outputs of the network.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static (ForecastSchema Schema, double[]? Offsets) Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            if (root.GetProperty(Version).GetInt32() != 1)
            {
                throw new FormatException("it is of a later version; update the library");
            }

            // What options refuse is refused here, too.
            var options = new WindowOptions
            {
                Length = root.GetProperty("length").GetInt32(),
                Horizon = root.GetProperty("horizon").GetInt32(),
                Stride = root.GetProperty("stride").GetInt32(),
                Quantiles = Numbers(root.GetProperty("quantiles")),
            };
            var layout = new WindowLayout(
                options.Length,
                options.Horizon,
                Texts(root.GetProperty("targets")),
                Texts(root.GetProperty("past")),
                Texts(root.GetProperty("known")),
                Array.ConvertAll(Texts(root.GetProperty("calendar")), Parse<CalendarPart>),
                [.. options.Quantiles],
                Parse<SeriesScaling>(root.GetProperty("scaling").GetString()!),
                root.TryGetProperty("transform", out JsonElement transform)
                    ? Parse<SeriesTransform>(transform.GetString()!)
                    : SeriesTransform.None,
                Frequency.Parse(root.GetProperty("frequency").GetString()!));
            if (layout.Targets.Length == 0 || layout.Columns.Distinct().Count() != layout.Columns.Length)
            {
                throw new FormatException("its columns are none, or double");
            }

            var scales = new WindowScales(
                Scales(root.GetProperty("scales"), layout),
                root.TryGetProperty("series", out JsonElement series)
                    ? series.EnumerateObject().ToDictionary(one => one.Name, one => Scales(one.Value, layout))
                    : new Dictionary<string, ColumnScale[]>());
            var schema = new ForecastSchema(layout, scales, options.Stride);
            double[]? offsets = root.TryGetProperty("offsets", out JsonElement moved) ? Numbers(moved) : null;
            bool fits = offsets is null
                || (offsets.Length == schema.OutputSize && Array.TrueForAll(offsets, double.IsFinite));
            return fits
                ? (schema, offsets)
                : throw new FormatException($"its {offsets!.Length} offsets are none of {schema.OutputSize} outputs");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException
            or KeyNotFoundException or ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidDataException(
                $"The model's description of its windows, '{MessageText.Shortened(text)}', is none that this version "
                + $"knows: {MessageText.Reason(exception)}.",
                exception);
        }
    }

    private static ColumnScale[] Scales(JsonElement element, WindowLayout layout)
    {
        double[] numbers = Numbers(element);
        if (numbers.Length != 2 * layout.Columns.Length)
        {
            throw new FormatException($"it has {numbers.Length / 2} scales of {layout.Columns.Length} columns");
        }

        var scales = new ColumnScale[layout.Columns.Length];
        for (int i = 0; i < scales.Length; i++)
        {
            scales[i] = new(numbers[2 * i], numbers[(2 * i) + 1], layout.TransformOf(i));
            if (!double.IsFinite(scales[i].Mean) || !(scales[i].Deviation > 0 && double.IsFinite(scales[i].Deviation)))
            {
                throw new FormatException($"the scale of {MessageText.Quoted(layout.Columns[i])} is none");
            }
        }

        return scales;
    }

    private static void Write(Utf8JsonWriter json, string name, ColumnScale[] scales) =>
        Write(json, name, scales.SelectMany(scale => new[] { scale.Mean, scale.Deviation }));

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static string[] Texts(JsonElement element) =>
        [.. element.EnumerateArray().Select(item => item.GetString() ?? throw new FormatException("a text is null"))];

    private static double[] Numbers(JsonElement element) =>
        [.. element.EnumerateArray().Select(item => item.GetDouble())];

    private static TEnum Parse<TEnum>(string text)
        where TEnum : struct, Enum =>
            Enum.TryParse(text, out TEnum value) && Enum.IsDefined(value)
                ? value
                : throw new FormatException($"there is no {typeof(TEnum).Name} {MessageText.Quoted(text)}");
}
