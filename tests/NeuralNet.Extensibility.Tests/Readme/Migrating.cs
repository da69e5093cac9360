using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the guide for users of other .NET libraries, in its order.</summary>
internal static class Migrating
{
    public static (Pipeline<float> Loaded, string Label, Vector<float> Probabilities, double Accuracy) Run(
        float[][] features, int[] labels, float[] sample)
    {
        Matrix<float> inputs = Matrix<float>.Build.DenseOfColumnArrays(features);      // float[][], an array per sample
        DataSet<float> data = DataSet.FromLabels(inputs, labels, classes: 3);
        (DataSet<float> training, DataSet<float> test) = data.StratifiedSplit(0.8, seed: 1);

        Standardization scaling = Standardization.Fit(training.Inputs);
        DataSet<float> scaled = training.TransformInputs(scaling);

        Network<float> network = Network.Create<float>(4, seed: 42).Dense(16, new ReLU()).Dense(3).Build();

        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.01));
        (DataSet<float> learnt, DataSet<float> held) = scaled.StratifiedSplit(0.8, seed: 2);
        TrainingHistory history = trainer.Fit(
            learnt, new() { Epochs = 50, BatchSize = 16, Callbacks = [new EarlyStopping<float>()], Validation = held });

        Pipeline<float> pipeline = Pipeline.Create(network, inputs: scaling, labels: new LabelEncoder(["a", "b", "c"]));
        Console.WriteLine(pipeline.Evaluate(test, [new Accuracy(), new F1Score(Averaging.Macro)])["accuracy"]);

        string label = pipeline.PredictLabel(sample);
        Vector<float> probabilities = pipeline.PredictProbabilities(Vector<float>.Build.Dense(sample));

        pipeline.Save("model.safetensors");
        Pipeline<float> loaded = Pipeline.Load<float>("model.safetensors");
        return (loaded, label, probabilities, trainer.Evaluate(held, [new Accuracy()]).Metrics["accuracy"]);
    }

    public static Network<float> Image()
    {
        Network<float> convolutional = Network.Create<float>(new FeatureShape(28, 28, 1), seed: 42)
            .Convolution(8, kernelSize: 5, padding: 2, activation: new ReLU())
            .MaxPooling(2)
            .Dense(10)
            .Build();
        return convolutional;
    }
}
