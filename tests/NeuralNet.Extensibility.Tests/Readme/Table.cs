using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Data.Csv;
using NeuralNet.Evaluation;
using NeuralNet.Kinds;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the README on tables.</summary>
internal static class Table
{
    public static TrainingHistory Train()
    {
        CsvTable table = CsvTable.Read(
            "customers.csv", new() { Missing = MissingValues.Median, Ignore = ["customer"] });
        (CsvTable rest, CsvTable test) = table.StratifiedSplit("left", 0.8, seed: 1);
        (CsvTable training, CsvTable validation) = rest.StratifiedSplit("left", 0.8, seed: 2);
        CsvPreprocessing preprocessing = training.FitBinaryClassification("left", positive: "yes");
        DataSet<float> unseen = preprocessing.ToDataSet<float>(validation);

        Network<float> network = Network.Create<float>(preprocessing.InputSize, seed: 42)
            .Dense(16, new ReLU())
            .Dense(1, new Sigmoid())
            .Build();
        var trainer = new Trainer<float>(network, new BinaryCrossEntropy(), new Adam(learningRate: 0.003));
        TrainingHistory history = trainer.Fit(
            preprocessing.ToDataSet<float>(training),
            new()
            {
                Epochs = 200,
                Validation = unseen,
                Metrics = [new RocAuc()],
                Callbacks = [new EarlyStopping<float>(patience: 10)],
            });

        double[] thresholds = [.. Enumerable.Range(1, 99).Select(percent => percent / 100.0)];
        EvaluationResult f1 = trainer.Evaluate(
            unseen, [.. thresholds.Select(t => new F1Score(threshold: t) { Name = $"{t}" })]);
        double best = thresholds.MaxBy(t => f1.Metrics[$"{t}"]);
        Console.WriteLine(trainer.Evaluate(
            preprocessing.ToDataSet<float>(test),
            [new BinaryAccuracy(best), new Precision(threshold: best), new Recall(threshold: best), new RocAuc()]));
        preprocessing.ToPipeline(network, best).Save("customers.safetensors");
        return history;
    }

    public static (string[] Labels, Matrix<float> Probabilities, double Threshold) Predict()
    {
        Pipeline<float> pipeline = Pipeline.Load<float>("customers.safetensors");
        CsvTable rows = CsvTable.Read("new.csv", new() { Missing = MissingValues.Median });
        string[] labels = pipeline.PredictLabels(rows);
        Matrix<float> probabilities = pipeline.PredictProbabilities(rows);  // a column per row: that of no, that of yes
        return (labels, probabilities, pipeline.Threshold);
    }

    public static CsvTable Foreign()
    {
        CsvTable german = CsvTable.Read("preise.csv.gz", new()
        {
            Delimiter = ';',                       // as a first line sep=; says, too
            DecimalSeparator = ',',
            ThousandsSeparator = '.',
            AllowPercent = true,                   // 12 % is 0.12; AllowCurrency: 5 €, AllowAccounting: (5) and 5-
            MissingTexts = ["", "k. A."],
            Categories = ["plz"],                  // postal codes are names, not numbers
            Ignore = ["datum"],                    // dates are no inputs yet
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
}
