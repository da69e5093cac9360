using NeuralNet.Evaluation;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Serialization;
using NeuralNet.Tables;
using NeuralNet.Training;

// The folder of the two files of UCI's Adult: who earned more than 50,000 dollars in the US census of 1994?
string folder = args.FirstOrDefault() ?? Environment.GetEnvironmentVariable("NEURALNET_TABLES") ?? ".";
var options = new CsvOptions
{
    Names =
    [
        "age", "workclass", "weight", "education", "years_of_education", "marital_status", "occupation",
        "relationship", "race", "sex", "capital_gain", "capital_loss", "hours_per_week", "country", "income",
    ],
    Missing = MissingValues.Category,
    PerColumn = { ["income"] = new() { Map = text => text.TrimEnd('.') } },     // the test file writes <=50K.
};
Table training = Table.Read(Path.Combine(folder, "adult-train.csv"), options);
Table test = Table.Read(Path.Combine(folder, "adult-test.csv"), options);
Console.WriteLine(training.Summary());

TableSchema schema = training.FitBinaryClassification("income", positive: ">50K", new() { Bins = 64 });
Network<float> network = schema.BuildNetwork<float>(seed: 1, dropout: 0.5);
var trainer = new Trainer<float>(network, schema.Loss, new AdamW(learningRate: 0.001, weightDecay: 0.5));
trainer.Fit(
    schema.ToTrainingSet<float>(training, seed: 1),
    new() { Epochs = 30, BatchSize = 256, Schedule = new CosineDecay() });
EvaluationResult result = trainer.Evaluate(schema.ToDataSet<float>(test), [new RocAuc(), new BinaryAccuracy()]);
Console.WriteLine(result);
schema.ToPipeline(network).Save("adult.safetensors");
Console.WriteLine(FormattableString.Invariant($"test accuracy {result.Metrics["binary_accuracy"] * 100:F2} %"));
