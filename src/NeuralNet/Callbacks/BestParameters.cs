using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>A copy of the parameters of a network at its best.</summary>
internal sealed class BestParameters<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<string, T[]> _values = [];

    /// <summary>Whether there is no copy.</summary>
    public bool IsEmpty => _values.Count == 0;

    public void Clear() => _values.Clear();

    public void Take(Network<T> network)
    {
        foreach (Parameter<T> parameter in network.Parameters)
        {
            if (_values.TryGetValue(parameter.Name, out T[]? copy) && copy.Length == parameter.Count)
            {
                parameter.Values.CopyTo(copy);
            }
            else
            {
                _values[parameter.Name] = parameter.Values.ToArray();
            }
        }
    }

    public void PutBack(Network<T> network)
    {
        foreach (Parameter<T> parameter in network.Parameters)
        {
            _values[parameter.Name].CopyTo(parameter.Values);
        }
    }

    public void SaveTo(CallbackState<T> state)
    {
        foreach ((string name, T[] values) in _values)
        {
            state.Arrays[name] = values;
        }
    }

    /// <summary>Takes the parameters from a state: those of the network, or none.</summary>
    /// <exception cref="InvalidDataException">The state holds others.</exception>
    public void RestoreFrom(CallbackState<T> state, Network<T> network)
    {
        if (state.Arrays.Count > 0)
        {
            foreach (Parameter<T> parameter in network.Parameters)
            {
                if (!state.Arrays.TryGetValue(parameter.Name, out T[]? values) || values.Length != parameter.Count)
                {
                    throw new InvalidDataException(
                        $"Its best parameters hold no '{parameter.Name}' of {parameter.Count} numbers.");
                }
            }

            if (state.Arrays.Count != network.Parameters.Count)
            {
                throw new InvalidDataException(
                    $"It holds {state.Arrays.Count} arrays, but the network has {network.Parameters.Count} "
                    + "parameters.");
            }
        }

        _values.Clear();
        foreach ((string name, T[] values) in state.Arrays)
        {
            _values[name] = [.. values];
        }
    }
}
