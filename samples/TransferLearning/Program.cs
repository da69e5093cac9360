using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Datasets;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

// A network that knows the digits 0 to 4 learns 5 to 9 from ten examples of each; one that knows nothing does, too.
ImageDataset digits = Mnist.Load();
Console.WriteLine(digits);
DataSet<float> known = Choose(digits.Training, digits.TrainingImages.Labels, label => label < 5, perDigit: 3000);
DataSet<float> few = Choose(digits.Training, digits.TrainingImages.Labels, label => label >= 5, perDigit: 10);
DataSet<float> test = Choose(digits.Test, digits.TestImages.Labels, label => label >= 5, perDigit: 200);

Network<float> teacher = Create();
Fit(teacher, known, epochs: 3);

// All but the last layer are taken over and stay as they are.
Network<float> pupil = Create();
foreach (int layer in Enumerable.Range(0, pupil.Layers.Count - 1))
{
    pupil.Layers[layer].CopyParametersFrom(teacher.Layers[layer]);
    pupil.Layers[layer].Freeze();
}

Console.WriteLine(pupil);
double transferred = Fit(pupil, few, epochs: 200);
double fromScratch = Fit(Create(), few, epochs: 200);
Console.WriteLine(FormattableString.Invariant($"from scratch {fromScratch:P1}, transferred {transferred:P1}"));

Network<float> Create() => Network.Create<float>(digits.Shape, seed: 42)
    .Convolution(8, kernelSize: 3, activation: new ReLU())
    .MaxPooling(2)
    .Convolution(16, kernelSize: 3, activation: new ReLU())
    .MaxPooling(2)
    .Dense(10)
    .Build();

double Fit(Network<float> network, DataSet<float> data, int epochs)
{
    var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.003));
    trainer.Fit(data, new() { Epochs = epochs });
    return trainer.Evaluate(test, [new Accuracy()]).Metrics["accuracy"];
}

static DataSet<float> Choose(DataSet<float> data, IReadOnlyList<int> labels, Func<int, bool> isWanted, int perDigit) =>
    data.Select([.. Enumerable.Range(0, data.Count).Where(sample => isWanted(labels[sample]))
        .GroupBy(sample => labels[sample]).SelectMany(samples => samples.Take(perDigit))]);

// The last line on MNIST: from scratch 61.9 %, transferred 72.0 %
