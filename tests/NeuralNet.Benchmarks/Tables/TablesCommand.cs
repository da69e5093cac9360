using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Tables;
using NeuralNet.Training;

namespace NeuralNet.Benchmarks.Tables;

/// <summary>
/// Trains on real tables with nothing but the defaults of a schema, and says how good the network is; the script
/// <c>peers/tables.py</c> does the same with scikit-learn on the same rows.
/// </summary>
internal static class TablesCommand
{
    private const int Folds = 5;
    private const int Seeds = 3;

    public static int Run(string[] args)
    {
        if (args is not ["--data", { } folder, .. { } rest])
        {
            Console.Error.WriteLine("tables --data FOLDER [--only NAME] [--numbers ENCODING] [--bins N]");
            return 2;
        }

        string? only = Option(rest, "--only");
        var schema = new SchemaOptions
        {
            Numbers = Enum.Parse<NumberEncoding>(Option(rest, "--numbers") ?? nameof(NumberEncoding.PiecewiseLinear)),
            Bins = int.Parse(Option(rest, "--bins") ?? "16", CultureInfo.InvariantCulture),
        };
        Console.WriteLine("| table | rows | features | figure | mean of 3 | each | seconds |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (TableCase table in TableCase.All.Where(table => only is null || table.Name == only))
        {
            Measure(table, folder, schema);
        }

        return 0;
    }

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is int index and >= 0 && index + 1 < args.Length ? args[index + 1] : null;

    private static void Measure(TableCase subject, string folder, SchemaOptions options)
    {
        Table all = Table.Read(Path.Combine(folder, subject.File), subject.Options).DropMissing(subject.Target);
        Table? testFile = subject.TestFile is null
            ? null
            : Table.Read(Path.Combine(folder, subject.TestFile), subject.Options);
        var figures = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        var watch = Stopwatch.StartNew();
        int features = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            // The rows of a fold lie evenly over the file, by a rule that every language can follow.
            int[] rows = [.. Enumerable.Range(0, all.RowCount)];
            Table training = testFile is null ? all.Select(Array.FindAll(rows, row => row % Folds != seed)) : all;
            Table test = testFile ?? all.Select(Array.FindAll(rows, row => row % Folds == seed));
            foreach ((string name, double value) in Figures(subject, training, test, options, seed, out features))
            {
                figures.TryAdd(name, []);
                figures[name].Add(value);
            }
        }

        foreach ((string name, List<double> values) in figures)
        {
            string each = string.Join(", ", values.Select(value => value.ToString("g4", CultureInfo.InvariantCulture)));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {subject.Name} | {all.RowCount} | {features} | {name} | {values.Average():g4} | {each} | "
                + $"{watch.Elapsed.TotalSeconds / Seeds:f1} |"));
        }
    }

    private static Dictionary<string, double> Figures(
        TableCase subject, Table training, Table test, SchemaOptions options, int seed, out int features)
    {
        TableSchema schema = subject.IsRegression ? training.FitRegression(subject.Target, options)
            : subject.Positive is null ? training.FitClassification(subject.Target, options)
            : training.FitBinaryClassification(subject.Target, subject.Positive, options);
        features = schema.InputSize;
        Network<float> network = schema.BuildNetwork<float>(seed);
        var trainer = new Trainer<float>(network, schema.Loss, new AdamW(1e-3, weightDecay: 0.3));
        DataSet<float> data = schema.ToTrainingSet<float>(training, seed);

        // Small tables take smaller batches, for as many steps.
        int batch = Math.Clamp(training.RowCount / 64, 16, 256);
        trainer.Fit(data, new() { Epochs = 30, BatchSize = batch, Schedule = new CosineDecay() });
        if (!subject.IsRegression)
        {
            IMetric[] metrics = subject.Positive is null
                ? [new Accuracy()]
                : [new BinaryAccuracy(), new RocAuc()];
            return new(trainer.Evaluate(schema.ToDataSet<float>(test), metrics).Metrics);
        }

        Matrix<double> predicted = schema.ToPipeline(network).Predict(test).Map(value => (double)value);
        Matrix<double> measured = Matrix<double>.Build.Dense(
            1, test.RowCount, [.. test[subject.Target].Values.ToArray()]);
        var figures = new Dictionary<string, double>();
        foreach (IMetric metric in new IMetric[] { new R2Score(), new RootMeanSquaredError() })
        {
            IMetricAccumulator figure = metric.Start();
            figure.Add(predicted, measured);
            figures[metric.Name] = figure.Value;
        }

        return figures;
    }
}
