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

    /// <summary>The options for three trips of a data frame or a Parquet file, which lack values.</summary>
    public static CsvOptions TripOptions { get; } = new() { Missing = MissingValues.Category };

    /// <summary>Holds three trips, wherever they come from, against those of a file of text.</summary>
    public static void ShouldBeTrips(Table table)
    {
        Table read = Read(
            "zone,fare,riders,tip,at\nHarlem,2.5,1,true,2024-03-01\n,,2,false,2024-03-02 08:30\nSoho,0.1,3,,\n",
            TripOptions);
        table.Columns.Select(column => (column.Name, column.Kind)).Should().Equal(
            ("zone", ColumnKind.Category),
            ("fare", ColumnKind.Number),
            ("riders", ColumnKind.Number),
            ("tip", ColumnKind.Boolean),
            ("at", ColumnKind.Date));
        table.FitRegression("riders").ToInputs<double>(table)
            .Should().BeEquivalentTo(read.FitRegression("riders").ToInputs<double>(read));
    }
}
