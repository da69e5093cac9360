using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Samples.Digits;

/// <summary>A trained network in a file, with its layers and parameters.</summary>
internal static class SavedNetwork
{
    /// <summary>Saves a network.</summary>
    public static void Save(Network<float> network, string path) => network.Save(path);

    /// <summary>Loads a network.</summary>
    /// <exception cref="SampleException">The file cannot be read, or has no network.</exception>
    public static Network<float> Load(string path)
    {
        try
        {
            return Network.Load<float>(path);
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SampleException($"--model: '{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
