using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Training;

namespace NeuralNet.Soak.Digests;

/// <summary>The digests of a training: two trainings with the same digests have the same bits.</summary>
/// <param name="Parameters">Of the names and values of all parameters, in the order of the network.</param>
/// <param name="Predictions">Of the predictions of the trained network.</param>
/// <param name="Losses">Of the training loss of every epoch.</param>
internal sealed record TrainingDigest(string Parameters, string Predictions, string Losses)
{
    // 64 bits of SHA-256, in hexadecimal digits: enough to tell trainings apart, and short enough for a line.
    private const int Length = 16;

    public static TrainingDigest Of<T>(Network<T> network, Matrix<T> predictions, TrainingHistory history)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var parameters = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var parameter in network.Parameters)
        {
            parameters.AppendData(Encoding.UTF8.GetBytes(parameter.Name));
            parameters.AppendData(MemoryMarshal.AsBytes(parameter.Values));
        }

        return new(
            Text(parameters.GetHashAndReset()),
            Of<T>(predictions.ToColumnMajorArray()),
            Of<double>([.. history.Epochs.Select(epoch => epoch.Loss)]));
    }

    private static string Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Text(SHA256.HashData(MemoryMarshal.AsBytes(values)));

    private static string Text(byte[] hash) => Convert.ToHexStringLower(hash)[..Length];
}
