using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Samples.Digits;

/// <summary>A kind of network: what it does with the pixels before its dense layers.</summary>
/// <param name="Hidden">The default neurons of the hidden dense layers.</param>
/// <param name="AddImageLayers">Adds the layers for images; null if the dense layers see the pixels.</param>
internal sealed record NetworkKind(int[] Hidden, Action<NetworkBuilder<float>, TrainOptions>? AddImageLayers)
{
    /// <summary>The kinds by their names on the command line.</summary>
    public static IReadOnlyDictionary<string, NetworkKind> All { get; } = new Dictionary<string, NetworkKind>
    {
        ["dense"] = new([128], AddImageLayers: null),
        ["lenet"] = new([120, 84], AddLeNet),
        ["convolution"] = new([256], AddConvolutions),
    };

    // LeCun et al., "Gradient-based learning applied to document recognition" (1998), with maximum pooling.
    private static void AddLeNet(NetworkBuilder<float> builder, TrainOptions options)
    {
        IActivation activation = ModelFactory.Activations[options.Activation];
        (IInitializer? weights, IInitializer? biases) = ModelFactory.Initializations[options.Initialization];
        builder
            .Convolution(
                6,
                kernelSize: 5,
                padding: Padding.Same,
                activation: activation,
                weightInitializer: weights,
                biasInitializer: biases)
            .MaxPooling(2)
            .Convolution(
                16, kernelSize: 5, activation: activation, weightInitializer: weights, biasInitializer: biases)
            .MaxPooling(2);
    }

    private static void AddConvolutions(NetworkBuilder<float> builder, TrainOptions options)
    {
        foreach (int filters in (int[])[32, 64])
        {
            for (int i = 0; i < 2; i++)
            {
                // Batch normalization has biases of its own.
                builder
                    .Convolution(
                        filters,
                        kernelSize: 3,
                        padding: Padding.Same,
                        weightInitializer: ModelFactory.Initializations[options.Initialization].Weights,
                        biases: false)
                    .BatchNormalization()
                    .Activation(ModelFactory.Activations[options.Activation]);
            }

            builder.MaxPooling(2);
            if (options.Dropout is { } rate)
            {
                builder.Dropout(rate);
            }
        }
    }
}
