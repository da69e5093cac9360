using System.Numerics;

namespace NeuralNet.Serialization;

/// <summary>Tensors and texts in a safetensors file.</summary>
internal static class TensorArchive
{
    /// <summary>Writes an archive.</summary>
    public static unsafe void Write<T>(
        Stream stream, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor<T>> tensors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<TensorEntry> entries = [];
        long end = 0;
        foreach (NamedTensor<T> tensor in tensors)
        {
            long begin = end;
            end += (long)tensor.Values.Length * sizeof(T);
            entries.Add(new(tensor.Name, TensorData.Dtype<T>(), tensor.Shape, begin, end));
        }

        SafetensorsHeader.Write(stream, metadata, entries);
        foreach (NamedTensor<T> tensor in tensors)
        {
            TensorData.Write<T>(stream, tensor.View);
        }
    }

    /// <summary>Reads all of an archive, whose tensors must have one or two dimensions and the precision asked for.</summary>
    /// <param name="stream">A file that can say how long it is, at its beginning.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of another precision.</exception>
    public static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, NamedTensor<T>> Tensors) Read<T>(
        Stream stream, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SafetensorsHeader header = SafetensorsHeader.Read(stream, name);
        RequireLength(header, stream, name);
        var tensors = new Dictionary<string, NamedTensor<T>>(StringComparer.Ordinal);
        foreach (TensorEntry entry in header.Entries)
        {
            NamedTensor<T> tensor = Allocate<T>(entry, name);
            if (!TensorData.TryRead(stream, entry.ElementSize, tensor.View))
            {
                throw new InvalidDataException($"'{name}' is truncated: it ends within {entry}.");
            }

            tensors.Add(entry.Name, tensor);
        }

        return (header.Metadata, tensors);
    }

    private static void RequireLength(SafetensorsHeader header, Stream stream, string name)
    {
        long expected = header.Entries.Count == 0 ? 0 : header.Entries[^1].End;
        long found = stream.Length - stream.Position;
        if (found != expected)
        {
            throw new InvalidDataException(
                $"'{name}' is {(found < expected ? "truncated" : "damaged")}: expected {expected} bytes behind the header, "
                + $"but found {found}.");
        }
    }

    private static NamedTensor<T> Allocate<T>(TensorEntry entry, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (entry.Dtype != TensorData.Dtype<T>())
        {
            throw new InvalidDataException($"'{name}' holds {entry}, but {TensorData.Dtype<T>()} is expected.");
        }

        long rows = entry.Shape.Length > 0 ? entry.Shape[0] : -1;
        long columns = entry.Shape.Length == 2 ? entry.Shape[1] : 1;
        long length = (entry.End - entry.Begin) / entry.ElementSize;
        bool fits = entry.Shape.Length is 1 or 2
            && length <= Array.MaxLength
            && (entry.End - entry.Begin) % entry.ElementSize == 0
            && (columns == 0 ? length == 0 : rows <= length / columns && rows * columns == length);
        return fits
            ? new(entry.Name, new T[length], (int)rows, (int)columns, entry.Shape.Length == 1)
            : throw new InvalidDataException(
                $"'{name}' is damaged: {entry} does not have the {entry.End - entry.Begin} bytes it is said to have.");
    }
}
