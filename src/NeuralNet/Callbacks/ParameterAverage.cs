using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Training;

namespace NeuralNet.Callbacks;

/// <summary>A weighted average of the parameters of a network, running statistics included.</summary>
internal sealed class ParameterAverage<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[][] _values = [];
    private Network<T>? _shownBy;

    /// <summary>Whether nothing was taken in.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>Forgets what was taken in.</summary>
    public void Clear() => (IsEmpty, _shownBy) = (true, null);

    /// <summary>Takes the parameters in: ā ← ā + w·(θ − ā), and the first time ā ← θ.</summary>
    public void Add(Network<T> network, double weight, ForkJoin team)
    {
        MakeRoom(network);
        if (IsEmpty)
        {
            for (int i = 0; i < _values.Length; i++)
            {
                network.Parameters[i].Values.CopyTo(_values[i]);
            }

            IsEmpty = false;
            return;
        }

        int parts = team.PartsFor(network.ParameterCount);
        team.Run(new AverageJob<T>(network.Parameters, _values, T.CreateChecked(weight), parts), parts);
    }

    /// <summary>Gives a network the average, and keeps its own parameters instead.</summary>
    /// <returns>Whether it has it only now: there is an average, and the network did not have it.</returns>
    public bool Show(Network<T> network)
    {
        if (IsEmpty || _shownBy is not null)
        {
            return false;
        }

        Exchange(network);
        _shownBy = network;
        return true;
    }

    /// <summary>Gives the network that has the average its own parameters back.</summary>
    public void Hide()
    {
        if (_shownBy is { } network)
        {
            Exchange(network);
            _shownBy = null;
        }
    }

    /// <summary>Writes the average, if there is one, under the names of the parameters.</summary>
    public void SaveTo(CallbackState<T> state, Network<T> network)
    {
        for (int i = 0; !IsEmpty && i < _values.Length; i++)
        {
            state.Arrays[network.Parameters[i].Name] = _values[i];
        }
    }

    /// <summary>Reads the average of a network from a state: all its parameters, or none.</summary>
    /// <exception cref="InvalidDataException">The state holds others.</exception>
    public void RestoreFrom(CallbackState<T> state, Network<T> network)
    {
        if (state.Arrays.Count != 0 && state.Arrays.Count != network.Parameters.Count)
        {
            throw new InvalidDataException(
                $"Its average is of {state.Arrays.Count} parameters, but the network has {network.Parameters.Count}.");
        }

        foreach (Parameter<T> parameter in network.Parameters)
        {
            if (state.Arrays.Count > 0
                && !(state.Arrays.TryGetValue(parameter.Name, out T[]? values) && values.Length == parameter.Count))
            {
                throw new InvalidDataException(
                    $"Its average holds no '{parameter.Name}' of {parameter.Count} numbers.");
            }
        }

        IsEmpty = state.Arrays.Count == 0;
        if (!IsEmpty)
        {
            _values = [.. network.Parameters.Select(parameter => (T[])state.Arrays[parameter.Name].Clone())];
        }
    }

    private void Exchange(Network<T> network)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            Span<T> ofNetwork = network.Parameters[i].Values;
            for (int j = 0; j < ofNetwork.Length; j++)
            {
                (ofNetwork[j], _values[i][j]) = (_values[i][j], ofNetwork[j]);
            }
        }
    }

    private void MakeRoom(Network<T> network)
    {
        if (_values.Length != network.Parameters.Count
            || network.Parameters.Any(parameter => _values[parameter.Index].Length != parameter.Count))
        {
            _values = [.. network.Parameters.Select(parameter => new T[parameter.Count])];
        }
    }
}
