using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace Consumers.Native;

/// <summary>All numbers of a training, in a few digits.</summary>
internal static class Bits
{
    /// <summary>Trains, saves, loads and predicts; a SHA-256 of parameters, predictions and losses.</summary>
    public static string Digest<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> trained = Networks.Mixed<T>();
        DataSet<T> data = Networks.Stripes<T>(trained.InputShape, samples: 90);
        TrainingHistory history = new Trainer<T>(trained, new SoftmaxCrossEntropy(), new Adam(0.01), threads: 2)
            .Fit(data, new() { Epochs = 12, BatchSize = 16 });
        Network<T> network = Reloaded(trained);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<double>(history.Epochs.Select(epoch => epoch.Loss).ToArray()));
        var outputs = new T[network.OutputSize];
        for (int j = 0; j < data.Count; j++)
        {
            network.Predict(data.Inputs.Column(j), outputs);
            hash.AppendData(MemoryMarshal.AsBytes<T>(outputs));
        }

        foreach (var parameter in network.Parameters)
        {
            hash.AppendData(MemoryMarshal.AsBytes(parameter.Values));
        }

        string digest = Convert.ToHexString(hash.GetHashAndReset());
        double last = history.Epochs[^1].Loss;
        return string.Create(CultureInfo.InvariantCulture, $"{digest}, loss {history.Epochs[0].Loss:F3} to {last:F3}");
    }

    private static Network<T> Reloaded<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string path = Path.GetTempFileName();
        try
        {
            network.Save(path);
            return Network.Load<T>(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
