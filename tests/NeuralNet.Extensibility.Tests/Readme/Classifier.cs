using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.CodeGeneration;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.PyTorch;
using NeuralNet.Regularization;
using NeuralNet.Schedules;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the guides that need data, in methods that give them some.</summary>
internal static class Classifier
{
    public static TrainingHistory Train(Matrix<float> features, int[] labels, Vector<float> oneSample)
    {
        DataSet<float> data = DataSet.FromLabels(features, labels, classes: 3);
        (DataSet<float> training, DataSet<float> validation) = data.Shuffle(seed: 1).Split(0.8);

        Network<float> network = Network.Create<float>(data.InputSize, seed: 42)
            .Dense(32, new ReLU())
            .Dense(3)
            .Build();

        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.003));
        TrainingHistory history = trainer.Fit(
            training,
            new()
            {
                Epochs = 20,
                BatchSize = 32,
                Validation = validation,
                Metrics = [new Accuracy()],
                Schedule = new CosineDecay(),
            });

        Console.WriteLine(history.Epochs[^1].Validation!.Metrics["accuracy"]);
        Vector<float> scores = network.Predict(oneSample);
        Console.WriteLine($"class {scores.MaximumIndex()}");
        return history;
    }

    public static Matrix<float> PredictTogether(Network<float> network, Matrix<float> inputs)
    {
        Matrix<float> outputs = network.Predict(inputs, threads: Environment.ProcessorCount);
        return outputs;
    }

    public static Network<float> Some()
    {
        Network<float> network = Network.Create<float>(20, seed: 42)
            .Dense(64, weightPenalty: new L2Penalty(1e-4))
            .BatchNormalization()
            .Activation(new GELU())
            .Residual(block => block.Dense(64, new SiLU()).Dropout(0.2).Dense(64))
            .Dense(3)
            .Build();
        return network;
    }

    public static TrainingHistory LongRun(
        Network<float> network, DataSet<float> training, DataSet<float> validation, CancellationToken cancellationToken)
    {
        var loss = new SoftmaxCrossEntropy(labelSmoothing: 0.1);
        var trainer = new Trainer<float>(network, loss, new AdamW(learningRate: 0.002));
        trainer.Resume("runs/first");           // goes on where an interrupted run was; does nothing if there is none
        TrainingHistory history = trainer.Fit(
            training,
            new()
            {
                Epochs = 100,
                Validation = validation,
                Metrics = [new Accuracy(), new F1Score(Averaging.Macro)],
                Schedule = new LinearWarmup(steps: 20, then: new CosineDecay()),
                GradientClipping = new ClipByGlobalNorm(1),
                Callbacks = [new EarlyStopping<float>(patience: 10), new Checkpointing<float>("runs/first")],
            },
            cancellationToken);
        Console.WriteLine(history.Outcome);     // Completed, Stopped (by a callback) or Cancelled
        Console.WriteLine(history.StopReason);  // such as "loss has not improved for 10 epochs; ..."
        return history;
    }

    public static void SecondRun(Trainer<float> trainer)
    {
        if (trainer.Resume("runs/second") is null)
        {
            trainer.StartFrom("runs/first");    // its newest checkpoint; or one of them: "runs/first/best.safetensors"
        }
    }

    public static Network<float> FromPyTorchAndBack(DataSet<float> training)
    {
        Network<float> network = Network.Create<float>(8, seed: 42)     // Sequential(Linear(8, 32),
            .Dense(32)
            .BatchNormalization(momentum: 0.1, epsilon: 1e-5)           //     BatchNorm1d(32, eps=1e-5, momentum=0.1),
            .Activation(new ReLU())                                     //     ReLU(),
            .Dropout(0.25)                                              //     Dropout(0.25),
            .Dense(3)                                                   //     Linear(32, 3))
            .Build();
        network.LoadStateDict("torch.safetensors");

        network.Layers[0].Freeze();
        new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 1e-4)).Fit(training);
        network.SaveStateDict("tuned.safetensors", new Dictionary<string, string>
        {
            ["dense1"] = "0",
            ["batchNormalization1"] = "1",
            ["dense2"] = "4",
        });
        return network;
    }

    public static double Backpropagate(Network<double> network, Matrix<double> inputs, Matrix<double> targets)
    {
        var engine = new BackpropagationEngine<double>(network, new MeanSquaredError());
        Gradients<double> gradients = Gradients.For(network);
        double loss = engine.Compute(inputs, targets, gradients);
        Matrix<double> dW = gradients["dense1.weights"];
        Vector<double> ofNeuron2 = dW.Row(2);
        return loss + ofNeuron2.L2Norm();
    }

    public static Network<float> SaveAndLoad(Network<float> network)
    {
        network.Save("model.safetensors");
        Network<float> same = Network.Load<float>("model.safetensors");
        return same;
    }

    public static void WriteSource(Network<float> network)
    {
        File.WriteAllText("Digits.cs", network.ToCSharpSource(new() { Namespace = "Acme", ClassName = "Digits" }));
    }

    public static string Species(Network<float> network, DataSet<float> training, Vector<float> rawFeatures)
    {
        Standardization scaling = Standardization.Fit(training.Inputs);
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.01));
        trainer.Fit(training.TransformInputs(scaling));

        var labels = new LabelEncoder(["setosa", "versicolor", "virginica"]);
        Pipeline<float> pipeline = Pipeline.Create(network, inputs: scaling, labels: labels);
        pipeline.Save("iris.safetensors");
        string species = Pipeline.Load<float>("iris.safetensors").PredictLabel(rawFeatures);
        return species;
    }
}
