using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeuralNet.Fuzz;

/// <summary>
/// Damage to a safetensors file that respects its parts: the header, a JSON text among its metadata, the bytes of the
/// tensors.
/// </summary>
internal static class SafetensorsMutation
{
    private static readonly JsonSerializerOptions _relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Changes one to three things.</summary>
    /// <param name="file">A whole file.</param>
    /// <param name="random">What is changed.</param>
    /// <param name="metadataKey">The entry of the metadata that is JSON.</param>
    /// <param name="values">JSON values that occur in this kind of file.</param>
    public static byte[] Mutate(byte[] file, Random random, string metadataKey, params string[] values)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        string header = Encoding.UTF8.GetString(file, 8, length).TrimEnd();
        byte[] data = file[(8 + length)..];
        bool isRaw = false;
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            switch (random.Next(8))
            {
                case 0 or 1:
                    header = JsonMutation.Mutate(header, random, values);
                    break;
                case 2 or 3 or 4 or 5:
                    header = MutateMetadata(header, random, metadataKey, values);
                    break;
                case 6:
                    data = ByteMutation.Mutate(data, random);
                    break;
                default:
                    isRaw = true;
                    break;
            }
        }

        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(
            prefix, random.Next(20) == 0 ? ByteMutation.Number(random) : (ulong)text.Length);
        byte[] made = [.. prefix, .. text, .. data];
        return isRaw ? ByteMutation.Mutate(made, random) : made;
    }

    private static string MutateMetadata(string header, Random random, string metadataKey, string[] values)
    {
        try
        {
            JsonNode? parsed = JsonNode.Parse(header);
            if (parsed?["__metadata__"] is JsonObject metadata && metadata[metadataKey] is JsonValue json)
            {
                metadata[metadataKey] = JsonMutation.Mutate(json.GetValue<string>(), random, values);
                return parsed.ToJsonString(_relaxed);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // Damaged already.
        }

        return JsonMutation.Mutate(header, random, values);
    }
}
