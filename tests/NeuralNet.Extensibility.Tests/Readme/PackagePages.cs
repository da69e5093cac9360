using MathNet.Numerics.LinearAlgebra;
using Microsoft.Extensions.Logging;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Data.Csv;
using NeuralNet.Extensions.Logging;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Onnx;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the packages' pages, in methods that give them what they need.</summary>
internal static class PackagePages
{
    public static TrainingHistory Train(float[][] features, int[] labels)
    {
        // features: float[][], an array per sample; labels: int[], 0, 1 or 2.
        Matrix<float> inputs = Matrix<float>.Build.DenseOfColumnArrays(features);
        DataSet<float> data = DataSet.FromLabels(inputs, labels, classes: 3).Shuffle(seed: 1);
        Standardization scaling = Standardization.Fit(data.Inputs);

        Network<float> network = Network.Create<float>(data.InputSize, seed: 42).Dense(32, new ReLU()).Dense(3).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.01));
        TrainingHistory history = trainer.Fit(
            data.TransformInputs(scaling), new() { Epochs = 30, ValidationSplit = 0.2, Metrics = [new Accuracy()] });
        Console.WriteLine(history.Epochs[^1].Validation!.Metrics["accuracy"]);

        var species = new LabelEncoder(["setosa", "versicolor", "virginica"]);
        Pipeline<float> pipeline = Pipeline.Create(network, inputs: scaling, labels: species);
        pipeline.Save("iris.safetensors");
        return history;
    }

    public static string Use()
    {
        Pipeline<float> model = Pipeline.Load<float>("iris.safetensors");
        string species = model.PredictLabel([5.1f, 3.5f, 1.4f, 0.2f]);
        return species;
    }

    public static Matrix<float> Prices()
    {
        CsvTable table = CsvTable.Read("houses.csv", new() { Missing = MissingValues.Median });
        (CsvTable training, CsvTable test) = table.Split(0.8, seed: 1);
        CsvPreprocessing preprocessing = training.FitRegression(
            target: "price", targetScaling: FeatureScaling.Standardize);

        Network<float> network = Network.Create<float>(preprocessing.InputSize, seed: 42)
            .Dense(32, new ReLU())
            .Dense(preprocessing.TargetSize)
            .Build();
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Adam(learningRate: 0.01));
        trainer.Fit(preprocessing.ToDataSet<float>(training), new() { Epochs = 100 });
        Console.WriteLine(trainer.Evaluate(preprocessing.ToDataSet<float>(test)).Loss);

        CsvTable rows = CsvTable.Read("new-houses.csv", table.Options);
        Matrix<float> prices = preprocessing.Targets!.Invert(network.Predict(preprocessing.ToInputs<float>(rows)));
        return prices;
    }

    public static float[] ThereAndBack(Network<float> network, Standardization scaling, float[] sample)
    {
        network.SaveOnnx("model.onnx", new() { AppendSoftmax = true, Preprocessing = scaling });

        Network<float> imported = Network.LoadOnnx<float>("model.onnx");
        float[] outputs = imported.Predict(sample);
        return outputs;
    }

    public static TrainingHistory Log(Trainer<float> trainer, DataSet<float> training, ILogger logger)
    {
        TrainingHistory history = trainer.Fit(
            training, new() { Epochs = 20, Callbacks = [new TrainingLog<float>(logger)] });
        return history;
    }
}
