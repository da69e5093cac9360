using System.Numerics;
using System.Reflection;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.CodeGeneration;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace Consumers.OlderDotNet;

/// <summary>A network with parameters that training has moved, so that none of them is 0 or 1.</summary>
internal sealed class Model<T>(string className, Network<T> network, int categories) : IModel
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string Namespace = "Generated";
    private const int Samples = 40;

    public string ClassName => className;

    public string Source()
    {
        Train();
        return network.ToCSharpSource(new() { Namespace = Namespace, ClassName = className, IsPublic = true });
    }

    public double RelativeError(Assembly assembly)
    {
        Train();
        var predict = assembly.GetType($"{Namespace}.{className}", throwOnError: true)!
            .GetMethod("Predict")!.CreateDelegate<Prediction>();
        T[] actual = new T[network.OutputSize];
        double error = 0;
        double largest = 0;
        Matrix<T> inputs = Inputs();
        for (int j = 0; j < Samples; j++)
        {
            T[] input = inputs.Column(j).ToArray();
            T[] expected = network.Predict(input);
            predict(input, actual);
            for (int i = 0; i < actual.Length; i++)
            {
                error = Math.Max(error, double.CreateChecked(T.Abs(actual[i] - expected[i])));
                largest = Math.Max(largest, double.CreateChecked(T.Abs(expected[i])));
            }
        }

        return error / largest;
    }

    private delegate void Prediction(ReadOnlySpan<T> input, Span<T> output);

    // The same bits for every run, so that both commands know the same network.
    private void Train()
    {
        Matrix<T> inputs = Inputs();
        var targets = Matrix<T>.Build.Dense(
            network.OutputSize, Samples, (i, j) => T.CreateChecked(((i * 5) + (j * 3)) % 7 / 7.0));
        new Trainer<T>(network, new MeanSquaredError(), new Adam(0.01))
            .Fit(new DataSet<T>(inputs, targets), new() { Epochs = 2, BatchSize = 8 });
    }

    private Matrix<T> Inputs() => Matrix<T>.Build.Dense(
        network.InputSize,
        Samples,
        (i, j) => T.CreateChecked(
            categories > 0 ? ((i * 7) + (j * 3)) % categories : (((i * 13) + (j * 29)) % 31 / 15.0) - 1));
}
