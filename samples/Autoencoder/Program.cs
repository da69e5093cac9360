using System.Text;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Datasets;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

// Digits go through 24 numbers and come out again: what is learnt is how to describe them.
Console.OutputEncoding = Encoding.UTF8;
ImageDataset digits = Mnist.Load();
Console.WriteLine(digits);
Matrix<float> images = digits.Training.Take(10_000).Inputs.ToMatrix();

Network<float> network = Network.Create<float>(digits.Shape.Size, seed: 42)
    .Dense(128, new ReLU())
    .Dense(24)
    .Dense(128, new ReLU())
    .Dense(digits.Shape.Size, new Sigmoid())
    .Build();
var trainer = new Trainer<float>(network, new MeanSquaredError(), new Adam(learningRate: 0.002));
trainer.Fit(
    new DataSet<float>(images, images),
    new() { Epochs = 8, BatchSize = 64, Progress = ConsoleProgress.Create() });

Matrix<float> unseen = digits.Test.Take(4).Inputs.ToMatrix();
Matrix<float> restored = network.Predict(unseen);
Console.WriteLine("four unseen digits, and what comes out:");
Console.WriteLine(digits.Draw(unseen));
Console.WriteLine(digits.Draw(restored));
double error = (restored - unseen).FrobeniusNorm() / unseen.FrobeniusNorm();
Console.WriteLine(FormattableString.Invariant($"relative error {error:F3}"));

// The last line on MNIST: relative error 0.306
