using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the guides on several inputs and outputs, and on categories.</summary>
internal static class Outputs
{
    public static string[][] SeveralLabels(Network<float> network, Matrix<float> inputs)
    {
        Pipeline<float> pipeline = Pipeline.Create(
            network, labels: new LabelEncoder(["sport", "music", "travel"]), meaning: OutputMeaning.Labels);
        string[][] labels = pipeline.PredictLabelSets(inputs);      // of each sample
        return labels;
    }

    public static (Trainer<float> Trainer, DataSet<float> Data, Matrix<float> Predicted) Train(
        Matrix<float> images, Matrix<float> weather, Matrix<float> prices, int[] kinds)
    {
        Network<float> network = Network.Create<float>(seed: 1)
            .Input("image", new FeatureShape(8, 8, 1))
            .Input("weather", 3)
            .Branches(
                Merge.Concatenation,
                image => image.From("image").Convolution(8, 3, activation: new ReLU()).GlobalAveragePooling(),
                weather => weather.From("weather").Dense(8, new ReLU()))
            .Dense(16, new ReLU())
            .Output("price", price => price.Dense(1))
            .Output("kind", kind => kind.Dense(3))
            .Build();
        var data = new DataSet<float>(
            network.Inputs.Join(("image", images), ("weather", weather)),
            network.Outputs.Join(("price", prices), ("kind", OneHot.Encode<float>(kinds, 3))));
        var loss = new LossPerOutput(
            network.Outputs,
            new OutputLoss("price", new MeanSquaredError()),
            new OutputLoss("kind", new SoftmaxCrossEntropy(), weight: 0.5));
        var trainer = new Trainer<float>(network, loss, new Adam(0.01));
        IMetric[] metrics = [new RootMeanSquaredError().ForOutput("price"), new Accuracy().ForOutput("kind")];
        trainer.Fit(data, new FitOptions<float> { Epochs = 30, Metrics = metrics });    // price_rmse, kind_accuracy
        Matrix<float> predicted = network.Outputs["price"].Of(network.Predict(data.Inputs));
        return (trainer, data, predicted);
    }

    public static Network<float> Categories()
    {
        Network<float> network = Network.Create<float>(seed: 1)
            .Input("categories", 2)                     // zone and weekday, as numbers from 0
            .Input("numbers", 4)
            .Branches(
                Merge.Concatenation,
                categories => categories.From("categories").Embeddings((1000, 16), (7, 3)),
                numbers => numbers.From("numbers"))
            .Dense(64, new ReLU())
            .Dense(1)
            .Build();
        return network;
    }
}
