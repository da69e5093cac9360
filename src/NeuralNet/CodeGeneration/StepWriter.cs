using System.Globalization;
using System.Numerics;
using System.Text;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Networks;

namespace NeuralNet.CodeGeneration;

/// <summary>Writes the computation for a sample, layer by layer, and plans its memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class StepWriter<T>(ParameterText<T> parameters, MethodSet methods)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Value _input = new("input", -1);

    private readonly StringBuilder _text = new();

    /// <summary>True for each piece of the memory that is in use.</summary>
    private readonly List<bool> _pieces = [];

    private int _values;

    /// <summary>The statements.</summary>
    public string Text => _text.ToString();

    /// <summary>The size of the memory that the statements need, in numbers.</summary>
    public int MemoryLength => checked(_pieces.Count * Widest);

    private int Widest { get; set; }

    /// <summary>Writes the statements of a network.</summary>
    public void Write(Network<T> network)
    {
        Widest = WidestOf(network.Layers, network.InputSize);
        Value result = WriteLayers(network.Layers, _input, keep: null);
        Line($"{result.Name}.CopyTo(output);");
    }

    private static int WidestOf(IEnumerable<Layer<T>> layers, int widest) =>
        layers.Aggregate(widest, (most, layer) => WidestOf(layer.Children, Math.Max(most, layer.OutputSize)));

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
        string activation = layer.Activation is { } a ? $", {a.Name}" : "";
        Line($"{(_text.Length > 0 ? "\n" : "")}// {layer.Name}: {layer.InputSize} to {layer.OutputSize}{activation}");
        switch (layer)
        {
            case Dense<T> dense:
                Value result = New(dense.OutputSize);
                Call("Dense", value.Name, Read(layer, 0), Read(layer, 1), result.Name);
                Free(value, keep);
                Activate(layer, result);
                return result;
            case ActivationLayer<T>:
                value = Own(value, keep, layer.OutputSize);
                Activate(layer, value);
                return value;
            case PReLU<T>:
                value = Own(value, keep, layer.OutputSize);
                Call("PReLU", value.Name, Read(layer, 0));
                return value;
            case BatchNormalization<T> normalization:
                value = Own(value, keep, layer.OutputSize);
                (T[] scale, T[] shift) = Fold(normalization);
                Call("ScaleAndShift", value.Name, parameters.Add(scale), parameters.Add(shift));
                return value;
            case LayerNormalization<T> normalization:
                value = Own(value, keep, layer.OutputSize);
                Call("LayerNormalization", value.Name, Read(layer, 0), Read(layer, 1), Literal(normalization.Epsilon));
                return value;
            case Residual<T>:
                Value inner = WriteLayers(layer.Children, value, value);
                inner = Own(inner, value, layer.OutputSize);
                Line($"// {layer.Name}, its input added");
                Call("Add", value.Name, inner.Name);
                Free(value, keep);
                return inner;
            case Dropout<T>:
                Line("// Nothing is dropped in a prediction.");
                return value;
            default:
                throw new NotSupportedException(
                    $"'{layer.Name}' is a layer of the type {layer.GetType()}, which cannot be written as C#: only the "
                    + "library's own layers can.");
        }
    }

    private void Activate(Layer<T> layer, Value value)
    {
        IActivation activation = layer.Activation!;
        switch (activation)
        {
            case Identity:
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

    /// <summary>Rewrites γ·(x − μ)/√(σ² + ε) + β as x·scale + shift.</summary>
    private static (T[] Scale, T[] Shift) Fold(BatchNormalization<T> layer)
    {
        T[] scale = new T[layer.OutputSize];
        T[] shift = new T[layer.OutputSize];
        for (int i = 0; i < scale.Length; i++)
        {
            double factor = double.CreateChecked(layer.Gamma[i])
                / Math.Sqrt(double.CreateChecked(layer.RunningVariance[i]) + layer.Epsilon);
            scale[i] = T.CreateChecked(factor);
            shift[i] = T.CreateChecked(
                double.CreateChecked(layer.Beta[i]) - (double.CreateChecked(layer.RunningMean[i]) * factor));
        }

        return (scale, shift);
    }

    private static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private string Read(Layer<T> layer, int parameter) => parameters.Add(layer.Parameters[parameter].Values);

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

    private void Line(string line) => _text.Append(line).Append('\n');

    /// <summary>The output of a layer: the name of its variable, and its piece of the memory.</summary>
    private sealed record Value(string Name, int Piece);
}
