using System.Globalization;
using System.Text;
using NeuralNet.Data;
using NeuralNet.Data.Csv;
using NeuralNet.Preprocessing;

namespace NeuralNet.Fuzz;

/// <summary>CSV files, read with all kinds of options, and the preprocessing fitted to the tables.</summary>
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
        CsvTable table;
        switch (random.Next(3))
        {
            case 0:
                table = CsvTable.Read(new OneWayStream(file), options, name);
                break;
            case 1:
                table = CsvTable.Read(new StringReader(Encoding.UTF8.GetString(file)), options, name);
                break;
            default:
                table = CsvTable.Read(new MemoryStream(file, writable: false), options, name);
                break;
        }

        RequireWhole(table, options);

        // With one column there is nothing to predict from, which is not an error of the file.
        if (table.Columns.Count > 1)
        {
            Fit(table, random);
        }
    }

    // The buffers of the reader; a column of a byte or two takes a list, a dictionary and an encoder, and is fitted.
    public long AllocationLimit(int length) => 300_000 + (500L * length);

    private static CsvOptions Options(Random random) => new()
    {
        Header = random.Next(4) != 0,
        Delimiter = random.Next(5) == 0 ? ';' : ',',
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
        Numbers = random.Next(8) == 0 ? [0] : [],
        Categories = random.Next(4) == 0 ? [^1] : [],
        Missing = (MissingValues)random.Next(Enum.GetValues<MissingValues>().Length),
        MaxRecordBytes = random.Next(4) == 0 ? 256 : 1 << 20,
        MaxColumns = random.Next(8) == 0 ? 2 : 10_000,
        MaxRows = random.Next(8) == 0 ? 2 : 10_000_000,
        MaxCategories = random.Next(8) == 0 ? 2 : 1000,
        MaxDecompressedBytes = random.Next(4) == 0 ? 20 : 400,
    };

    private static void RequireWhole(CsvTable table, CsvOptions options)
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

        foreach (CsvTableColumn column in table.Columns)
        {
            if (column.Kind == CsvColumnKind.Undecided)
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
                bool mayBeMissing = column.Categories is null
                    && options.Missing is not (MissingValues.Refuse or MissingValues.DropRow);
                if (double.IsInfinity(value)
                    || (double.IsNaN(value) && !mayBeMissing)
                    || (column.Categories is { } categories && !(value >= 0 && value < categories.Labels.Count)))
                {
                    throw new InvalidOperationException($"'{column.Name}' holds {value}.");
                }
            }
        }
    }

    private static void Fit(CsvTable table, Random random)
    {
        var scaling = (FeatureScaling)random.Next(Enum.GetValues<FeatureScaling>().Length);
        var unknown = (UnknownCategory)random.Next(Enum.GetValues<UnknownCategory>().Length);
        FeatureScaling targets = scaling == FeatureScaling.PiecewiseLinear ? FeatureScaling.Standardize : scaling;
        CsvColumn target = random.Next(2) == 0 ? 0 : ^1;
        CsvPreprocessing preprocessing = random.Next(2) == 0
            ? table.FitRegression(target, scaling: scaling, targetScaling: targets, unknown: unknown)
            : table.FitClassification(target, scaling: scaling, unknown: unknown);
        if ((long)(preprocessing.InputSize + preprocessing.TargetSize) * table.RowCount > LargestDataSet)
        {
            return;
        }

        DataSet<float> data = preprocessing.ToDataSet<float>(table);
        if (data.Count != table.RowCount)
        {
            throw new InvalidOperationException($"{table.RowCount} rows make {data.Count} samples.");
        }

        if (preprocessing.Labels is { } labels)
        {
            CsvTableColumn column = table[target];
            int[] numbers = preprocessing.ToLabels(table);
            for (int i = 0; i < numbers.Length; i++)
            {
                RequireSame(column.Text(i), labels.Decode(numbers[i]));
            }
        }

        RequireSamePrediction(table, preprocessing, random);
    }

    // What is fitted reads new rows as it read the training data, whatever the new file as a whole looks like and
    // without a word of the kinds of its columns.
    private static void RequireSamePrediction(CsvTable table, CsvPreprocessing preprocessing, Random random)
    {
        int row = random.Next(table.RowCount);
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(column => Quoted(column.Name))).Append('\n');
        text.AppendJoin(',', table.Columns.Select(column => Quoted(column.Text(row) ?? ""))).Append('\n');
        CsvOptions options = table.Options;
        CsvTable one = CsvTable.Read(
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
        double[] expected = preprocessing.ToInputs<double>(table.Select([row])).ToColumnMajorArray();
        double[] whole = preprocessing.ToInputs<double>(table).Column(row).ToArray();
        double[] found = preprocessing.ToInputs<double>(one).ToColumnMajorArray();
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
