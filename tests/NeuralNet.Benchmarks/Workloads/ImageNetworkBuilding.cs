using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Workloads;

/// <summary>Parts that several of the networks have.</summary>
internal static class ImageNetworkBuilding
{
    /// <summary>Adds a convolution of 3×3 that keeps the size, batch normalization and ReLU.</summary>
    public static NetworkBuilder<float> NormalizedConvolution(this NetworkBuilder<float> builder, int filters) =>
        builder
            .Convolution(filters, kernelSize: 3, padding: Padding.Same)
            .BatchNormalization()
            .Activation(new ReLU());
}
