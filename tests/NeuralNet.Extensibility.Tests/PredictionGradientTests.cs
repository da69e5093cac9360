using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Explanations;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Extensibility.Tests;

/// <summary>
/// A layer of one's own is differentiated in predictions as well as in training, and the gradient check sees whether it
/// remembers what it needs for that.
/// </summary>
public sealed class PredictionGradientTests
{
    private static readonly Matrix<double> _inputs =
        Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, -1, 2 }, { 1.5, 0.25, -0.75 } });

    [Fact]
    public void The_gradient_of_a_prediction_is_without_the_noise_of_training()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Add(new NoisyGain<double>(2)).Build();

        Matrix<double> gradient = network.InputGradient(_inputs, output: 1);

        gradient.Should().Be(Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 0, 0 }, { 1, 1, 1 } }));
    }

    [Fact]
    public void A_layer_that_remembers_wherever_a_backward_pass_follows_passes()
    {
        GradientCheck.Run(new NoisyGain<double>(2), _inputs).Comparisons.Select(comparison => comparison.Name)
            .Should().Equal("noisygain1.gain", "noisygain1.shift", "input", "input of a prediction");
        GradientCheck.Run(new NoisySquare<double>(2, remembersInTrainingOnly: false), _inputs).EnsurePassed();
    }

    [Fact]
    public void A_layer_that_remembers_in_training_alone_is_caught()
    {
        GradientCheckReport report = GradientCheck.Run(
            new NoisySquare<double>(2, remembersInTrainingOnly: true), _inputs);

        report.Passed.Should().BeFalse();
        report.Comparisons[0].WorstRelativeError.Should().BeLessThan(1e-7);
        report.Comparisons[^1].Name.Should().Be("input of a prediction");
        report.Comparisons[^1].WorstRelativeError.Should().Be(double.PositiveInfinity);
    }

    // a = n·x², n being 1 in a prediction; ∂L/∂x = 2·n·x·∂L/∂a.
    private sealed class NoisySquare<T>(int size, bool remembersInTrainingOnly) : Layer<T>("noisysquare", size, size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override void RequestMemory(MemoryRequest memory)
        {
            if (memory.HasBackward)
            {
                memory.Remember(InputSize, memory.Samples);
            }
        }

        public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
        {
            Random? random = context.IsTraining ? context.Random.CreateGenerator() : null;
            bool remembers = remembersInTrainingOnly ? context.IsTraining : context.HasBackward;
            for (int i = 0; i < input.Values.Length; i++)
            {
                T noise = T.CreateChecked(random is null ? 1 : 0.5 + random.NextDouble());
                output.Values[i] = noise * input.Values[i] * input.Values[i];
                if (remembers)
                {
                    context.Remembered(0).Values[i] = noise * (input.Values[i] + input.Values[i]);
                }
            }
        }

        public override void Backward(
            ReadOnlyMatrixSpan<T> input,
            ReadOnlyMatrixSpan<T> output,
            MatrixSpan<T> outputGradient,
            MatrixSpan<T> inputGradient,
            BackwardContext<T> context)
        {
            for (int i = 0; i < inputGradient.Values.Length; i++)
            {
                inputGradient.Values[i] = context.Remembered(0).Values[i] * outputGradient.Values[i];
            }
        }
    }
}
