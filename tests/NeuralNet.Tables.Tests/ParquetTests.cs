using NeuralNet.Tables.Parquet;
using Parquet;
using Parquet.Schema;

namespace NeuralNet.Tables.Tests;

public sealed class ParquetTests
{
    private static readonly DataField<string> _zone = new("zone");
    private static readonly DataField<double?> _fare = new("fare");
    private static readonly DataField<int> _riders = new("riders");
    private static readonly DataField<bool?> _tip = new("tip");
    private static readonly DataField<DateTime?> _at = new("at");

    private static readonly int[] _numbers = [1, 2, 3];

    // The first two of three numbers are those of one row.
    private static readonly int[] _levels = [0, 1, 0];

    [Fact]
    public async Task A_file_is_the_table_that_its_text_is()
    {
        Table table = await ParquetTable.ReadAsync(await TripsAsync(groups: 1), TestTable.TripOptions);
        TestTable.ShouldBeTrips(table);
    }

    [Fact]
    public async Task Its_groups_of_rows_follow_each_other()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, (await TripsAsync(groups: 3)).ToArray());
            Table table = await ParquetTable.ReadAsync(path, new() { Columns = ["riders"] });
            table["riders"].Values.ToArray().Should().Equal(1, 2, 3, 1, 2, 3, 1, 2, 3);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_column_of_lists_is_refused_unless_it_is_left_out()
    {
        var list = new DataField("list", typeof(int), isArray: true);
        var stream = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new(_riders, list), stream))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(_riders, _numbers.AsMemory(0, 2));
            await group.WriteAsync<int>(list, _numbers, _levels);
        }

        stream.Position = 0;
        Func<Task> read = () => ParquetTable.ReadAsync(stream, name: "trips");
        (await read.Should().ThrowAsync<InvalidDataException>())
            .WithMessage("'trips', row 1, column 'list*' is of the type ListOrStructure*Ignore*");
        stream.Position = 0;
        Table table = await ParquetTable.ReadAsync(stream, new() { Columns = ["riders"] });
        table.RowCount.Should().Be(2);
    }

    [Fact]
    public async Task More_rows_than_allowed_are_refused_before_they_are_read()
    {
        MemoryStream stream = await TripsAsync(groups: 2);
        Func<Task> read = () => ParquetTable.ReadAsync(stream, new() { MaxRows = 5 }, "trips");
        (await read.Should().ThrowAsync<InvalidDataException>())
            .WithMessage("'trips' says that it has 6 rows, more than the 5 that MaxRows allows.");
    }

    [Fact]
    public async Task A_damaged_file_is_told_by_its_name()
    {
        byte[] whole = (await TripsAsync(groups: 1)).ToArray();
        var random = new Random(3);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. whole];
            if (i % 3 == 0)
            {
                damaged = damaged[..random.Next(damaged.Length)];
            }

            for (int k = 0; k < 1 + (i % 4) && damaged.Length > 0; k++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                await ParquetTable.ReadAsync(new MemoryStream(damaged), name: "trips");
            }
            catch (InvalidDataException exception)
            {
                exception.Message.Should().Contain("'trips'");
            }
        }
    }

    private static async Task<MemoryStream> TripsAsync(int groups)
    {
        var stream = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(
            new(_zone, _fare, _riders, _tip, _at), stream))
        {
            for (int i = 0; i < groups; i++)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                await group.WriteAsync(_zone, new string?[] { "Harlem", null, "Soho" }!);
                await group.WriteAsync<double>(_fare, new double?[] { 2.5, null, 0.1 });
                await group.WriteAsync<int>(_riders, _numbers);
                await group.WriteAsync<bool>(_tip, new bool?[] { true, false, null });
                await group.WriteAsync<DateTime>(
                    _at,
                    new DateTime?[]
                    {
                        new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc),
                        new DateTime(2024, 3, 2, 8, 30, 0, DateTimeKind.Utc),
                        null,
                    });
            }
        }

        stream.Position = 0;
        return stream;
    }
}
