using System.Data;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Kinds;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;
using NeuralNet.Tables;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the guides on tables.</summary>
internal static class OwnTable
{
    public static TrainingHistory Train()
    {
        Table table = Table.Read("customers.csv", new() { Missing = MissingValues.Median, Identifiers = ["customer"] });
        Console.WriteLine(table.Summary());             // a line per column: kind, missing, different values, range
        (Table rest, Table test) = table.StratifiedSplit("left", 0.8, seed: 1);
        (Table training, Table validation) = rest.StratifiedSplit("left", 0.8, seed: 2);
        TableSchema schema = training.FitBinaryClassification("left", positive: "yes");
        DataSet<float> unseen = schema.ToDataSet<float>(validation);

        Network<float> network = schema.BuildNetwork<float>(seed: 42);
        var trainer = new Trainer<float>(network, schema.Loss, new AdamW(learningRate: 0.001, weightDecay: 0.3));
        TrainingHistory history = trainer.Fit(
            schema.ToTrainingSet<float>(training, seed: 42),
            new()
            {
                Epochs = 200,
                Validation = unseen,
                Metrics = [new RocAuc()],
                Callbacks = [new EarlyStopping<float>(patience: 10)],
            });

        double[] logits = [.. Enumerable.Range(-40, 81).Select(tenths => tenths / 10.0)];
        EvaluationResult f1 = trainer.Evaluate(
            unseen, [.. logits.Select(t => new F1Score(threshold: t) { Name = $"{t}" })]);
        double best = logits.MaxBy(t => f1.Metrics[$"{t}"]);
        Console.WriteLine(trainer.Evaluate(
            schema.ToDataSet<float>(test),
            [new BinaryAccuracy(best), new Precision(threshold: best), new Recall(threshold: best), new RocAuc()]));
        schema.ToPipeline(network, best).Save("customers.safetensors");
        return history;
    }

    public static double[] Unlike(Table penguins)
    {
        Table known = penguins.Where(row => row["species"] == "Adelie");
        TableSchema schema = known.FitReconstruction(new()
        {
            Inputs = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"],
            Numbers = NumberEncoding.Standardize,
        });
        Network<float> network = schema.BuildNetwork<float>(seed: 1, hidden: [16, 2, 16]);
        var trainer = new Trainer<float>(network, schema.Loss, new Adam(learningRate: 0.003));
        trainer.Fit(schema.ToDataSet<float>(known), new() { Epochs = 200 });
        Pipeline<float> pipeline = schema.ToPipeline(network);

        double[] errors = pipeline.ReconstructionErrors(penguins);      // a mean squared error per row
        foreach (int row in Enumerable.Range(0, errors.Length).OrderByDescending(row => errors[row]).Take(5))
        {
            Console.WriteLine($"row {penguins.Lines[row]}: {errors[row]:F1}, {penguins["species"].Text(row)}");
        }

        return [.. errors.OrderDescending().Take(5)];
    }

    public static (string[] Labels, Matrix<float> Probabilities, double Threshold) Predict()
    {
        Pipeline<float> pipeline = Pipeline.Load<float>("customers.safetensors");
        Table rows = Table.Read("new.csv");
        string[] labels = pipeline.PredictLabels(rows);
        Matrix<float> probabilities = pipeline.PredictProbabilities(rows);  // a column per row: that of no, that of yes
        return (labels, probabilities, pipeline.Threshold);
    }

    public static (Table Training, Table Test) Taxis()
    {
        var options = new CsvOptions
        {
            Missing = MissingValues.Median.WithIndicator(),
            PerColumn =
            {
                ["pickup"] = new() { DateFormat = "dd/MM/yyyy HH:mm", DateParts = DateParts.Weekday | DateParts.Hour },
                ["state"] = new() { Missing = MissingValues.Category, Map = text => text.ToUpperInvariant() },
                ["comfort"] = new() { Order = ["poor", "fair", "good"] },
            },
            Computed = [ComputedColumn.Number("speed", row => row.Number("distance") / row.Number("hours"))],
        };
        Table taxis = Table.Read("taxis.csv", options);
        (Table training, Table test) = taxis.ChronologicalSplit("pickup", 0.8);
        return (training, test);
    }

    public static Matrix<float> Sources(IDbCommand command, TableOptions options, Pipeline<float> pipeline)
    {
        Table orders = Table.FromReader(command.ExecuteReader(), options);
        Table trips = Table.FromRows([new Trip("Harlem", 2.4), new Trip("Midtown", 0.9)]);
        Matrix<float> totals = pipeline.Predict(trips);
        return orders.RowCount > 0 ? totals : throw new InvalidOperationException();
    }

    public static Table Foreign()
    {
        Table german = Table.Read("preise.csv.gz", new()
        {
            Delimiter = ';',                       // as a first line sep=; says, too
            SkipLines = 2,                         // and Comment = '#'; Header = false or Names without a header
            DecimalSeparator = ',',
            ThousandsSeparator = '.',
            AllowPercent = true,                   // 12 % is 0.12; AllowCurrency: 5 €, AllowAccounting: (5) and 5-
            MissingTexts = [.. TableOptions.DefaultMissingTexts, "k. A."],
            Categories = ["plz"],                  // postal codes are names, not numbers
        });
        return german;
    }

    public static Network<double> SaveScale(Network<double> network)
    {
        ModelKinds kinds = new ModelKinds().WithLayer<double, Scale>("scale", s => () => new(s.InputSize));
        network.Save("model.safetensors", kinds);
        Network<double> same = Network.Load<double>("model.safetensors", kinds);
        return same;
    }

    private sealed record Trip(string Zone, double Distance);
}
