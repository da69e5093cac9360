using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Guards;

namespace NeuralNet.Datasets;

/// <summary>A small table that lies within this package: measurements, and what to predict from them.</summary>
/// <remarks>
/// <see cref="Data"/> has the numeric columns of the rows that have them all. <see cref="Csv"/> has every row and
/// column; <c>Table.Read(new StringReader(table.Csv))</c> of NeuralNet.Tables reads it with its categories and gaps.
/// </remarks>
public sealed class TableDataset
{
    private TableDataset(
        string name,
        string license,
        string csv,
        string target,
        IReadOnlyList<string> features,
        bool isRegression)
    {
        (Name, License, Csv, Target, Features) = (name, license, csv, target, features);
        string[][] rows = [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        int[] columns = [.. features.Select(feature => Array.IndexOf(rows[0], feature))];
        int targetColumn = Array.IndexOf(rows[0], target);
        string[][] complete =
        [
            .. rows.Skip(1).Where(row => row[targetColumn].Length > 0 && columns.All(column => row[column].Length > 0)),
        ];
        Matrix<float> inputs = Matrix<float>.Build.Dense(
            columns.Length, complete.Length, (feature, sample) => Number(complete[sample][columns[feature]]));
        string[] targets = [.. complete.Select(row => row[targetColumn])];
        if (isRegression)
        {
            Classes = [];
            Data = new(inputs, Matrix<float>.Build.Dense(1, targets.Length, (_, sample) => Number(targets[sample])));
            return;
        }

        string[] classes = [.. targets.Distinct().Order(StringComparer.Ordinal)];
        int[] labels = Array.ConvertAll(targets, text => Array.IndexOf(classes, text));
        Classes = classes;
        Data = DataSet.FromLabels(inputs, labels, classes.Length);
    }

    /// <summary>The name of the data.</summary>
    public string Name { get; }

    /// <summary>Author, source and licence.</summary>
    public string License { get; }

    /// <summary>
    /// The whole table as text: a line of names, then a line per row, with nothing where a value is missing.
    /// </summary>
    public string Csv { get; }

    /// <summary>The column to predict.</summary>
    public string Target { get; }

    /// <summary>The columns that <see cref="Data"/> has as inputs, in this order.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The name of each class by its number; none if the target is a number.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>
    /// The rows that lack no number: their features, unscaled, and their class, one-hot, or the number to predict. They
    /// are in the order of the table, often by class: split them with <see cref="DataSet{T}.StratifiedSplit"/>, or
    /// shuffle them first.
    /// </summary>
    public DataSet<float> Data { get; }

    /// <summary>Numbers of rows, features and classes, as readable text.</summary>
    /// <returns>For example <c>Iris: 150 rows, 4 features, 3 classes of species</c>.</returns>
    public override string ToString() =>
        $"{Name}: {Quantity.Of(Data.Count, "row")}, {Quantity.Of(Features.Count, "feature")}, "
        + (Classes.Count == 0
            ? $"to predict {Target}"
            : $"{Quantity.Of(Classes.Count, "class", "classes")} of {Target}");

    /// <summary>Reads a table out of this package.</summary>
    internal static TableDataset Read(
        string name,
        string license,
        string file,
        string target,
        IReadOnlyList<string> features,
        bool isRegression = false)
    {
        using Stream stream = typeof(TableDataset).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return new(name, license, reader.ReadToEnd(), target, features, isRegression);
    }

    private static float Number(string text) => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
