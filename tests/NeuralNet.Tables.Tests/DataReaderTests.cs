using System.Data;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Tables of the rows of a database query.</summary>
public sealed class DataReaderTests
{
    [Fact]
    public void Columns_and_rows_are_those_of_the_query()
    {
        using DataTable data = Trips();
        using DataTableReader reader = data.CreateDataReader();
        Table table = Table.FromReader(reader);
        table.Name.Should().Be("query");
        table.Columns.Select(column => column.Name).Should().Equal("id", "fare", "zone", "at");
        table["fare"].Values.ToArray().Should().Equal(2.5, double.NaN);
        table["zone"].Text(1).Should().Be("B");
        table["at"].Date(0).Should().Be(new DateTime(2024, 1, 2));
        reader.IsClosed.Should().BeFalse();
        Refusal(() => table.FitRegression("id")).Should().StartWith("'query', row 2, column 'fare' is missing.");
    }

    [Fact]
    public void A_reader_is_read_from_where_it_stands()
    {
        using DataTable data = Trips();
        using DataTableReader reader = data.CreateDataReader();
        reader.Read().Should().BeTrue();
        Table.FromReader(reader, new() { Columns = ["zone"] })["zone"].Text(0).Should().Be("B");
        Refusal(() => Table.FromReader(reader, name: "empty")).Should().Be("'empty' has no rows.");
    }

    [Fact]
    public void Names_that_are_missing_or_repeated_are_settled()
    {
        using var reader = new Named("", "x", "");
        Table.FromReader(reader).Columns.Select(column => column.Name).Should().Equal("column0", "x", "column2");
        Refusal(() => Table.FromReader(new Named("a", "b", "a")))
            .Should().Be("'query': two columns are called 'a'; give one another name in the query.");
        Refusal(() => Table.FromReader(new Named())).Should().Be("'query' has no columns.");
        FluentActions.Invoking(() => Table.FromReader(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Values_of_no_use_are_refused_unless_they_are_left_out()
    {
        using var data = new DataTable();
        data.Columns.Add("x", typeof(int));
        data.Columns.Add("photo", typeof(byte[]));
        data.Rows.Add(1, new byte[] { 1 });
        Refusal(() => Table.FromReader(data.CreateDataReader())).Should().Contain("row 1, column 'photo'");
        Table.FromReader(data.CreateDataReader(), new() { Ignore = ["photo"] })["x"].Values[0].Should().Be(1);
    }

    private static DataTable Trips()
    {
        var data = new DataTable();
        data.Columns.Add("id", typeof(int));
        data.Columns.Add("fare", typeof(decimal));
        data.Columns.Add("zone", typeof(string));
        data.Columns.Add("at", typeof(DateTime));
        data.Rows.Add(1, 2.5m, "A", new DateTime(2024, 1, 2));
        data.Rows.Add(2, DBNull.Value, "B", new DateTime(2024, 1, 3));
        return data;
    }

    // A query may give columns any names.
    private sealed class Named(params string[] names) : IDataReader
    {
        private bool _isRead;

        public int FieldCount => names.Length;

        public int Depth => 0;

        public bool IsClosed => false;

        public int RecordsAffected => -1;

        public object this[int i] => i;

        public object this[string name] => 0;

        public string GetName(int i) => names[i];

        public object GetValue(int i) => i;

        public bool Read() => !_isRead && (_isRead = true);

        public void Close()
        {
        }

        public void Dispose()
        {
        }

        public bool NextResult() => false;

        public DataTable? GetSchemaTable() => null;

        public bool GetBoolean(int i) => throw new NotSupportedException();

        public byte GetByte(int i) => throw new NotSupportedException();

        public long GetBytes(int i, long fieldOffset, byte[]? buffer, int bufferoffset, int length) =>
            throw new NotSupportedException();

        public char GetChar(int i) => throw new NotSupportedException();

        public long GetChars(int i, long fieldoffset, char[]? buffer, int bufferoffset, int length) =>
            throw new NotSupportedException();

        public IDataReader GetData(int i) => throw new NotSupportedException();

        public string GetDataTypeName(int i) => throw new NotSupportedException();

        public DateTime GetDateTime(int i) => throw new NotSupportedException();

        public decimal GetDecimal(int i) => throw new NotSupportedException();

        public double GetDouble(int i) => throw new NotSupportedException();

        public Type GetFieldType(int i) => throw new NotSupportedException();

        public float GetFloat(int i) => throw new NotSupportedException();

        public Guid GetGuid(int i) => throw new NotSupportedException();

        public short GetInt16(int i) => throw new NotSupportedException();

        public int GetInt32(int i) => throw new NotSupportedException();

        public long GetInt64(int i) => throw new NotSupportedException();

        public int GetOrdinal(string name) => throw new NotSupportedException();

        public string GetString(int i) => throw new NotSupportedException();

        public int GetValues(object[] values) => throw new NotSupportedException();

        public bool IsDBNull(int i) => false;
    }
}
