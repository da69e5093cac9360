using System.Globalization;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.Recurrence;

namespace NeuralNet.CodeGeneration;

/// <content>Layers that read sequences step by step.</content>
internal sealed partial class StepWriter<T>
{
    // The variable with the number of steps, within layers that read padded sequences.
    private string? _length;

    private Value WriteRecurrent(RecurrentLayer<T> layer, Value value, Value? keep)
    {
        int gates = layer.RecurrentWeights.Rows / layer.Units;
        Value result = New(layer.OutputSize);
        Value memory = New(RecurrentMemory(layer));
        if (_length is not null)
        {
            Line($"{result.Name}.Clear();");
        }

        List<string> arguments = [value.Name, Read(layer.InputWeights), Read(layer.RecurrentWeights)];
        if (layer is Gru<T>)
        {
            arguments.Add(Biases(layer.InputBiases, gates * layer.Units));
            arguments.Add(Biases(layer.RecurrentBiases, gates * layer.Units));
        }
        else
        {
            T[] sum = new T[gates * layer.Units];
            for (int i = 0; layer.InputBiases is not null && i < sum.Length; i++)
            {
                sum[i] = layer.InputBiases.Values[i] + layer.RecurrentBiases!.Values[i];
            }

            arguments.Add(parameters.Add(sum));
        }

        T[] state = new T[layer.StateSize];
        layer.InitialHidden?.Values.CopyTo(state);
        layer.InitialCell?.Values.CopyTo(state.AsSpan(layer.Units));
        arguments.Add(parameters.Add(state));
        arguments.AddRange(
        [
            result.Name,
            memory.Name,
            Literal(layer.InputShape.Channels),
            _length ?? Literal(layer.Steps),
            layer.IsReversed ? "true" : "false",
        ]);
        switch (layer)
        {
            case Lstm<T>:
                Call("Lstm", [.. arguments]);
                break;
            case Gru<T> gru:
                Call("Gru", [.. arguments, gru.ResetsAfter ? "true" : "false"]);
                break;
            default:
                Call("SimpleRecurrent", [.. arguments, layer.Activation is ReLU ? "true" : "false"]);
                break;
        }

        Free(memory, null);
        Free(value, keep);
        return result;
    }

    private Value WritePadded(PaddedSequences<T> layer, Value value, Value? keep)
    {
        int features = layer.Body.InputSize / layer.Steps;
        string? outer = _length;
        _length = string.Create(CultureInfo.InvariantCulture, $"length{++_values}");
        Value sequence = New(layer.Body.InputSize);
        methods.Use("StepsOf");
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"int {_length} = StepsOf({value.Name}[{layer.Body.InputSize}], {layer.Steps});"));
        Line($"{sequence.Name}.Clear();");
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Name}.Slice(0, {_length} * {features}).CopyTo({sequence.Name});"));
        Free(value, keep);
        Value result = WriteLayers(layer.Body.Children, sequence, keep: null);
        _length = outer;
        return result;
    }

    // The layers of a step stand within a loop, whose variables end with it, and see no lengths. A step of padding
    // gives 0.
    private Value WritePerStep(PerStep<T> layer, Value value, Value? keep)
    {
        Value result = New(layer.OutputSize);
        string number = string.Create(CultureInfo.InvariantCulture, $"{++_values}");
        var step = new Value("x" + number, value.Piece);
        (int inputs, int outputs) = (layer.Body.InputSize, layer.Body.OutputSize);
        string? length = _length;
        _length = null;
        if (length is not null)
        {
            Line($"{result.Name}.Clear();");
        }

        Line($"for (int t{number} = 0; t{number} < {length ?? Literal(layer.Steps)}; t{number}++)");
        Line("{");
        _depth++;
        Line($"ReadOnlySpan<{MethodSet.Number}> {step.Name} = {value.Name}.Slice(t{number} * {inputs}, {inputs});");
        Value output = WriteLayers(layer.Body.Children, step, step);
        Line($"{output.Name}.CopyTo({result.Name}.Slice(t{number} * {outputs}, {outputs}));");
        Free(output, step);
        _depth--;
        Line("}");
        _length = length;
        Free(value, keep);
        return result;
    }

    private Value WriteLastStep(LastStep<T> layer, Value value, Value? keep)
    {
        Value last = New(layer.OutputSize);
        string start = _length is null
            ? Literal(layer.InputSize - layer.OutputSize)
            : $"({_length} - 1) * {Literal(layer.OutputSize)}";
        Line($"{value.Name}.Slice({start}, {Literal(layer.OutputSize)}).CopyTo({last.Name});");
        Free(value, keep);
        return last;
    }

    // Of all places of an image, or of the steps that a sequence has.
    private Value WriteGlobalPooling(string method, Layer<T> layer, Value value, Value? keep, params string[] more)
    {
        Value result = New(layer.OutputSize);
        string size = _length is null ? Pair(ImageShape.Size(layer.InputShape)) : $"({_length}, 1)";
        Call(method, [OwnSteps(layer, value), result.Name, size, Pair(1), size, Pair(1), Pair(0), .. more]);
        Free(value, keep);
        return result;
    }

    private Value WriteAttentionPooling(AttentionPooling<T> layer, Value value, Value? keep)
    {
        Value result = New(layer.OutputSize);
        Call("AttentionPooling", OwnSteps(layer, value), result.Name, Read(layer.Query));
        Free(value, keep);
        return result;
    }

    // A value without the steps of padding.
    private string OwnSteps(Layer<T> layer, Value value) => _length is null
        ? value.Name
        : $"{value.Name}.Slice(0, {_length} * {Literal(layer.InputShape.Channels)})";

    /// <summary>The numbers that a recurrent layer computes with: its gates and its state.</summary>
    private static int RecurrentMemory(RecurrentLayer<T> layer) =>
        ((layer is Gru<T> ? 2 : 1) * layer.RecurrentWeights.Rows) + layer.StateSize;
}
