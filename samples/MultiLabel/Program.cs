using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

// Points of a square, each with any number of three labels: an output for each, which is 1 where the label holds.
const int Count = 2000;
string[] labels = ["left", "upper", "near the middle"];
var random = new Random(1);
Matrix<float> points = Matrix<float>.Build.Dense(2, Count, (_, _) => (2 * random.NextSingle()) - 1);
Matrix<float> targets = Matrix<float>.Build.Dense(
    labels.Length, Count, (label, sample) => Holds(label, points[0, sample], points[1, sample]) ? 1 : 0);
(DataSet<float> training, DataSet<float> test) = new DataSet<float>(points, targets).Split(0.8);

// No softmax: the labels do not exclude each other. The loss takes the sigmoid of each output.
Network<float> network = Network.Create<float>(2, seed: 42)
    .Dense(32, new Tanh())
    .Dense(32, new Tanh())
    .Dense(labels.Length)
    .Build();
var trainer = new Trainer<float>(network, new SigmoidCrossEntropy(), new Adam(learningRate: 0.01));
trainer.Fit(training, new() { Epochs = 30, Progress = ConsoleProgress.Create() });

foreach (float[] point in (float[][])[[-0.8f, 0.7f], [0.1f, -0.2f], [-0.2f, 0.3f], [0.9f, -0.9f]])
{
    float[] scores = network.Predict(point);
    string found = string.Join(", ", labels.Where((_, label) => scores[label] > 0));
    Console.WriteLine(FormattableString.Invariant($"({point[0]}, {point[1]}): {(found.Length > 0 ? found : "none")}"));
}

Console.WriteLine(trainer.Evaluate(test, [new BinaryAccuracy(), new ExactMatch()]));

static bool Holds(int label, float x, float y) => label switch
{
    0 => x < 0,
    1 => y > 0,
    _ => (x * x) + (y * y) < 0.25,
};

// (-0.8, 0.7): left, upper
// (0.1, -0.2): near the middle
// (-0.2, 0.3): left, upper, near the middle
// (0.9, -0.9): none
// loss 0.01537, binary_accuracy 0.9942, exact_match 0.9825
