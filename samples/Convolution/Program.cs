using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Training;

// The folder of MNIST's four files, such as train-images-idx3-ubyte.gz.
string? folder = args.FirstOrDefault() ?? Environment.GetEnvironmentVariable("NEURALNET_MNIST");
if (folder is null)
{
    Console.Error.WriteLine("Name the folder of MNIST's files: as the argument, or in NEURALNET_MNIST.");
    return 2;
}

Network<float> network = Network.Create<float>(new FeatureShape(28, 28, 1), seed: 42)
    .Convolution(32, kernelSize: 3, activation: new ReLU())
    .MaxPooling(2)
    .Convolution(64, kernelSize: 3, activation: new ReLU())
    .MaxPooling(2)
    .Dropout(0.5)
    .Dense(10)
    .Build();
var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.003));
TrainingHistory history = trainer.Fit(
    Read("train"),
    new FitOptions<float> { Epochs = 3, BatchSize = 128, Schedule = new CosineDecay(), Metrics = [new Accuracy()] });
foreach (EpochResult epoch in history.Epochs)
{
    Console.WriteLine(epoch);
}

Console.WriteLine($"test accuracy {trainer.Evaluate(Read("t10k"), [new Accuracy()]).Metrics["accuracy"]:P2}");
return 0;

DataSet<float> Read(string set) => DataSet.FromLabels<float>(
    IdxReader.Read(Path.Combine(folder, $"{set}-images-idx3-ubyte.gz")).ToBytes(),
    IdxReader.Read(Path.Combine(folder, $"{set}-labels-idx1-ubyte.gz")).ToLabels(),
    classes: 10);
