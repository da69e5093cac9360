using System.Data;
using System.Globalization;
using NeuralNet.Data;
using NeuralNet.Tables;

namespace NeuralNet.Fuzz;

/// <summary>
/// Rows of values of all types, as a database or a program has them: the bytes say which. Those of one row come as a
/// reader of a database, as dictionaries and as a table of their own, and must mean the same.
/// </summary>
internal sealed class RowsFormat : IFuzzFormat
{
    private const int MostColumns = 5;
    private const int MostRows = 12;
    private const long LargestDataSet = 1000;

    public string Name => "rows";

    public byte[] Make(Random random)
    {
        byte[] file = new byte[random.Next(1, 120)];
        random.NextBytes(file);

        // Most columns hold values of one type, as real ones do.
        int types = random.Next(1, 4);
        for (int i = 2; i < file.Length; i += 2)
        {
            file[i] = random.Next(12) == 0 ? file[i] : (byte)(i / 2 % Columns(file) * 7 % (types * 5));
        }

        return file;
    }

    public void Read(byte[] file, string name, Random random)
    {
        int columns = Columns(file);
        string[] names = [.. Enumerable.Range(0, columns).Select(i => $"c{i}")];
        object?[][] rows =
        [
            .. Enumerable.Range(0, Math.Clamp((file.Length - 2) / (2 * columns), 0, MostRows))
                .Select(row => Enumerable.Range(0, columns)
                    .Select(column => Value(file, 2 + (2 * ((row * columns) + column)))).ToArray()),
        ];
        var options = new TableOptions
        {
            Missing = random.Next(4) == 0 ? MissingValues.Refuse : MissingValues.Category,
            DecimalSeparator = random.Next(4) == 0 ? ',' : null,
            Categories = random.Next(6) == 0 ? [0] : [],
            Dates = random.Next(10) == 0 ? [^1] : [],
        };
        Table table = Table.FromReader(Reader(names, rows), options, name);
        Table same = Table.FromRows(
            rows.Select(row => names.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)), options, name);
        RequireSame(table, same);
        if (columns > 1)
        {
            Fit(table, same, random);
        }
    }

    // A list, a dictionary and an encoder for each column; texts of every value.
    public long AllocationLimit(int length) => 400_000 + (4000L * length);

    private static int Columns(byte[] file) => 1 + (file[0] % MostColumns);

    private static DataTableReader Reader(string[] names, object?[][] rows)
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (string name in names)
        {
            table.Columns.Add(name, typeof(object));
        }

        foreach (object?[] row in rows)
        {
            table.Rows.Add(row);
        }

        return table.CreateDataReader();
    }

    private static object? Value(byte[] file, int at)
    {
        byte type = at < file.Length ? file[at] : (byte)0;
        int value = at + 1 < file.Length ? file[at + 1] : 0;
        var day = new DateTime(2020, 1, 1);
        return (type % 24) switch
        {
            0 => value / 8.0,
            1 => (float)value / 3,
            2 => value,
            3 => (long)value << 50,
            4 => value / 100m,
            5 => day.AddDays(value),
            6 => day.AddHours(value * 7.3),
            7 => new DateTimeOffset(day, TimeSpan.FromHours(value % 13)),
            8 => DateOnly.FromDateTime(day).AddDays(value),
            9 => value % 2 == 0,
            10 => value % 3 == 0 ? "red" : "blue",
            11 => value.ToString(CultureInfo.InvariantCulture),
            12 => null,
            13 => DBNull.Value,
            14 => double.NaN,
            15 => value % 2 == 0 ? double.PositiveInfinity : double.MaxValue,
            16 => (char)value,
            17 => DayOfWeek.Monday + (value % 7),
            18 => TimeSpan.FromMinutes(value),
            19 => new string((char)(value * 251), 3),
            20 => $"{value % 31}/{value % 12}/2020",
            21 => value % 2 == 0 ? "yes" : "no",
            22 => new byte[2],
            _ => $"{value},5",
        };
    }

    private static void RequireSame(Table table, Table same)
    {
        for (int i = 0; i < table.Columns.Count; i++)
        {
            for (int row = 0; row < table.RowCount; row++)
            {
                if (table.Columns[i].Text(row) != same.Columns[i].Text(row))
                {
                    throw new InvalidOperationException(
                        $"'{table.Columns[i].Text(row)}' of a reader is '{same.Columns[i].Text(row)}' in objects.");
                }
            }
        }
    }

    private static void Fit(Table table, Table same, Random random)
    {
        TableSchema schema = random.Next(2) == 0 ? table.FitRegression(^1) : table.FitClassification(^1);
        if ((long)(schema.InputSize + schema.TargetSize) * table.RowCount > LargestDataSet)
        {
            return;
        }

        DataSet<float> data = schema.ToDataSet<float>(table);
        DataSet<float> training = schema.ToTrainingSet<float>(same, seed: 1);
        if (data.Count != training.Count || schema.UnknownCategories(table).Count > 0)
        {
            throw new InvalidOperationException("The training data do not fit their own schema.");
        }

        int row = random.Next(table.RowCount);
        float[] alone = schema.ToInputs<float>(same.Select([row])).ToColumnMajorArray();
        if (!data.Inputs.Column(row).SequenceEqual(alone))
        {
            throw new InvalidOperationException($"Row {row} alone is another than in its table.");
        }
    }
}
