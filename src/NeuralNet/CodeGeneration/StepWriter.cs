using System.Globalization;
using System.Numerics;
using System.Text;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Recurrence;

namespace NeuralNet.CodeGeneration;

/// <summary>Writes the computation for a sample, layer by layer, and plans its memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed partial class StepWriter<T>(ParameterText<T> parameters, MethodSet methods)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Value _input = new("input", -1);

    private readonly StringBuilder _text = new();

    /// <summary>True for each piece of the memory that is in use.</summary>
    private readonly List<bool> _pieces = [];

    private int _values;

    // The loops around the statements at hand.
    private int _depth;

    /// <summary>The statements.</summary>
    public string Text => _text.ToString();

    /// <summary>The size of the memory that the statements need, in numbers.</summary>
    /// <exception cref="NotSupportedException">No array is that long.</exception>
    public int MemoryLength
    {
        get
        {
            long length = (long)_pieces.Count * Widest;
            return length <= Array.MaxLength
                ? (int)length
                : throw new NotSupportedException(
                    $"The network cannot be written as C#: a prediction needs memory for {_pieces.Count} outputs of "
                    + $"up to {Widest} features at once, more than an array of {Array.MaxLength} elements holds.");
        }
    }

    private int Widest { get; set; }

    /// <summary>Writes the statements of a network.</summary>
    public void Write(Network<T> network)
    {
        Widest = WidestOf(network.Layers, network.InputSize);
        Value result = WriteLayers(network.Layers, _input, keep: null);
        Line($"{result.Name}.CopyTo(output);");
    }

    private static int WidestOf(IEnumerable<Layer<T>> layers, int widest) =>
        layers.Aggregate(widest, (most, layer) => WidestOf(
            layer.Children,
            Math.Max(
                Math.Max(most, layer.OutputSize),
                layer is RecurrentLayer<T> recurrent ? RecurrentMemory(recurrent) : layer.InputSize)));

    /// <summary>Writes layers, which do not change a value that is to be kept.</summary>
    private Value WriteLayers(IEnumerable<Layer<T>> layers, Value value, Value? keep)
    {
        foreach (Layer<T> layer in layers)
        {
            value = WriteLayer(layer, value, keep);
        }

        return value;
    }

    private Value WriteLayer(Layer<T> layer, Value value, Value? keep)
    {
        string activation = layer.Activation is { } a ? $", {MessageText.Shortened(a.Name)}" : "";
        Line($"{(_text.Length > 0 ? "\n" : "")}// {layer.Name}: {layer.InputShape} to {layer.OutputShape}{activation}");
        switch (layer)
        {
            case { IsForTrainingOnly: true }:
                Line("// It is for training; a prediction passes it unchanged.");
                return value;
            case Dense<T> dense:
                Value result = New(dense.OutputSize);
                Call("Dense", value.Name, Read(dense.Weights), Biases(dense.Biases, dense.OutputSize), result.Name);
                Free(value, keep);
                Activate(layer, result);
                return result;
            case Convolution<T> c:
                return WriteConvolution(
                    "Convolution",
                    c,
                    value,
                    keep,
                    [Read(c.Weights), Biases(c.Biases, c.Filters)],
                    [Pair(c.KernelSize), Pair(c.Stride), Pair(c.Dilation), Corner(c.Padding), Literal(c.Groups)]);
            case TransposedConvolution<T> c:
                return WriteConvolution(
                    "TransposedConvolution",
                    c,
                    value,
                    keep,
                    [Read(c.Weights), Biases(c.Biases, c.Filters)],
                    [Pair(c.KernelSize), Pair(c.Stride), Pair(c.Dilation), Corner(c.Padding), Literal(c.Groups)]);
            case ZeroPadding<T> { Padding: var padding }:
                int row = layer.OutputSize / layer.OutputShape[0];
                int start = (padding.Top * row) + (padding.Left * layer.OutputShape.Channels);
                return WriteResized(
                    "ZeroPadding",
                    layer,
                    value,
                    keep,
                    Literal(layer.InputSize / layer.InputShape[0]),
                    Literal(row),
                    Literal(start));
            case UpSampling<T> upSampling:
                return WriteResized(
                    "UpSampling",
                    layer,
                    value,
                    keep,
                    Pair(ImageShape.Size(layer.InputShape)),
                    Pair(upSampling.Factor),
                    upSampling.Interpolation == Interpolation.Bilinear ? "true" : "false");
            case MaxPooling<T> pooling:
                return WritePooling(
                    "MaxPooling", pooling, value, keep, pooling.PoolSize, pooling.Stride, pooling.Padding);
            case AveragePooling<T> pooling:
                return WritePooling(
                    "AveragePooling",
                    pooling,
                    value,
                    keep,
                    pooling.PoolSize,
                    pooling.Stride,
                    pooling.Padding,
                    pooling.CountPadding ? "true" : "false");
            case GlobalMaxPooling<T>:
                return WriteGlobalPooling("MaxPooling", layer, value, keep);
            case GlobalAveragePooling<T>:
                return WriteGlobalPooling("AveragePooling", layer, value, keep, "false");
            case ActivationLayer<T>:
                value = Own(value, keep, layer.OutputSize);
                Activate(layer, value);
                return value;
            case GatedLinearUnit<T> unit:
                return WriteGatedLinearUnit(unit, value, keep);
            case WeightNormalization<T> normalization:
                return WriteLayer(normalization.WithoutNormalization(), value, keep);
            case PReLU<T> rectifier:
                value = Own(value, keep, layer.OutputSize);
                Call("PReLU", value.Name, Read(rectifier.Slopes));
                return value;
            case BatchNormalization<T> normalization:
                value = Own(value, keep, layer.OutputSize);
                WriteBatchNormalization(normalization, value);
                return value;
            case LayerNormalization<T> normalization:
                value = Own(value, keep, layer.OutputSize);
                Call(
                    "LayerNormalization",
                    value.Name,
                    Read(normalization.Gamma),
                    Read(normalization.Beta),
                    Literal(normalization.Epsilon));
                return value;
            case GroupNormalization<T> normalization:
                value = Own(value, keep, layer.OutputSize);
                Call(
                    "GroupNormalization",
                    value.Name,
                    Read(normalization.Gamma),
                    Read(normalization.Beta),
                    Literal(normalization.Groups),
                    Literal(normalization.Epsilon));
                return value;
            case RmsNormalization<T> normalization:
                value = Own(value, keep, layer.OutputSize);
                Call("RmsNormalization", value.Name, Read(normalization.Gamma), Literal(normalization.Epsilon));
                return value;
            case Slice<T> slice:
                Value range = New(slice.OutputSize);
                Line($"{value.Name}.Slice({slice.Start}, {slice.OutputSize}).CopyTo({range.Name});");
                Free(value, keep);
                return range;
            case Permute<T> permute:
                Value permuted = New(permute.OutputSize);
                Call(
                    "Permute",
                    value.Name,
                    permuted.Name,
                    Integers(permute.OutputShape.Dimensions),
                    Integers(permute.Axes.Select(axis => Stride(permute.InputShape, axis))));
                Free(value, keep);
                return permuted;
            case Reshape<T>:
                return value;
            case PeriodicFeatures<T> periodic:
                return WriteResized("PeriodicFeatures", layer, value, keep, Read(periodic.Frequencies));
            case Embedding<T> embedding:
                return WriteResized("Embedding", layer, value, keep, Read(embedding.Weights), Literal(embedding.Size));
            case RecurrentLayer<T> recurrent:
                return WriteRecurrent(recurrent, value, keep);
            case PaddedSequences<T> padded:
                return WritePadded(padded, value, keep);
            case Sequence<T>:
                return WriteLayers(layer.Children, value, keep);
            case Branches<T> branches:
                return WriteBranches(branches, value, keep);
            case Residual<T> residual:
                Value inner = WriteLayers(residual.Body.Children, value, value);
                inner = Own(inner, value, layer.OutputSize);
                Line($"// {layer.Name}, its input added");
                Call("Add", value.Name, inner.Name);
                Free(value, keep);
                return inner;
            case PerStep<T> each:
                return WritePerStep(each, value, keep);
            case LastStep<T> last:
                return WriteLastStep(last, value, keep);
            case AttentionPooling<T> pooling:
                return WriteAttentionPooling(pooling, value, keep);
            default:
                throw new NotSupportedException(
                    $"'{layer.Name}' is a layer of the type {layer.GetType()}, which cannot be written as C#: only the "
                    + "library's own layers can.");
        }
    }

    private void Activate(Layer<T> layer, Value value) => Activate(layer, layer.Activation!, value);

    private void Activate(Layer<T> layer, IActivation activation, Value value)
    {
        switch (activation)
        {
            case Identity:
                break;
            case Softmax or LogSoftmax when layer.OutputShape.Positions > 1:
                int channels = layer.OutputShape.Channels;
                methods.Use(activation.Name);
                Line(string.Create(
                    CultureInfo.InvariantCulture, $"for (int i = 0; i < {layer.OutputShape.Positions}; i++)"));
                Line("{");
                Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"    {activation.Name}({value.Name}.Slice(i * {channels}, {channels}));"));
                Line("}");
                break;
            case Softmax or LogSoftmax:
                Call(activation.Name, value.Name);
                break;
            default:
                ActivationFormula formula = ActivationFormula.Of(activation)
                    ?? throw new NotSupportedException(
                        $"'{layer.Name}' has an activation of the type {activation.GetType()}, which cannot be written "
                        + "as C#: only the library's own activations can.");
                methods.Use(formula);
                string[] arguments = [value.Name, .. formula.Settings.Select(setting => Literal(setting.Value))];
                Line($"{formula.Name}({string.Join(", ", arguments)});");
                break;
        }
    }

    private static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private string Read(Parameter<T> parameter) => parameters.Add(parameter.Values);

    private string Biases(Parameter<T>? biases, int count) =>
        parameters.Add(biases is null ? new T[count] : biases.Values);

    // Not folded into one factor and one addend, whose difference would lose the digits of a large mean.
    private void WriteBatchNormalization(BatchNormalization<T> layer, Value value)
    {
        T[] scale = new T[layer.Gamma.Count];
        for (int i = 0; i < scale.Length; i++)
        {
            scale[i] = T.CreateChecked(
                double.CreateChecked(layer.Gamma.Values[i])
                / Math.Sqrt(double.CreateChecked(layer.RunningVariance.Values[i]) + layer.Epsilon));
        }

        Call(
            "BatchNormalization",
            value.Name,
            Read(layer.RunningMean),
            parameters.Add(scale),
            Read(layer.Beta));
    }

    private Value WriteConvolution(
        string method, Layer<T> layer, Value value, Value? keep, string[] weights, string[] sizes)
    {
        Value result = New(layer.OutputSize);
        Call(
            method,
            [
                value.Name,
                .. weights,
                result.Name,
                Pair(ImageShape.Size(layer.InputShape)),
                Pair(ImageShape.Size(layer.OutputShape)),
                .. sizes,
            ]);
        Free(value, keep);
        Activate(layer, result);
        return result;
    }

    // The halves of the channels by themselves, and their product.
    private Value WriteGatedLinearUnit(GatedLinearUnit<T> unit, Value value, Value? keep)
    {
        string channels = Literal(unit.OutputShape.Channels);
        Value result = New(unit.OutputSize);
        Value gate = New(unit.OutputSize);
        Call("TakeChannels", value.Name, result.Name, channels, "0");
        Call("TakeChannels", value.Name, gate.Name, channels, channels);
        Activate(unit, unit.Gate, gate);
        Call("Multiply", gate.Name, result.Name);
        Free(gate, null);
        Free(value, keep);
        return result;
    }

    private Value WritePooling(
        string method,
        Layer<T> layer,
        Value value,
        Value? keep,
        HeightWidth window,
        HeightWidth stride,
        Padding padding,
        params string[] more) =>
        WriteResized(
            method,
            layer,
            value,
            keep,
            [
                Pair(ImageShape.Size(layer.InputShape)),
                layer.OutputShape.IsFlat ? Pair(1) : Pair(ImageShape.Size(layer.OutputShape)),
                Pair(window),
                Pair(stride),
                Corner(padding),
                .. more,
            ]);

    private Value WriteResized(string method, Layer<T> layer, Value value, Value? keep, params string[] sizes)
    {
        Value result = New(layer.OutputSize);
        Call(method, [value.Name, result.Name, .. sizes]);
        Free(value, keep);
        return result;
    }

    private static string Corner(Padding padding) => Pair((padding.Top, padding.Left));

    private static string Pair(HeightWidth size) =>
        string.Create(CultureInfo.InvariantCulture, $"({size.Height}, {size.Width})");

    private static string Integers(IEnumerable<int> numbers) => $"new[] {{ {string.Join(", ", numbers)} }}";

    private static int Stride(FeatureShape shape, int axis) =>
        shape.Dimensions.Skip(axis + 1).Aggregate(1, (elements, size) => elements * size);

    private Value WriteBranches(Branches<T> layer, Value value, Value? keep)
    {
        Value[] outputs = [.. layer.Children.Select(branch => WriteLayers(branch.Children, value, value))];
        Line($"// {layer.Name}, {MessageText.Shortened(layer.Merge.Name)} of its branches");
        Value result;
        if (layer.Merge == Merge.Concatenation)
        {
            result = New(layer.OutputSize);
            WriteConcatenation(layer, outputs, result);
            Free(outputs[0], value);
        }
        else
        {
            string join = JoinOf(layer);
            result = Own(outputs[0], value, layer.OutputSize);
            foreach (Value output in outputs.Skip(1))
            {
                Call(join, output.Name, result.Name);
            }

            if (layer.Merge == Merge.Average)
            {
                Call("Divide", result.Name, Literal(outputs.Length));
            }
        }

        foreach (Value output in outputs.Skip(1))
        {
            Free(output, value);
        }

        Free(value, keep);
        return result;
    }

    private static string JoinOf(Branches<T> layer) => layer.Merge switch
    {
        _ when layer.Merge == Merge.Sum || layer.Merge == Merge.Average => "Add",
        _ when layer.Merge == Merge.Product => "Multiply",
        _ when layer.Merge == Merge.Maximum => "Maximum",
        _ => throw new NotSupportedException(
            $"'{layer.Name}' has a merge of the type {layer.Merge.GetType()}, which cannot be written as C#: only the "
            + "library's own can."),
    };

    private void WriteConcatenation(Branches<T> layer, Value[] outputs, Value result)
    {
        int start = 0;
        for (int k = 0; k < outputs.Length; k++)
        {
            int count = layer.Children[k].OutputShape.Channels;
            Call(
                "CopyChannels",
                outputs[k].Name,
                Literal(count),
                result.Name,
                Literal(layer.OutputShape.Channels),
                Literal(start));
            start += count;
        }
    }

    private void Call(string method, params string[] arguments)
    {
        methods.Use(method);
        Line($"{method}({string.Join(", ", arguments)});");
    }

    /// <summary>Returns the value if it may be overwritten, else a copy of it.</summary>
    private Value Own(Value value, Value? keep, int size)
    {
        if (value != _input && value != keep)
        {
            return value;
        }

        Value copy = New(size);
        Line($"{value.Name}.CopyTo({copy.Name});");
        return copy;
    }

    private Value New(int size)
    {
        int piece = _pieces.IndexOf(false);
        if (piece < 0)
        {
            piece = _pieces.Count;
            _pieces.Add(false);
        }

        _pieces[piece] = true;
        var value = new Value(string.Create(CultureInfo.InvariantCulture, $"a{++_values}"), piece);
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Span<{MethodSet.Number}> {value.Name} = memory.Slice({(long)piece * Widest}, {size});"));
        return value;
    }

    private void Free(Value value, Value? keep)
    {
        if (value != _input && value != keep)
        {
            _pieces[value.Piece] = false;
        }
    }

    private void Line(string line)
    {
        string text = line.TrimStart('\n');
        _text.Append('\n', line.Length - text.Length).Append(' ', _depth * 4).Append(text).Append('\n');
    }

    /// <summary>The output of a layer: the name of its variable, and its piece of the memory.</summary>
    private sealed record Value(string Name, int Piece);
}
