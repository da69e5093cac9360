using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Workloads;

/// <summary>
/// The parameters of a network as plain numbers in a file: weights column after column, biases, layer by layer.
/// </summary>
internal static class ParameterFile
{
    /// <summary>The name of the file.</summary>
    public const string Name = "parameters";

    /// <summary>Writes it.</summary>
    /// <returns>The path of the file.</returns>
    public static string Write(TemporaryFolder files, Network<float> network) =>
        files.Write<float>(Name, [.. network.Parameters.Select(parameter => parameter.Values.ToArray())]);
}
