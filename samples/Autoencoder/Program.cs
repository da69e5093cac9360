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
Print(unseen);
Print(restored);
double error = (restored - unseen).FrobeniusNorm() / unseen.FrobeniusNorm();
Console.WriteLine(FormattableString.Invariant($"relative error {error:F3}"));

// Two rows of pixels to a line of blocks.
void Print(Matrix<float> pictures)
{
    (int rows, int columns) = (digits.Shape[0], digits.Shape[1]);
    for (int row = 0; row + 1 < rows; row += 2)
    {
        var line = new StringBuilder();
        for (int i = 0; i < pictures.ColumnCount * columns; i++)
        {
            (int picture, int column) = Math.DivRem(i, columns);
            bool upper = pictures[(row * columns) + column, picture] > 0.5;
            bool lower = pictures[((row + 1) * columns) + column, picture] > 0.5;
            line.Append((upper, lower) switch { (true, true) => '█', (true, _) => '▀', (_, true) => '▄', _ => ' ' });
        }

        Console.WriteLine(line.ToString().TrimEnd());
    }
}

// The last line on MNIST: relative error 0.306
