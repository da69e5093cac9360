using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Onnx.Export;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx;

/// <summary>
/// The graph of a model that is being written. Each operator and each constant that is added to it has a name, by which
/// later operators take it as an input.
/// </summary>
/// <remarks>The operators are those of version <see cref="Opset"/> of the standard.</remarks>
public sealed class OnnxGraph
{
    /// <summary>The version of the operators: the first that has LayerNormalization.</summary>
    public const int Opset = 17;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ends;

    // The results that have become outputs of the model, and their names as such.
    private readonly Dictionary<string, string> _results = new(StringComparer.Ordinal);

    /// <summary>Begins a graph.</summary>
    /// <param name="isDouble">Whether its numbers are double.</param>
    /// <param name="ends">The names of its inputs and outputs.</param>
    internal OnnxGraph(bool isDouble, IReadOnlyList<string> ends)
    {
        IsDouble = isDouble;
        _ends = [.. ends];
        _names.UnionWith(ends);
    }

    /// <summary>True if the numbers of the graph are double, false if they are float.</summary>
    public bool IsDouble { get; }

    /// <summary>The code of the number type in the file format.</summary>
    internal int ElementType => IsDouble ? ElementKind.Double : ElementKind.Float;

    internal GraphProto Proto { get; } = new();

    /// <summary>The prefix of the names of all that is added, such as <c>dense1</c>.</summary>
    internal string Scope { get; set; } = "";

    /// <summary>Adds an operator with one result.</summary>
    /// <param name="operation">The operator of the standard, such as <c>MatMul</c>.</param>
    /// <param name="inputs">The names of its inputs; "" for an optional input that is left out.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of its result.</returns>
    /// <exception cref="ArgumentException">The operator has no name, or an input is not in the graph.</exception>
    public string Node(
        string operation, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes) =>
        Output(0, operation, inputs, attributes);

    /// <summary>Adds an operator of which one of several results is wanted.</summary>
    /// <param name="index">The place of the result.</param>
    /// <param name="operation">The operator of the standard.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of the result.</returns>
    internal string Output(
        int index, string operation, IReadOnlyList<string> inputs, IReadOnlyList<OnnxAttribute> attributes)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(attributes);
        foreach (string input in inputs)
        {
            if (input.Length > 0 && !_names.Contains(input))
            {
                throw new ArgumentException(
                    $"There is no value '{input}' in the graph for {operation} to take.", nameof(inputs));
            }
        }

        string name = Unused(char.ToLowerInvariant(operation[0]) + operation[1..]);
        var node = new NodeProto { OpType = operation, Name = name };
        node.Input.AddRange(inputs);
        node.Output.AddRange(Enumerable.Repeat("", index));
        node.Output.Add(name);
        node.Attribute.AddRange(attributes.Select(attribute => attribute.Proto));
        Proto.Node.Add(node);
        return name;
    }

    /// <summary>Adds a constant in the number type of the graph.</summary>
    /// <param name="name">The name within the layer, such as <c>gain</c>.</param>
    /// <param name="values">The elements, row after row.</param>
    /// <param name="shape">The dimensions; if there are none, one dimension with all the values.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the shape has another number of elements.</exception>
    public string Constant(string name, IReadOnlyList<double> values, params IReadOnlyList<int> shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Constant(name, ElementType, values, shape);
    }

    /// <summary>Adds a single number in the number type of the graph.</summary>
    /// <param name="name">The name within the layer.</param>
    /// <param name="value">The number.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public string Scalar(string name, double value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Add(name, ElementType, [], TensorBytes.Of([value], ElementType));
    }

    /// <summary>
    /// Adds a parameter of a layer as a constant under its own name, with the parameter's shape.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The name.</returns>
    public string Constant<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Add(
            parameter.LocalName,
            ElementType,
            parameter.Shape,
            TensorBytes.Of(parameter, ElementType));
    }

    /// <summary>Adds a constant in double, whatever the number type of the graph.</summary>
    internal string DoubleConstant(string name, IReadOnlyList<double> values, params IReadOnlyList<int> shape) =>
        Constant(name, ElementKind.Double, values, shape);

    /// <summary>Adds a constant in float, whatever the number type of the graph.</summary>
    internal string FloatConstant(string name, IReadOnlyList<double> values) =>
        Constant(name, ElementKind.Float, values, [values.Count]);

    /// <summary>Adds whole numbers.</summary>
    internal string Integers(string name, IReadOnlyList<long> values) =>
        Add(name, ElementKind.Int64, [values.Count], TensorBytes.Of(values));

    /// <summary>Adds texts.</summary>
    internal string Texts(IReadOnlyList<string> values) =>
        Node("Constant", [], OnnxAttribute.Texts("value_strings", values));

    /// <summary>Gives a result the name of an output of the model.</summary>
    internal void NameResult(string result, string name)
    {
        if (_results.TryGetValue(result, out string? other))
        {
            result = other;
        }

        if (_ends.Contains(result))
        {
            // An input, or a result that is another output as well.
            result = Node("Identity", [result]);
        }

        _results.TryAdd(result, name);
        foreach (NodeProto node in Proto.Node)
        {
            Rename(node.Input, result, name);
            Rename(node.Output, result, name);
        }
    }

    /// <summary>True if a value is the result of an operator of some kind.</summary>
    internal bool IsResultOf(string value, string operation) =>
        Proto.Node.Any(node => node.OpType == operation && node.Output.Contains(value));

    /// <summary>Leaves out an operator whose result nobody takes.</summary>
    internal void DropIfUnused(string result)
    {
        if (!Proto.Node.Any(node => node.Input.Contains(result))
            && Proto.Node.FirstOrDefault(node => node.Output.Contains(result)) is { } unused)
        {
            Proto.Node.Remove(unused);
        }
    }

    private static void Rename(Google.Protobuf.Collections.RepeatedField<string> names, string from, string to)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == from)
            {
                names[i] = to;
            }
        }
    }

    private string Constant(string name, int elementType, IReadOnlyList<double> values, IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(shape);
        IReadOnlyList<int> dimensions = shape.Count == 0 ? [values.Count] : shape;
        if (dimensions.Aggregate(1L, (product, size) => product * size) != values.Count)
        {
            throw new ArgumentException(
                $"{MessageText.Quoted(name)} has {values.Count} elements, but its shape is "
                + $"{string.Join(" × ", dimensions)}.",
                nameof(shape));
        }

        return Add(name, elementType, dimensions, TensorBytes.Of(values, elementType));
    }

    private string Add(string name, int elementType, IReadOnlyList<int> shape, ByteString bytes)
    {
        var tensor = new TensorProto { Name = Unused(name), DataType = elementType, RawData = bytes };
        tensor.Dims.AddRange(shape.Select(size => (long)size));
        Proto.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Unused(string name)
    {
        string stem = Scope.Length == 0 ? name : $"{Scope}.{name}";
        string unused = stem;
        for (int i = 2; !_names.Add(unused); i++)
        {
            unused = stem + i.ToString(CultureInfo.InvariantCulture);
        }

        return unused;
    }
}
