using NeuralNet.Activations;
using NeuralNet.Datasets;
using NeuralNet.Distributed;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Mpi;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

// mpirun -n 4 dotnet run -c Release --no-build --project samples/Mpi
// Started without mpirun, the program trains alone, and ends with the same loss, to the last digit.
IWorkers workers = MpiWorkers.Connect(shards: 8);
ImageDataset digits = Mnist.Load();
Network<float> network = Network.Create<float>(digits.Shape, seed: 42)
    .Dense(128, new ReLU())
    .Dropout(0.2)
    .Dense(digits.Classes.Count)
    .Build();

var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.003), workers: workers);
trainer.Fit(
    digits.Training,
    new() { Epochs = 5, BatchSize = 128, Metrics = [new Accuracy()], Progress = ConsoleProgress.Create() });

// Every worker has the same network now. One is enough to say how good it is.
if (workers.Rank == 0)
{
    EvaluationResult result = trainer.Evaluate(digits.Test, [new Accuracy()]);
    Console.WriteLine($"workers: {workers.Count}, test accuracy {result.Metrics["accuracy"]:P2}, loss {result.Loss:R}");
}

// workers: 4, test accuracy 97.59 %, loss 0.07942077668908235
