using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeuralNet.Fuzz;

/// <summary>Damage to a JSON text that respects its values, so that the result is usually still JSON.</summary>
internal static class JsonMutation
{
    private const int MostCopies = 12_000;
    private const string Characters = "\"\\{}[]:,0e-.x\u00e9\ud800";
    private const int LongestText = 1 << 20;

    private static readonly string[] _values =
    [
        "0", "1", "-1", "2", "3", "8", "16", "64", "2147483647", "-2147483648", "2147483648", "4294967296",
        "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "1e308", "1e999", "-0", "0.5", "1e-320", "NaN", "null", "true",
        "false",
        "[]", "{}", "\"\"", "\"a\"", "\"\\ud800\"", "\"\\u0000\"", "\"Infinity\"", "\"F16\"", "\"BF16\"", "\"F32\"",
        "\"F64\"",
        "\"I64\"", "\"BOOL\"", "\"F128\"", "\"dense\"", "\"residual\"", "\"dropout\"", "\"prelu\"",
        "\"batchNormalization\"",
        "\"ReLU\"", "\"HardTanh\"", "\"MaxNorm\"", "\"Adam\"", "\"dense1.weights\"", "[1,2]", "[0,0]",
        "[4294967296,4294967296]",
        "[9223372036854775807,2]", "[0,9223372036854775807,9223372036854775807]", "{\"kind\":\"ReLU\"}",
        "{\"kind\":\"dropout\",\"rate\":0}",
        "{\"kind\":\"dense\",\"outputSize\":2147483647,\"activation\":{\"kind\":\"ReLU\"}}",
        "{\"kind\":\"MaxNorm\",\"limit\":1}", "\"\\u001b[31m\\u202e\\r\\nERROR\"", "{\"\\u001b[31m\\u202e\":0}",
        "{\"kind\":\"\\u001b[31m\\u200b\"}",
    ];

    /// <summary>Changes one thing.</summary>
    /// <param name="json">The text.</param>
    /// <param name="random">The source of random numbers.</param>
    /// <param name="more">Values to insert besides those for every format.</param>
    public static string Mutate(string json, Random random, params ReadOnlySpan<string> more)
    {
        List<(int Start, int End, bool IsMember)> values = Values(json);
        if (values.Count == 0 || json.Length > LongestText)
        {
            return json;
        }

        (int start, int end, bool isMember) = values[random.Next(values.Count)];
        string value = json[start..end];
        switch (random.Next(9))
        {
            case 0 or 1:
                int chosen = random.Next(_values.Length + more.Length);
                return json[..start] + (chosen < _values.Length ? _values[chosen] : more[chosen - _values.Length])
                    + json[end..];
            case 2:
                (int from, int to, _) = values[random.Next(values.Count)];
                return json[..start] + json[from..to] + json[end..];
            case 3 when long.TryParse(value, CultureInfo.InvariantCulture, out long number):
                return json[..start] + unchecked(number + random.Next(-2, 3))
                    .ToString(CultureInfo.InvariantCulture) + json[end..];
            case 3 or 4:
                // With its name, if it has one, and a comma.
                int begin = isMember
                    ? Math.Max(0, json.LastIndexOf('"', Math.Max(0, json.LastIndexOf('"', start - 1) - 1)))
                    : start;
                int behind = end < json.Length && json[end] == ',' ? end + 1 : end;
                begin -= behind == end && begin > 0 && json[begin - 1] == ',' ? 1 : 0;
                return json[..begin] + json[behind..];
            case 5 when !isMember && start > 0:
                int copies = random.Next(40) == 0
                    ? Math.Min(MostCopies, LongestText / (value.Length + 1))
                    : random.Next(1, 4);
                return json[..start] + string.Concat(Enumerable.Repeat(value + ",", copies)) + json[start..];
            case 6:
                return json[..start] + Nested(random, value) + json[end..];
            case 7:
                return json[..start] + "\"" + new string('x', random.Next(20) == 0 ? 100_000 : random.Next(50)) + "\""
                    + json[end..];
            default:
                // A character, valid or not.
                int at = random.Next(json.Length);
                return json[..at] + Characters[random.Next(Characters.Length)] + json[(at + random.Next(2))..];
        }
    }

    private static string Nested(Random random, string value)
    {
        int depth = random.Next(4) switch
        {
            0 => random.Next(1, 4),
            1 => random.Next(20, 40),
            2 => random.Next(55, 75),
            _ => random.Next(100, 5000),
        };
        (string open, string close) = random.Next(3) switch
        {
            0 => ("[", "]"),
            1 => ("{\"a\":", "}"),
            _ => ("{\"kind\":\"residual\",\"layers\":[", "]}"),
        };
        return new StringBuilder().Insert(0, open, depth).Append(value)
            .Append(string.Concat(Enumerable.Repeat(close, depth))).ToString();
    }

    /// <summary>Finds the values, including nested ones; none if the text is not JSON.</summary>
    private static List<(int Start, int End, bool IsMember)> Values(string json)
    {
        List<(int, int, bool)> values = [];
        var open = new Stack<(int Start, bool IsMember)>();
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        if (utf8.Length != json.Length)
        {
            // Bytes are not characters there.
            return values;
        }

        var reader = new Utf8JsonReader(utf8, new() { MaxDepth = 100_000 });
        bool isMember = false;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        isMember = true;
                        continue;
                    case JsonTokenType.StartArray or JsonTokenType.StartObject:
                        open.Push(((int)reader.TokenStartIndex, isMember));
                        break;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        (int start, bool wasMember) = open.Pop();
                        values.Add((start, (int)reader.BytesConsumed, wasMember));
                        break;
                    default:
                        values.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed, isMember));
                        break;
                }

                isMember = false;
            }
        }
        catch (JsonException)
        {
            // Already damaged; the values found so far are enough.
        }

        return values;
    }
}
