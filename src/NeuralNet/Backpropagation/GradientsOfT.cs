using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.Networks;

namespace NeuralNet.Backpropagation;

/// <summary>
/// The gradient ∂L/∂θ for every parameter θ of a network, each in the shape of its parameter. It is separate from the
/// network, so every worker can have its own, and gradients can be inspected, compared and summed.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Gradients<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[][] _values;
    private readonly Matrix<T>[] _matrices;

    // Of sparse gradients, the columns that are not 0; null of others.
    private readonly ColumnSet?[] _columns;
    private readonly bool[] _foundNonFinite = new bool[1];

    internal Gradients(Network<T> network)
    {
        Network = network;
        _values = network.Parameters.Select(parameter => new T[parameter.Count]).ToArray();
        _columns = [.. network.Parameters.Select(p => p.HasSparseGradient ? new ColumnSet(p.Columns) : null)];
        _matrices = network.Parameters
            .Select((parameter, i) => Matrix<T>.Build.Dense(parameter.Rows, parameter.Columns, _values[i]))
            .ToArray();
    }

    /// <summary>The network that the gradients belong to.</summary>
    public Network<T> Network { get; }

    /// <summary>
    /// ∂L/∂parameter: the gradient itself, not a copy. Row j of the gradient of weights is the gradient of neuron j.
    /// </summary>
    /// <param name="parameter">A parameter of the network.</param>
    /// <exception cref="ArgumentException">The parameter belongs to another network.</exception>
    public Matrix<T> this[Parameter<T> parameter]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(parameter);
            if (parameter.Index < _values.Length && Network.Parameters[parameter.Index] == parameter)
            {
                _columns[parameter.Index]?.Share();
                return _matrices[parameter.Index];
            }

            throw new ArgumentException(
                $"'{parameter.Name}' is no parameter of the network that these gradients belong to.",
                nameof(parameter));
        }
    }

    /// <summary>∂L/∂parameter by the parameter's name.</summary>
    /// <param name="name">For example <c>dense1.weights</c>.</param>
    /// <exception cref="KeyNotFoundException">No parameter has that name.</exception>
    public Matrix<T> this[string name] => this[Network.Parameter(name)];

    /// <summary>The underlying memory, one array per parameter.</summary>
    internal T[][] Arrays => _values;

    /// <summary>For each sparse gradient, the columns that may differ from 0; null for others.</summary>
    internal ColumnSet?[] Columns => _columns;

    /// <summary>True if no gradient has NaN or infinity.</summary>
    internal bool AreFinite(ForkJoin team)
    {
        int parts = team.PartsFor(Network.ParameterCount);
        _foundNonFinite[0] = false;
        team.Run(new FiniteJob<T>(_values, _columns, _foundNonFinite, parts), parts);
        return !_foundNonFinite[0];
    }

    /// <summary>Returns the elements of one gradient, column after column: the gradient itself, not a copy.</summary>
    /// <param name="parameter">A parameter of the network.</param>
    /// <returns>The elements.</returns>
    public Span<T> Values(Parameter<T> parameter)
    {
        _ = this[parameter];
        return _values[parameter.Index];
    }

    /// <summary>Sets every gradient to zero.</summary>
    public void Clear()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            foreach ((int start, int length) in Written(i))
            {
                _values[i].AsSpan(start, length).Clear();
            }

            _columns[i]?.Clear();
        }
    }

    /// <summary>Adds the gradients of another batch, or of another worker, to these.</summary>
    /// <param name="other">Gradients of the same network, or of one with the same shapes.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Add(Gradients<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Network != Network
            && !_matrices.Select(m => (m.RowCount, m.ColumnCount))
                .SequenceEqual(other._matrices.Select(m => (m.RowCount, m.ColumnCount))))
        {
            throw new ArgumentException("The gradients belong to a network of another shape.", nameof(other));
        }

        for (int i = 0; i < _values.Length; i++)
        {
            foreach ((int start, int length) in other.Written(i))
            {
                Span<T> sum = _values[i].AsSpan(start, length);
                InParts.Add<T>(sum, other._values[i].AsSpan(start, length), sum);
            }

            _columns[i]?.AddAll(other._columns[i]);
        }
    }

    /// <summary>Multiplies every gradient by a factor.</summary>
    /// <param name="factor">The factor.</param>
    public void Scale(T factor)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            foreach ((int start, int length) in Written(i))
            {
                Span<T> values = _values[i].AsSpan(start, length);
                InParts.Multiply(values, factor, values);
            }
        }
    }

    /// <summary>Copies the gradients of the same network.</summary>
    internal void CopyFrom(Gradients<T> other)
    {
        Clear();
        for (int i = 0; i < _values.Length; i++)
        {
            foreach ((int start, int length) in other.Written(i))
            {
                other._values[i].AsSpan(start, length).CopyTo(_values[i].AsSpan(start));
            }

            _columns[i]?.AddAll(other._columns[i]);
        }
    }

    /// <summary>Takes note that someone else writes to all gradients and does not say where.</summary>
    internal void MarkAllWritten()
    {
        foreach (ColumnSet? columns in _columns)
        {
            columns?.AddAll();
        }
    }

    private WrittenRanges Written(int parameter) =>
        WrittenRanges.Of(_values[parameter].Length, _columns[parameter]);
}
