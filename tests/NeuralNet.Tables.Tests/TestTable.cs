using System.IO.Compression;

namespace NeuralNet.Tables.Tests;

/// <summary>Tables of texts, and the messages of what is refused.</summary>
internal static class TestTable
{
    /// <summary>Numbers standardized, of which a hand can compute what becomes.</summary>
    public static SchemaOptions Standardized { get; } = new() { Numbers = NumberEncoding.Standardize };

    public static Table Read(string text, CsvOptions? options = null) =>
        Table.Read(new StringReader(text), options);

    /// <summary>The message of the data that an action refuses.</summary>
    public static string Refusal(Action action) =>
        action.Should().Throw<InvalidDataException>().Which.Message;

    public static byte[] Compressed(ReadOnlySpan<byte> bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        // Nothing is written of nothing.
        return stream.ToArray();
    }
}
