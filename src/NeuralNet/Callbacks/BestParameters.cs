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

    public void RestoreFrom(CallbackState<T> state)
    {
        _values.Clear();
        foreach ((string name, T[] values) in state.Arrays)
        {
            _values[name] = values;
        }
    }
}
