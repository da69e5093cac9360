using System.Diagnostics;
using System.Runtime.InteropServices.JavaScript;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Samples.Playground.Learning;
using NeuralNet.Training;

namespace NeuralNet.Samples.Playground.Benchmarks;

/// <summary>
/// The measurements of the benchmark page: each method repeats a computation and returns the time it took.
/// </summary>
internal static partial class Measurements
{
    private const int Samples = 32;
    private static readonly Network<float> _dense =
        Network.Create<float>(784, seed: 1).Dense(128, new ReLU()).Dense(10).Build();

    private static readonly Network<float> _lenet = Network.Create<float>(new(28, 28, 1), seed: 1)
        .Convolution(6, 5, activation: new ReLU()).MaxPooling(2)
        .Convolution(16, 5, activation: new ReLU()).MaxPooling(2)
        .Dense(120, new ReLU()).Dense(84, new ReLU()).Dense(10)
        .Build();

    private static readonly Lazy<Trainer<float>> _trainer = new(() => new(
        Network.Create<float>(784, seed: 1).Dense(30, new Sigmoid()).Dense(10).Build(),
        new SoftmaxCrossEntropy(),
        new Sgd(0.01)));

    private static readonly Lazy<Trainer<float>> _lenetTrainer = new(() => new(
        _lenet, new SoftmaxCrossEntropy(), new Adam()));

    private static readonly Lazy<LearningSession> _session = new(() => new(
        PointCloud.Draw("xor", 200, 0.1, 1), [8, 8], "tanh", "adam", 0.03, 0, 16, 1));

    private static readonly float[] _image = Digits(1);
    private static readonly float[] _output = new float[10];
    private static readonly Matrix<float> _images = Matrix<float>.Build.Dense(784, Samples, Digits(Samples));
    private static readonly Matrix<float> _labels =
        Matrix<float>.Build.Dense(10, Samples, (i, j) => i == j % 10 ? 1 : 0);

    /// <summary>Microseconds for the prediction of one sample by 784-128-10.</summary>
    [JSExport]
    internal static double PredictDense(int times) => Time(times, static () => _dense.Predict(_image, _output));

    /// <summary>Microseconds for the products of that prediction in plain loops.</summary>
    [JSExport]
    internal static unsafe double PredictDenseInPlainLoops(int times)
    {
        fixed (float* hidden = new float[128], last = new float[10], x = _image)
        fixed (float* w1 = new float[784 * 128], w2 = new float[1280])
        {
            float* h = hidden, y = last, input = x, first = w1, second = w2;
            return Time(times, () =>
            {
                PlainLoops.MultiplyVector(first, input, h, 128, 784);
                PlainLoops.MultiplyVector(second, h, y, 10, 128);
            });
        }
    }

    /// <summary>Microseconds for a step of 784-30-10 with 32 samples.</summary>
    [JSExport]
    internal static double StepDense(int times) => Time(times, static () => _trainer.Value.Step(_images, _labels));

    /// <summary>Microseconds for the products of that step in plain loops.</summary>
    [JSExport]
    internal static unsafe double StepDenseInPlainLoops(int times)
    {
        fixed (float* b = new float[784 * Samples], c = new float[784 * Samples])
        {
            float* factor = b, result = c;
            return Time(times, () =>
            {
                // Forward, then the gradients of the weights, which are as many products.
                for (int pass = 0; pass < 2; pass++)
                {
                    PlainLoops.Multiply(factor, factor, result, 30, 784, Samples);
                    PlainLoops.Multiply(factor, factor, result, 10, 30, Samples);
                }

                PlainLoops.Multiply(factor, factor, result, 30, 10, Samples);
            });
        }
    }

    /// <summary>Microseconds for the prediction of one sample by LeNet-5.</summary>
    [JSExport]
    internal static double PredictLeNet(int times) => Time(times, static () => _lenet.Predict(_image, _output));

    /// <summary>Microseconds for a step of LeNet-5 with 32 samples.</summary>
    [JSExport]
    internal static double StepLeNet(int times) => Time(times, static () => _lenetTrainer.Value.Step(_images, _labels));

    /// <summary>Microseconds for a step of 2-8-8-1 in double with 16 samples, as on the page.</summary>
    [JSExport]
    internal static double StepSmall(int times)
    {
        _session.Value.Train(0, 1);
        return Time(1, () => _session.Value.Train(double.PositiveInfinity, times)) / times;
    }

    private static float[] Digits(int samples) => [.. Enumerable.Range(0, 784 * samples).Select(i => i % 7 / 7f)];

    private static double Time(int times, Action action)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / times;
    }
}
