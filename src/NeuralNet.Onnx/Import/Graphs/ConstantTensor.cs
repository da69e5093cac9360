using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>
/// A constant of a model, read in place: an initializer, the result of a Constant node, or one of these transposed.
/// </summary>
internal sealed class ConstantTensor
{
    /// <summary>The most dimensions of a constant that can be read.</summary>
    public const int MostDimensions = 8;

    private readonly TensorProto _tensor;
    private readonly long[] _dimensions;
    private readonly bool _isTransposed;
    private readonly string? _problem;

    private ConstantTensor(
        string name, TensorProto tensor, long[] dimensions, int count, bool isTransposed, string? problem)
    {
        Name = name;
        Count = count;
        _tensor = tensor;
        _dimensions = dimensions;
        _isTransposed = isTransposed;
        _problem = problem;
    }

    public string Name { get; }

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>The dimensions; none for a single number.</summary>
    public IReadOnlyList<long> Dimensions => _dimensions;

    /// <summary>
    /// The reason why the elements cannot be read although the tensor may be valid; null if they can.
    /// </summary>
    public string? Problem => _problem;

    /// <summary>Whether the elements are whole numbers.</summary>
    public bool IsInteger => _tensor.DataType is ElementKind.Int64 or ElementKind.Int32 or ElementKind.Bool;

    /// <summary>Checks a tensor. One of an unsupported type is kept, because it may never be used.</summary>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    public static ConstantTensor Create(string name, TensorProto tensor, string file)
    {
        long[] dimensions = [.. tensor.Dims.Take(MostDimensions)];
        if (tensor.DataLocation != 0 || tensor.ExternalData.Count > 0)
        {
            return Unreadable("its elements are in another file, and no other file is ever opened");
        }

        int size = tensor.DataType switch
        {
            ElementKind.Float or ElementKind.Int32 => sizeof(int),
            ElementKind.Double or ElementKind.Int64 => sizeof(long),
            ElementKind.Bool => sizeof(bool),
            _ => 0,
        };
        if (size == 0)
        {
            return Unreadable(
                $"its elements are {ElementKind.Name(tensor.DataType)}, not float, double, int64, int32 or bool");
        }

        if (tensor.Dims.Count > MostDimensions)
        {
            string problem = $"it has {tensor.Dims.Count} dimensions, more than {MostDimensions}";
            return new(name, tensor, [], 0, false, problem);
        }

        int typed = tensor.DataType switch
        {
            ElementKind.Float => tensor.FloatData.Count,
            ElementKind.Double => tensor.DoubleData.Count,
            ElementKind.Int64 => tensor.Int64Data.Count,
            _ => tensor.Int32Data.Count,
        };
        long count = 1;
        foreach (long dimension in dimensions)
        {
            count = dimension < 0 || (count > 0 && dimension > int.MaxValue / count) ? -1 : count * dimension;
            if (count < 0)
            {
                break;
            }
        }

        bool fits = tensor.RawData.Length > 0 ? typed == 0 && tensor.RawData.Length == count * size : typed == count;
        return fits
            ? new(name, tensor, dimensions, (int)count, false, null)
            : throw new InvalidDataException(
                $"'{file}' is damaged: the tensor {MessageText.Quoted(name)} has the shape {Shape(dimensions)} of "
                + $"{ElementKind.Name(tensor.DataType)}, but {tensor.RawData.Length} bytes and {typed} numbers.");

        ConstantTensor Unreadable(string problem) => new(name, tensor, dimensions, 0, false, problem);
    }

    /// <summary>A constant of numbers that were computed.</summary>
    public static ConstantTensor Of(string name, double[] values, IEnumerable<long> dimensions)
    {
        var tensor = new TensorProto { DataType = ElementKind.Double };
        tensor.DoubleData.Add(values);
        tensor.Dims.Add(dimensions);
        return Create(name, tensor, "");
    }

    /// <summary>A constant of whole numbers that were computed.</summary>
    public static ConstantTensor Of(string name, long[] values, IEnumerable<long> dimensions)
    {
        var tensor = new TensorProto { DataType = ElementKind.Int64 };
        tensor.Int64Data.Add(values);
        tensor.Dims.Add(dimensions);
        return Create(name, tensor, "");
    }

    /// <summary>The same constant under another name.</summary>
    public ConstantTensor Renamed(string name) => new(name, _tensor, _dimensions, Count, _isTransposed, _problem);

    /// <summary>
    /// The same elements with other dimensions, as many; null of a transposed matrix, whose elements lie otherwise.
    /// </summary>
    public ConstantTensor? Reshaped(string name, long[] dimensions) =>
        _isTransposed ? null : new(name, _tensor, dimensions, Count, false, _problem);

    /// <summary>The transpose.</summary>
    public ConstantTensor Transposed(string name) =>
        new(name, _tensor, [.. _dimensions.Reverse()], Count, _isTransposed != (_dimensions.Length == 2), _problem);

    /// <summary>An element, counted row after row.</summary>
    public double Element(int index)
    {
        index = Place(index);
        ReadOnlySpan<byte> raw = _tensor.RawData.Span;
        return _tensor.DataType switch
        {
            ElementKind.Float => raw.IsEmpty
                ? _tensor.FloatData[index]
                : BinaryPrimitives.ReadSingleLittleEndian(raw[(index * sizeof(float))..]),
            ElementKind.Double => raw.IsEmpty
                ? _tensor.DoubleData[index]
                : BinaryPrimitives.ReadDoubleLittleEndian(raw[(index * sizeof(double))..]),
            _ => StoredInteger(index),
        };
    }

    /// <summary>An element of whole numbers.</summary>
    public long Integer(int index) => StoredInteger(Place(index));

    /// <summary>
    /// A single number as a hyperparameter: of a float, the shortest decimal that it stands for, so that 0.1 is 0.1 in
    /// double, too.
    /// </summary>
    public double Scalar() => _tensor.DataType == ElementKind.Float ? Decimal((float)Element(0)) : Element(0);

    /// <summary>All elements.</summary>
    public double[] ToArray()
    {
        double[] values = new double[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Element(i);
        }

        return values;
    }

    /// <summary>Copies a matrix into column-major memory.</summary>
    /// <param name="columns">The memory.</param>
    /// <param name="rowFactors">A factor for each row; null if all are 1.</param>
    /// <param name="factor">A factor for all elements.</param>
    /// <param name="places">For each column in memory that of the matrix; null where the order is the same.</param>
    public void CopyTo<T>(Span<T> columns, double[]? rowFactors, double factor, int[]? places)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int rows, int width) = ((int)_dimensions[0], (int)_dimensions[1]);
        for (int i = 0; i < rows; i++)
        {
            double scale = rowFactors is null ? factor : factor * rowFactors[i];
            for (int j = 0; j < width; j++)
            {
                columns[(j * rows) + i] = T.CreateTruncating(scale * Element((i * width) + (places?[j] ?? j)));
            }
        }
    }

    /// <summary>The shortest decimal that a float stands for.</summary>
    public static double Decimal(float value) => float.IsFinite(value)
        ? double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : value;

    public override string ToString() => $"{MessageText.Quoted(Name)} ({Shape(_dimensions)})";

    private long StoredInteger(int index)
    {
        ReadOnlySpan<byte> raw = _tensor.RawData.Span;
        return _tensor.DataType switch
        {
            ElementKind.Int64 => raw.IsEmpty
                ? _tensor.Int64Data[index]
                : BinaryPrimitives.ReadInt64LittleEndian(raw[(index * sizeof(long))..]),
            ElementKind.Int32 when !raw.IsEmpty => BinaryPrimitives.ReadInt32LittleEndian(raw[(index * sizeof(int))..]),
            ElementKind.Bool when !raw.IsEmpty => raw[index],
            _ => _tensor.Int32Data[index],
        };
    }

    // Where an element of a transposed matrix is stored.
    private int Place(int index)
    {
        if (!_isTransposed)
        {
            return index;
        }

        (int row, int column) = int.DivRem(index, (int)_dimensions[1]);
        return (column * (int)_dimensions[0]) + row;
    }

    private static string Shape(long[] dimensions) =>
        dimensions.Length == 0 ? "of a single number" : string.Join(" × ", dimensions.Take(MostDimensions));
}
