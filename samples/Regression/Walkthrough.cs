using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Preprocessing;
using NeuralNet.Tables;
using NeuralNet.Training;

namespace NeuralNet.Samples.Regression;

/// <summary>A regression from a CSV file to predictions; read it from top to bottom.</summary>
internal static class Walkthrough
{
    /// <summary>The least number of rows that can be split in three parts.</summary>
    public const int LeastRows = 30;

    /// <summary>
    /// Balls that are not in the table. The last column is the formula's answer, which the network does not see.
    /// </summary>
    public const string NewBalls = """
        radius_mm,density_kg_m3,fluid,temperature_c,height_m,fall_time_s
        6,7850,air,20,1.2,0.50
        9,2500,water,15,1.5,1.79
        5,2700,oil,40,0.8,1.62
        """;

    public static void Run(RegressionOptions options, TextWriter page)
    {
        // The table. A column of names becomes a category by itself; the target is required to hold numbers.
        string file = options.Data ?? Path.Combine(AppContext.BaseDirectory, FallingBalls.FileName);
        Table table = Table.Read(file, new CsvOptions { Numbers = [options.Target] });
        if (table.RowCount < LeastRows || table.Columns.Count < 2)
        {
            throw new InvalidDataException(
                $"'{file}' has {table.RowCount} rows and {table.Columns.Count} columns; it takes at least {LeastRows} "
                + "rows, and two columns, of which one is the target.");
        }

        // Three parts: one to train on, one that decides when to stop, and one that is not used before the end.
        (Table training, Table rest) = table.Split(0.7, options.Seed);
        (Table validation, Table test) = rest.Split(0.5, options.Seed);
        string name = Path.GetFileName(file);
        (int learned, int watched, int hidden) = (training.RowCount, validation.RowCount, test.RowCount);

        // Means, deviations and categories are learned from the training part alone, and used for all that comes after:
        // numbers, the target among them, get mean 0 and deviation 1, so that a linear model is one; a category becomes
        // one input per name, all of them 0 for a name that the training part lacks.
        TableSchema schema = training.FitRegression(options.Target, new() { Numbers = NumberEncoding.Standardize });
        DataSet<double> trainingData = schema.ToDataSet<double>(training);
        DataSet<double> validationData = schema.ToDataSet<double>(validation);
        Matrix<double> testInputs = schema.ToInputs<double>(test);
        Line(page, $"{name}: {learned} rows to train on, {watched} to validate, {hidden} to test");
        Line(
            page,
            $"{options.Target} from {string.Join(", ", schema.Columns.Select(column => column.Name))}");

        // A model without hidden layers, a linear regression, shows what they contribute.
        Network<double> linear = Network.Create<double>(schema.InputSize, options.Seed).Dense(1).Build();
        Network<double> network = Network.Create<double>(schema.InputSize, options.Seed)
            .Dense(32, new Tanh())
            .Dense(32, new Tanh())
            .Dense(1)
            .Build();

        // A linear model has too few parameters to learn rows by heart, so it is trained until the training loss itself
        // no longer falls; a network goes on to learn the noise, and its validation loss says when to stop.
        Train(linear, trainingData, validation: null, options);
        TrainingHistory history = Train(network, trainingData, validationData, options);
        WriteCourse(page, network, history);

        // The test part, in the unit of the target: the scaling of the predictions is inverted.
        Matrix<double> measured = Column(test, options.Target);
        Matrix<double> predicted = Predict(network, schema, testInputs);
        double mean = training[options.Target].Values.ToArray().Average();
        page.WriteLine();
        Line(page, $"On the test part, in the unit of {options.Target}:");
        Line(page, $"{"",16}{"R2",10}{"RMSE",12}{"MAE",12}");
        WriteFigures(page, "mean predictor", Matrix<double>.Build.Dense(1, test.RowCount, mean), measured);
        WriteFigures(page, "linear model", Predict(linear, schema, testInputs), measured);
        WriteFigures(page, "network", predicted, measured);
        if (options.Data is null && options.Target == FallingBalls.Target)
        {
            Line(
                page,
                $"The stopwatch alone errs by {FallingBalls.StopwatchError} s (RMSE), which no model can foresee.");
        }

        page.WriteLine();
        Line(page, $"What is left, measured less predicted {options.Target}, over the prediction:");
        ResidualPlot.Write(page, predicted.Row(0), (measured - predicted).Row(0));

        // New rows are raw values; the same schema makes inputs of them.
        Table rows = options.Data is null
            ? Table.Read(new StringReader(NewBalls), name: "new balls")
            : test.Select([0, 1, 2]);
        page.WriteLine();
        Line(
            page,
            $"{(options.Data is null ? "Three balls that are not in the table" : "Three rows of the test part")}:");
        WriteRows(page, rows, options.Target, Predict(network, schema, schema.ToInputs<double>(rows)));
    }

    private static TrainingHistory Train(
        Network<double> network, DataSet<double> training, DataSet<double>? validation, RegressionOptions options)
    {
        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Adam(learningRate: 0.005));
        return trainer.Fit(
            training,
            new()
            {
                Epochs = options.Epochs,
                BatchSize = 32,
                Validation = validation,
                Callbacks =
                [
                    // Both go by the validation loss, or where there is none by the training loss. The second restores
                    // the best epoch.
                    new ReduceOnPlateau<double>(factor: 0.3, patience: 20),
                    new EarlyStopping<double>(patience: 60),
                ],
            });
    }

    private static Matrix<double> Predict(
        Network<double> network, TableSchema schema, Matrix<double> inputs) =>
        schema.Targets!.Invert(network.Predict(inputs));

    private static Matrix<double> Column(Table table, string name) =>
        Matrix<double>.Build.Dense(1, table.RowCount, table[name].Values.ToArray());

    private static void WriteCourse(TextWriter page, Network<double> network, TrainingHistory history)
    {
        page.WriteLine();
        Line(
            page,
            $"A network of {network.ParameterCount} parameters; its losses, in squares of the target's deviation:");
        Line(page, $"{"epoch",8}{"training",12}{"validation",12}");
        foreach (EpochResult epoch
            in history.Epochs.Where(epoch => IsShown(epoch.Epoch) || epoch == history.Epochs[^1]))
        {
            Line(page, $"{epoch.Epoch,8}{epoch.Loss,12:F5}{epoch.Validation!.Loss,12:F5}");
        }

        Line(page, $"{history.StopReason ?? "all epochs are done"}");

        // 1, 2, 5, 10, 20, 50, ...
        static bool IsShown(int epoch)
        {
            while (epoch % 10 == 0)
            {
                epoch /= 10;
            }

            return epoch is 1 or 2 or 5;
        }
    }

    private static void WriteFigures(TextWriter page, string name, Matrix<double> predicted, Matrix<double> measured)
    {
        (double r2, double rmse) = (Figure(new R2Score()), Figure(new RootMeanSquaredError()));
        Line(page, $"{name,-16}{r2,10:F4}{rmse,12:G4}{Figure(new MeanAbsoluteErrorMetric()),12:G4}");

        double Figure(IMetric metric)
        {
            IMetricAccumulator figure = metric.Start();
            figure.Add(predicted, measured);
            return figure.Value;
        }
    }

    private static void WriteRows(TextWriter page, Table rows, string target, Matrix<double> predicted)
    {
        for (int row = 0; row < rows.RowCount; row++)
        {
            IEnumerable<string> inputs = rows.Columns
                .Where(column => column.Name != target)
                .Select(column => $"{column.Name} {Text(column, row)}");
            Line(page, $"{string.Join(", ", inputs)}");
            Line(page, $"    predicted {predicted[0, row]:G4}, should be {rows[target].Values[row]:G4}");
        }

        static string Text(TableColumn column, int row) =>
            column.Categories?.Decode((int)column.Values[row])
            ?? column.Values[row].ToString("G6", CultureInfo.InvariantCulture);
    }

    private static void Line(TextWriter page, FormattableString text) =>
        page.WriteLine(MessageText.Printable(FormattableString.Invariant(text)));
}
