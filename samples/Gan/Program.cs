using System.Text;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Datasets;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

// A forger makes digits out of noise, a critic tells them from real ones, and each learns from the other.
const int Batch = 64;
Console.OutputEncoding = Encoding.UTF8;
ImageDataset digits = Mnist.Load();
Console.WriteLine(digits);
var random = new Random(1);

Network<float> forger = Network.Create<float>(32, seed: 1)
    .Dense(256, new LeakyReLU(0.2))
    .Dense(digits.Shape.Size, new Sigmoid())
    .Build();
Network<float> critic = Network.Create<float>(digits.Shape, seed: 2)
    .Dense(256, new LeakyReLU(0.2))
    .Dropout(0.3)
    .Dense(1)
    .Build();
var loss = new SigmoidCrossEntropy();
var criticTrainer = new Trainer<float>(critic, loss, new Adam(learningRate: 0.0005, beta1: 0.5));
var forgerTrainer = new Trainer<float>(forger, new MeanSquaredError(), new Adam(learningRate: 0.0005, beta1: 0.5));
var criticEngine = new BackpropagationEngine<float>(critic, loss);
var forgerEngine = new BackpropagationEngine<float>(forger);
(Gradients<float> criticGradients, Gradients<float> forgerGradients) = (Gradients.For(critic), Gradients.For(forger));

// 1 is real, or nearly: a critic that is too sure teaches nothing.
Matrix<float> real = Matrix<float>.Build.Dense(1, Batch, 0.9f);
Matrix<float> realThenForged = real.Append(Matrix<float>.Build.Dense(1, Batch));
Matrix<float> pictureGradient = Matrix<float>.Build.Dense(digits.Shape.Size, Batch);
for (int step = 0; step < 4000; step++)
{
    Matrix<float> forged = forgerEngine.Forward(Noise(Batch)).ToMatrix();
    int[] chosen = [.. Enumerable.Range(0, Batch).Select(_ => random.Next(digits.Training.Count))];
    criticTrainer.Step(digits.Training.Select(chosen).Inputs.ToMatrix().Append(forged), realThenForged);

    // How the pictures should change for the critic to take them for real ones: ∂L/∂picture, through the critic.
    criticEngine.Compute(forged, real, criticGradients, inputGradient: pictureGradient);
    forgerEngine.Backward(pictureGradient, forgerGradients);
    forgerTrainer.Step(forgerGradients);
}

// How far forged digits are from the most similar of 1,000 real ones; other real ones are 0.52 away, noise 0.9.
Matrix<float> made = forger.Predict(Noise(100));
Console.WriteLine(digits.Draw(made.SubMatrix(0, made.RowCount, 0, 5)));
Vector<float>[] others = [.. digits.Test.Take(1000).Inputs.ToMatrix().EnumerateColumns()];
double distance = made.EnumerateColumns().Average(one => others.Min(other => (other - one).L2Norm()) / one.L2Norm());
Console.WriteLine(FormattableString.Invariant($"distance to the nearest real digit {distance:F2}"));

Matrix<float> Noise(int count) => Matrix<float>.Build.Dense(32, count, (_, _) => (2 * random.NextSingle()) - 1);

// The last line on MNIST: distance to the nearest real digit 0.74
