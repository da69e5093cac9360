using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using MathNet.Numerics.LinearAlgebra;

namespace Consumers.Native;

/// <summary>Networks with all kinds of loops in them, and data that no rounding touches.</summary>
internal static class Networks
{
    /// <summary>A convolution, read row by row by a recurrent layer, and a dense one.</summary>
    public static Network<T> Mixed<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(new FeatureShape(12, 9, 1), seed: 42)
            .Convolution(6, kernelSize: 3, padding: Padding.Same, activation: new ReLU())
            .BatchNormalization()
            .MaxPooling(new HeightWidth(1, 3))
            .Reshape(new FeatureShape(12, 18))
            .Lstm(14, returnSteps: true)
            .Gru(11)
            .Dropout(0.2)
            .Dense(16, new GELU())
            .Dense(3)
            .Build();

    /// <summary>Pictures of stripes, whose class is how wide they are.</summary>
    public static DataSet<T> Stripes<T>(FeatureShape shape, int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var pictures = Matrix<T>.Build.Dense(
            shape.Size, samples, (i, j) => T.CreateChecked(((i / (2 + (j % 3))) + (j * 5)) % 9 / 4.0) - T.One);
        return DataSet.FromLabels(pictures, [.. Enumerable.Range(0, samples).Select(j => j % 3)], classes: 3);
    }
}
