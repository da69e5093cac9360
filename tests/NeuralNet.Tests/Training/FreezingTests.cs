using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

public sealed class FreezingTests
{
    [Fact]
    public void What_is_frozen_stays_and_the_rest_learns()
    {
        Network<double> network = Network.Create<double>(3, seed: 1)
            .Dense(4, new Tanh(), weightConstraint: new MaxNorm(1e-3))
            .BatchNormalization()
            .Dense(2)
            .Build();
        network.Layers[0].Freeze();
        network.Parameter("dense2.biases").IsFrozen = true;
        Dictionary<string, double[]> before = network.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray());

        var trainer = new Trainer<double>(network, new MeanSquaredError(), new EverythingChanges());
        Matrix<double> inputs = TestData.Uniform<double>(3, 8, seed: 2);
        Matrix<double> targets = TestData.Uniform<double>(2, 8, seed: 3);
        trainer.Step(inputs, targets);
        Changed().Should().BeEquivalentTo(
            "batchNormalization1.gamma",
            "batchNormalization1.beta",
            "batchNormalization1.runningMean",
            "batchNormalization1.runningVariance",
            "dense2.weights");

        network.Layers[0].Unfreeze();
        trainer.Step(inputs, targets);
        Changed().Should().Contain("dense1.weights").And.NotContain("dense2.biases");

        IEnumerable<string> Changed() =>
            network.Parameters.Where(p => !p.Values.SequenceEqual(before[p.Name])).Select(p => p.Name);
    }

    [Fact]
    public void A_frozen_convolution_keeps_its_kernels_and_passes_the_gradient_on()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(5, 5, 1), seed: 1)
            .Convolution(2, kernelSize: 2)
            .Convolution(3, kernelSize: 2, weightConstraint: new MaxNorm(1e-3), weightPenalty: new L2Penalty(1))
            .BatchNormalization().Dense(2).Build();
        network.Layers[1].Freeze();
        Dictionary<string, double[]> before = network.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray());
        new Trainer<double>(network, new MeanSquaredError(), new EverythingChanges()).Step(
            TestData.Uniform<double>(25, 4, seed: 2), TestData.Uniform<double>(2, 4, seed: 3));
        network.Parameters.Where(p => p.Values.SequenceEqual(before[p.Name])).Select(p => p.Name)
            .Should().BeEquivalentTo("convolution2.weights", "convolution2.biases");
    }

    /// <summary>A rule that changes every value it is shown, whatever its gradient.</summary>
    private sealed class EverythingChanges : IOptimizer
    {
        private readonly Adam _adam = new();

        public double LearningRate => _adam.LearningRate;

        public int SlotCount => _adam.SlotCount;

        public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            _adam.Update(values, gradient, slots, step);
            foreach (ref T value in values)
            {
                value *= T.CreateChecked(0.9);
            }
        }
    }
}
