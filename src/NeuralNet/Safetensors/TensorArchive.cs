using System.Numerics;

namespace NeuralNet.Safetensors;

/// <summary>Reads and writes tensors and texts in a safetensors file.</summary>
internal static class TensorArchive
{
    private const int MostDimensions = 8;

    /// <summary>Writes an archive, in the precision of the tensors unless another is given.</summary>
    public static void Write<T>(
        Stream stream,
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<NamedTensor<T>> tensors,
        TensorElementType? elementType = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorElementType type = elementType ?? TensorData.ElementType<T>();
        List<TensorEntry> entries = [];
        long end = 0;
        foreach (NamedTensor<T> tensor in tensors)
        {
            long begin = end;
            end += (long)tensor.Values.Length * TensorData.Size(type);
            entries.Add(
                new(tensor.Name, TensorData.Dtype(type), [.. tensor.Shape.Select(size => (long)size)], begin, end));
        }

        SafetensorsHeader.Write(stream, metadata, entries);
        var scratch = new TensorScratch();
        foreach (NamedTensor<T> tensor in tensors)
        {
            TensorData.Write<T>(stream, tensor.View, type, tensor.Name, scratch);
        }
    }

    /// <summary>Reads all of an archive, whose tensors must have the precision asked for.</summary>
    /// <param name="source">The archive; it is read to its end.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of another precision.</exception>
    public static IReadOnlyDictionary<string, NamedTensor<T>> Read<T>(TensorSource source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        source.RequireComplete();
        var tensors = new Dictionary<string, NamedTensor<T>>(StringComparer.Ordinal);
        foreach (TensorEntry entry in source.Header.Entries)
        {
            NamedTensor<T> tensor = Allocate<T>(entry, source.Name);
            source.Read(entry, tensor.View);
            tensors.Add(entry.Name, tensor);
        }

        return tensors;
    }

    // The header is known to fit the bytes that are there, and the shape to fit the tensor's share of them.
    private static NamedTensor<T> Allocate<T>(TensorEntry entry, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (entry.Dtype != TensorData.Dtype<T>())
        {
            throw new InvalidDataException($"'{name}' holds {entry}, but {TensorData.Dtype<T>()} is expected.");
        }

        long length = entry.Length / entry.ElementSize;
        if (entry.Shape.Length is 0 or > MostDimensions
            || Array.Exists(entry.Shape, size => size > int.MaxValue)
            || length > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"'{name}' holds {entry}, which is no array of 1 to {MostDimensions} dimensions that memory can hold.");
        }

        return new(entry.Name, new T[length], Array.ConvertAll(entry.Shape, size => (int)size));
    }
}
