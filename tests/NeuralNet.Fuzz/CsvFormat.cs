using System.Globalization;
using System.Text;
using NeuralNet.Data;
using NeuralNet.Tables;

namespace NeuralNet.Fuzz;

/// <summary>CSV files, read with all kinds of options, and the schema fitted to the tables.</summary>
internal sealed class CsvFormat : IFuzzFormat
{
    private const long LargestDataSet = 1000;

    private static readonly CultureInfo _decimalComma = new("")
    {
        NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." },
    };

    private static readonly string[] _files =
    [
        "x,y,label\n1,2,a\n3,4,b\n5.5,-6,a\n7,8e2,b",
        "x,y,z,label\n1,,red,0\n2,0.5,green,1\nNA,0.25,red,2\n4,0.125,blue,1\n",
        "1,2,3\n4,5,6\n7,8,9",
        "name,value\n\"a, b\",1\n\"c \"\"d\"\"\",2\n\"e\nf\",3",
        "x,y\n1,1\n1,2\n1,3",
        "code;price\n007;1,5\n7;1,50\n1.10;-2,25\n1.1;1e3",
        "sep=;\nzip;share\n01234;5\n1234;2.5\n12345678901234567890;0",
        "x\n1\n\n3\n",
    ];

    public string Name => "csv";

    public byte[] Make(Random random)
    {
        string text = _files[random.Next(_files.Length)];
        for (int changes = random.Next(0, 4); changes > 0; changes--)
        {
            text = CsvMutation.Mutate(text, random);
        }

        byte[] file = CsvMutation.Encode(text, random);
        file = random.Next(12) == 0 ? CsvMutation.Compress(file) : file;
        return random.Next(6) == 0 ? ByteMutation.Mutate(file, random) : file;
    }

    public void Read(byte[] file, string name, Random random)
    {
        CsvOptions options = Options(random);
        Table table;
        switch (random.Next(3))
        {
            case 0:
                table = Table.Read(new OneWayStream(file), options, name);
                break;
            case 1:
                table = Table.Read(new StringReader(Encoding.UTF8.GetString(file)), options, name);
                break;
            default:
                table = Table.Read(new MemoryStream(file, writable: false), options, name);
                break;
        }

        RequireWhole(table, options);

        // With one column there is nothing to predict from, which is not an error of the file.
        if (table.Columns.Count > 1)
        {
            Fit(table, random);
        }
    }

    // The buffers of the reader; a column of a byte or two takes some kilobytes: a list, a dictionary, bins, settings,
    // and those of the tables that are chosen from it.
    public long AllocationLimit(int length) => 350_000 + (3000L * length);

    private static CsvOptions Options(Random random) => Options(random, random.Next(40));

    // What is declared of the first column is one thing at a time: two are an error of the caller.
    private static CsvOptions Options(Random random, int first) => new()
    {
        Header = random.Next(4) != 0,
        Delimiter = random.Next(8) == 0 ? ';' : ',',
        Culture = random.Next(10) == 0 ? _decimalComma : CultureInfo.InvariantCulture,
        DecimalSeparator = random.Next(8) == 0 ? ',' : null,
        ThousandsSeparator = random.Next(8) == 0 ? " '"[random.Next(2)] : null,
        AllowPercent = random.Next(4) == 0,
        AllowCurrency = random.Next(4) == 0,
        AllowAccounting = random.Next(4) == 0,
        Encoding = random.Next(8) switch
        {
            0 => Encoding.Latin1,
            1 => new UTF8Encoding(false, throwOnInvalidBytes: true),
            _ => null,
        },
        Columns = random.Next(8) == 0 ? [^1, 0] : null,
        Numbers = first < 5 ? [0] : [],
        Categories = random.Next(4) == 0 ? [^1] : [],
        Booleans = random.Next(40) == 0 ? [1] : [],
        Dates = first == 5 ? [0] : [],
        Names = random.Next(40) == 0 ? ["a", "b", "c"] : null,
        SkipLines = random.Next(40) == 0 ? random.Next(3) : 0,
        Comment = random.Next(12) == 0 ? '#' : null,
        Missing = Missing(random),
        MaxRecordBytes = random.Next(4) == 0 ? 256 : 1 << 20,
        MaxColumns = random.Next(20) == 0 ? 2 : 10_000,
        MaxRows = random.Next(20) == 0 ? 2 : 10_000_000,
        MaxCategories = random.Next(20) == 0 ? 2 : 1000,
        MaxDecompressedBytes = random.Next(4) == 0 ? 20 : 400,
    };

    private static MissingValues Missing(Random random) => random.Next(6) switch
    {
        0 => MissingValues.Refuse,
        1 => MissingValues.Mean,
        2 => MissingValues.Median.WithIndicator(),
        3 => MissingValues.Constant(-1),
        4 => MissingValues.Category,
        _ => MissingValues.Median,
    };

    private static void RequireWhole(Table table, CsvOptions options)
    {
        if (table.RowCount < 1
            || table.RowCount > options.MaxRows
            || table.Columns.Count < 1
            || table.Columns.Count > options.MaxColumns)
        {
            throw new InvalidOperationException(
                $"A table was accepted with {table.RowCount} rows and {table.Columns.Count} columns.");
        }

        long line = 0;
        foreach (long next in table.Lines)
        {
            line = next > line
                ? next
                : throw new InvalidOperationException(
                    $"A row starts in line {next}, the one before it in line {line}.");
        }

        foreach (TableColumn column in table.Columns)
        {
            if (column.Kind == ColumnKind.Undecided)
            {
                continue;
            }

            if (column.Values.Length != table.RowCount)
            {
                throw new InvalidOperationException(
                    $"A column has {column.Values.Length} values of {table.RowCount} rows.");
            }

            foreach (double value in column.Values)
            {
                bool mayBeMissing = column.Kind != ColumnKind.Category;
                if (double.IsInfinity(value)
                    || (double.IsNaN(value) && !mayBeMissing)
                    || value < (column.Categories is null ? double.NegativeInfinity : 0)
                    || value >= (column.Categories?.Labels.Count ?? double.PositiveInfinity))
                {
                    throw new InvalidOperationException($"'{column.Name}' holds {value}.");
                }
            }
        }
    }

    private static void Fit(Table table, Random random)
    {
        var options = new SchemaOptions
        {
            Numbers = (NumberEncoding)random.Next(Enum.GetValues<NumberEncoding>().Length),
            Targets = (TargetScaling)random.Next(Enum.GetValues<TargetScaling>().Length),
            Bins = random.Next(1, 20),
            MaxOneHot = random.Next(4),
            RefuseUnknownCategories = random.Next(2) == 0,
        };
        ColumnReference target = random.Next(2) == 0 ? 0 : ^1;
        TableSchema schema = random.Next(2) == 0
            ? table.FitRegression(target, options)
            : table.FitClassification(target, options);
        if ((long)(schema.InputSize + schema.TargetSize) * table.RowCount > LargestDataSet)
        {
            return;
        }

        DataSet<float> data = schema.ToDataSet<float>(table);
        if (data.Count != table.RowCount)
        {
            throw new InvalidOperationException($"{table.RowCount} rows make {data.Count} samples.");
        }

        if (schema.Labels is { } labels)
        {
            TableColumn column = table[target];
            int[] numbers = schema.ToLabels(table);
            for (int i = 0; i < numbers.Length; i++)
            {
                RequireSame(column.Text(i), labels.Decode(numbers[i]));
            }
        }

        RequireSamePrediction(table, schema, random);
    }

    // What is fitted reads new rows as it read the training data, whatever the new file as a whole looks like and
    // without a word of the kinds of its columns.
    private static void RequireSamePrediction(Table table, TableSchema schema, Random random)
    {
        int row = random.Next(table.RowCount);
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(column => Quoted(column.Name))).Append('\n');
        text.AppendJoin(',', table.Columns.Select(column => Quoted(column.Text(row) ?? ""))).Append('\n');
        TableOptions options = table.Options;
        Table one = Table.Read(
            new StringReader(text.ToString()),
            new()
            {
                Culture = options.Culture,
                DecimalSeparator = options.DecimalSeparator,
                ThousandsSeparator = options.ThousandsSeparator,
                AllowPercent = options.AllowPercent,
                AllowCurrency = options.AllowCurrency,
                AllowAccounting = options.AllowAccounting,
                Missing = options.Missing,
            });
        double[] expected = schema.ToInputs<double>(table.Select([row])).ToColumnMajorArray();
        double[] whole = schema.ToInputs<double>(table).Column(row).ToArray();
        double[] found = schema.ToInputs<double>(one).ToColumnMajorArray();
        if (!expected.AsSpan().SequenceEqual(found) || !expected.AsSpan().SequenceEqual(whole))
        {
            throw new InvalidOperationException(
                $"A row is [{string.Join(", ", whole)}] in its table, [{string.Join(", ", expected)}] chosen from it, "
                + $"and [{string.Join(", ", found)}] in a file of its own: {text}");
        }
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void RequireSame(string? written, string label)
    {
        if (written != label)
        {
            throw new InvalidOperationException($"'{written}' became '{label}'.");
        }
    }
}
