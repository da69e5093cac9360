using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Onnx;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Training;

// A network learns a curve here, goes into a file that everyone reads, and comes back out of it.
Matrix<float> inputs = Matrix<float>.Build.Dense(1, 200, (_, sample) => (sample / 100f) - 1);
Network<float> network = Network.Create<float>(1, seed: 42).Dense(32, new Tanh()).Dense(1).Build();
var trainer = new Trainer<float>(network, new MeanSquaredError(), new Adam(learningRate: 0.01));
trainer.Fit(
    new DataSet<float>(inputs, inputs.Map(x => x * x)),
    new() { Epochs = 400, Schedule = new CosineDecay(), Progress = ConsoleProgress.Create() });

network.SaveOnnx("curve.onnx");
Console.WriteLine(OnnxImporter.Describe("curve.onnx"));

Network<float> imported = Network.LoadOnnx<float>("curve.onnx");
double difference = (network.Predict(inputs) - imported.Predict(inputs)).L2Norm();
Console.WriteLine(FormattableString.Invariant($"0.5² = {imported.Predict([0.5f])[0]:F2}, difference {difference}"));

// The last line: 0.5² = 0.26, difference 0
