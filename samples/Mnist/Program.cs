using NeuralNet.Activations;
using NeuralNet.Datasets;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Training;

// 60,000 handwritten digits of 28 × 28 pixels, or where they cannot be had, digits that the program draws itself.
ImageDataset digits = Mnist.Load();
Console.WriteLine(digits);

Network<float> network = Network.Create<float>(digits.Shape, seed: 42)
    .Dense(128, new ReLU())
    .Dense(digits.Classes.Count)
    .Build();

var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.003));
trainer.Fit(
    digits.Training,
    new()
    {
        Epochs = 5,
        BatchSize = 64,
        Schedule = new CosineDecay(),
        Metrics = [new Accuracy()],
        Progress = ConsoleProgress.Create(),
    });

var confusion = new ConfusionMatrix(digits.Classes.Count);
double accuracy = trainer.Evaluate(digits.Test, [new Accuracy(), confusion.AsMetric()]).Metrics["accuracy"];
Console.WriteLine(confusion);
Console.WriteLine(FormattableString.Invariant($"test accuracy {accuracy:P2} on {digits.Name}"));

// MNIST: 60000 training images and 10000 for tests, 28 × 28 × 1, 10 classes; from a download into the cache folder …
// epoch 1 of 5: loss 0.2566, accuracy 0.9251 (0.5 s)
// …
// test accuracy 97.90 % on MNIST
