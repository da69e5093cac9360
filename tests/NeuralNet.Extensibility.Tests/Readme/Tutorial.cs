using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Datasets;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the tutorial, in its order.</summary>
internal static class Tutorial
{
    public static (DataSet<float> Training, DataSet<float> Test) Look()
    {
        TableDataset wines = Wine.Load();
        Console.WriteLine(wines);
        (DataSet<float> training, DataSet<float> test) = wines.Data.StratifiedSplit(0.8, seed: 1);
        return (training, test);
    }

    public static (TrainingHistory History, double Accuracy) FirstTry(DataSet<float> training, DataSet<float> test)
    {
        Network<float> network = Network.Create<float>(13, seed: 42)
            .Dense(16, new ReLU())
            .Dense(3)
            .Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.01));
        TrainingHistory history = trainer.Fit(training, new() { Epochs = 20, Metrics = [new Accuracy()] });
        Console.WriteLine(history);
        Console.WriteLine(trainer.Evaluate(test, [new Accuracy()]));
        return (history, trainer.Evaluate(test, [new Accuracy()]).Metrics["accuracy"]);
    }

    public static (Pipeline<float> Pipeline, TrainingHistory History) Scaled(
        TableDataset wines, DataSet<float> training, DataSet<float> test)
    {
        Network<float> network = Network.Create<float>(13, seed: 42).Dense(16, new ReLU()).Dense(3).Build();
        Standardization scaling = Standardization.Fit(training.Inputs);     // of the training part alone
        (DataSet<float> learnt, DataSet<float> held) = training.TransformInputs(scaling).StratifiedSplit(0.8, seed: 2);
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.01));
        TrainingHistory history = trainer.Fit(
            learnt,
            new()
            {
                Epochs = 200,
                Validation = held,
                Metrics = [new Accuracy()],
                Callbacks = [new EarlyStopping<float>(patience: 10, minImprovement: 0.001)],
            });
        Console.WriteLine(history);

        Pipeline<float> pipeline = Pipeline.Create(network, inputs: scaling, labels: new LabelEncoder(wines.Classes));
        Console.WriteLine(pipeline.Evaluate(test, [new Accuracy()])["accuracy"]);
        pipeline.Save("wine.safetensors");
        return (pipeline, history);
    }

    public static string Mistakes(TableDataset wines, Pipeline<float> pipeline, DataSet<float> test)
    {
        var confusion = new ConfusionMatrix(3);
        pipeline.Evaluate(test, [confusion.AsMetric()]);
        Console.WriteLine(new ClassificationReport(confusion, wines.Classes));
        return new ClassificationReport(confusion, wines.Classes).ToString();
    }

    public static (string Cultivar, Vector<float> Probabilities) Use()
    {
        Pipeline<float> pipeline = Pipeline.Load<float>("wine.safetensors");
        Vector<float> wine = Vector<float>.Build.Dense(
            [13.2f, 1.8f, 2.6f, 11, 101, 2.65f, 2.8f, 0.3f, 1.3f, 4.4f, 1.05f, 3.4f, 1050]);
        Console.WriteLine(pipeline.PredictLabel(wine));
        Console.WriteLine(pipeline.PredictProbabilities(wine));
        return (pipeline.PredictLabel(wine), pipeline.PredictProbabilities(wine));
    }
}
