using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Safetensors;

namespace NeuralNet.PyTorch;

/// <summary>The tensors of a <c>state_dict</c>, or those whose names begin with a prefix, without it.</summary>
internal sealed class StateDictSource
{
    private readonly TensorSource _source;

    /// <summary>Reads what a stream holds.</summary>
    /// <exception cref="InvalidDataException">The data are damaged, or no name begins with the prefix.</exception>
    public StateDictSource(Stream stream, string name, string prefix)
    {
        _source = new(stream, name);
        Entries = prefix.Length == 0
            ? _source.Header.Entries
            :
            [
                .. _source.Header.Entries
                    .Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(entry => entry with { Name = entry.Name[prefix.Length..] }),
            ];
        ByName = Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        if (Entries.Count == 0 && prefix.Length > 0)
        {
            throw new InvalidDataException(
                $"'{Name}' holds no tensor whose name begins with {MessageText.Quoted(prefix)}; it holds "
                + $"{MessageText.Listed(_source.Header.Entries.Select(entry => entry.ToString()))}.");
        }
    }

    /// <summary>The name of the data in messages.</summary>
    public string Name => _source.Name;

    /// <summary>The tensors in the order of the header.</summary>
    public IReadOnlyList<TensorEntry> Entries { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> ByName { get; }

    /// <inheritdoc cref="TensorSource.RequireComplete"/>
    public void RequireComplete() => _source.RequireComplete();

    /// <inheritdoc cref="TensorSource.Read"/>
    public void Read<T>(TensorEntry entry, MatrixSpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => _source.Read(entry, values);
}
