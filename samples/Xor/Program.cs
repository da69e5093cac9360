using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

Matrix<float> inputs = Matrix<float>.Build.DenseOfArray(new float[,] { { 0, 0, 1, 1 }, { 0, 1, 0, 1 } });
Matrix<float> targets = Matrix<float>.Build.DenseOfArray(new float[,] { { 0, 1, 1, 0 } });

Network<float> network = Network.Create<float>(2, seed: 42).Dense(8, new Tanh()).Dense(1, new Sigmoid()).Build();
var trainer = new Trainer<float>(network, new MeanSquaredError(), new Adam(learningRate: 0.1));
trainer.Fit(new DataSet<float>(inputs, targets), new FitOptions<float> { Epochs = 500 });

Matrix<float> outputs = network.Predict(inputs);
for (int sample = 0; sample < outputs.ColumnCount; sample++)
{
    Console.WriteLine($"{inputs[0, sample]} xor {inputs[1, sample]} = {outputs[0, sample]:F2}");
}
