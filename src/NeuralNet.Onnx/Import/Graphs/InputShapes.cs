using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>Decides which dimension of each input of a network is that of the samples.</summary>
/// <remarks>
/// The first dimension is that of the samples. Where a file has fixed sizes throughout, each input may be a single
/// sample as a whole instead, as it is where the first dimensions differ.
/// </remarks>
internal sealed class InputShapes
{
    private readonly string _file;
    private readonly IReadOnlyList<ValueInfoProto> _inputs;
    private readonly List<IReadOnlyList<long>> _dimensions = [];

    /// <summary>Reads the inputs of a network.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="areSingle">True to take each as a single sample, if its sizes are fixed.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="hasOpenSteps">
    /// True if first dimensions that are open are the steps of a sequence, of which there is then one.
    /// </param>
    /// <exception cref="NotSupportedException">One is no array of numbers, or has too many.</exception>
    public InputShapes(
        IReadOnlyList<ValueInfoProto> inputs, bool areSingle, string file, bool hasOpenSteps = false)
    {
        _file = file;
        _inputs = inputs;
        foreach (ValueInfoProto input in inputs)
        {
            long[] sizes = Dimensions(input);
            _dimensions.Add(hasOpenSteps && sizes[0] < 0 ? [1, .. sizes[1..]] : sizes);
        }

        long[] batches = [.. _dimensions.Where(sizes => sizes.Count > 1).Select(sizes => sizes[0])];
        IsFixed = _dimensions.All(sizes => !sizes.Contains(-1) && Product(sizes) <= Axis.MostNumbers);
        bool agrees = batches.Distinct().Count() <= 1;
        AreSingle = IsFixed && (areSingle || !agrees);
        DeclaredBatch = AreSingle ? 1 : agrees && !batches.Contains(-1) ? batches.FirstOrDefault(1) : 0;
    }

    /// <summary>The number of samples that the file is made for; 0 if it is open.</summary>
    public long DeclaredBatch { get; }

    /// <summary>True if all sizes are fixed, so that each input may be a single sample as a whole.</summary>
    public bool IsFixed { get; }

    /// <summary>True if each input is a single sample as a whole.</summary>
    public bool AreSingle { get; }

    /// <summary>The layout of the input at a place.</summary>
    public SampleLayout Layout(int index)
    {
        IReadOnlyList<long> sizes = _dimensions[index];
        bool isSingle = AreSingle || sizes is [> 0];
        Axis[][] axes = [.. sizes.Skip(isSingle ? 0 : 1).Select(Axis.Of)];
        var order = new AxisOrder([.. axes.SelectMany(axis => axis)]);
        return new(order, isSingle ? axes : [[Axis.Samples], .. axes]);
    }

    private static double Product(IEnumerable<long> sizes) =>
        sizes.Aggregate(1.0, (product, size) => product * Math.Max(size, 1));

    private long[] Dimensions(ValueInfoProto input)
    {
        string name = MessageText.Quoted(input.Name);
        if (input.Type is not null && input.Type.TensorType is null)
        {
            throw new NotSupportedException($"'{_file}': its input {name} is no array of numbers.");
        }

        TypeProto.Types.Tensor? type = input.Type?.TensorType;
        if (type?.ElemType == ElementKind.Text)
        {
            throw new NotSupportedException($"'{_file}': its input {name} is of string; a network takes numbers.");
        }

        // What has no shape is taken to be batch × features.
        if (type?.Shape is not { } shape)
        {
            return [-1, -1];
        }

        long[] sizes = [.. shape.Dim.Select(one => one.HasDimValue && one.DimValue > 0 ? one.DimValue : -1)];
        return sizes.Length is 0 or > FeatureShape.MaxRank
            ? throw new NotSupportedException(
                $"'{_file}': its input {name} has {Quantity.Of(sizes.Length, "dimension")}; a network takes 1 to "
                + $"{FeatureShape.MaxRank}, as batch × features.")
            : Product(sizes.Length > 1 ? sizes.Skip(1) : sizes) <= Axis.MostNumbers
            ? sizes
            : throw new NotSupportedException(
                $"'{_file}': a sample of its input {name} has more than {Axis.MostNumbers} numbers.");
    }
}
