using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Safetensors;

namespace NeuralNet.Serialization;

/// <summary>Matches the tensors of a file with the parameters of a network, by name and shape.</summary>
internal static class ParameterMatch
{
    /// <summary>
    /// Pairs parameters and tensors in the order of the file, without the tensors of training in a checkpoint.
    /// </summary>
    /// <exception cref="InvalidDataException">One side has what the other has not.</exception>
    public static List<(Parameter<T> Parameter, TensorEntry Entry)> Pair<T>(Network<T> network, TensorSource source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dictionary<string, Parameter<T>> missing =
            network.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        List<(Parameter<T>, TensorEntry)> pairs = [];
        bool isCheckpoint = CheckpointNames.IsCheckpoint(source);
        foreach (TensorEntry entry in source.Header.Entries)
        {
            if (!missing.Remove(entry.Name, out Parameter<T>? parameter))
            {
                if (isCheckpoint && CheckpointNames.IsOfTraining(entry.Name))
                {
                    continue;
                }

                throw new InvalidDataException(
                    $"'{source.Name}' holds {entry}, but the network has no parameter of that name."
                    + (IsOfPyTorch(entry.Name) ? " Files of PyTorch are read with LoadStateDict." : ""));
            }

            RequireFit(entry, parameter, parameter.Shape, source.Name);
            pairs.Add((parameter, entry));
        }

        return missing.Count == 0
            ? pairs
            : throw new InvalidDataException(
                $"'{source.Name}' does not hold these parameters of the network: "
                + $"{MessageText.Listed(Shown(network.Parameters.Where(p => missing.ContainsKey(p.Name))))}.");
    }

    private static IEnumerable<string> Shown<T>(IEnumerable<Parameter<T>> parameters)
        where T : unmanaged, IFloatingPointIeee754<T> => parameters.Select(parameter => parameter.ToString());

    private static bool IsOfPyTorch(string tensor) =>
        tensor.EndsWith(".weight", StringComparison.Ordinal) || tensor.EndsWith(".bias", StringComparison.Ordinal);

    /// <summary>Refuses a tensor of other dimensions, and one whose elements cannot be read.</summary>
    public static void RequireFit<T>(
        TensorEntry entry, Parameter<T> parameter, IReadOnlyList<int> dimensions, string source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long[] shape = [.. dimensions.Select(size => (long)size)];
        bool isSame = entry.Shape.AsSpan().SequenceEqual(shape)
            || (parameter.Columns == 1 && entry.Shape.AsSpan().SequenceEqual([parameter.Rows, 1L]));
        if (!isSame)
        {
            throw new InvalidDataException(
                $"'{source}' holds {entry}, but the parameter {parameter.Name} of the network is "
                + $"{TensorEntry.Shown(shape)}.");
        }

        TensorData.RequireReadable(entry, source);
    }
}
