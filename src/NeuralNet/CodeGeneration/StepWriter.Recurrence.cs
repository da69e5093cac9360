using System.Globalization;
using NeuralNet.Activations;
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
        Line(string.Create(
            CultureInfo.InvariantCulture, $"int {_length} = (int){value.Name}[{layer.Body.InputSize}];"));
        Line($"{sequence.Name}.Clear();");
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Name}.Slice(0, {_length} * {features}).CopyTo({sequence.Name});"));
        Free(value, keep);
        Value result = WriteLayers(layer.Body.Children, sequence, keep: null);
        _length = outer;
        return result;
    }

    // Of sequences of different lengths.
    private void RequireWithLengths(Layer<T> layer)
    {
        if (_length is not null && layer.InputShape.Rank > 1 && layer
            is not (RecurrentLayer<T> or { IsForTrainingOnly: true } or ActivationLayer<T> or GatedLinearUnit<T>
            or Sequence<T> or Branches<T> or Residual<T>))
        {
            throw new NotSupportedException(
                $"'{layer.Name}', a {layer.GetType()}, cannot be written as C# where it reads sequences of different "
                + "lengths.");
        }
    }

    /// <summary>The numbers that a recurrent layer computes with: its gates and its state.</summary>
    private static int RecurrentMemory(RecurrentLayer<T> layer) =>
        ((layer is Gru<T> ? 2 : 1) * layer.RecurrentWeights.Rows) + layer.StateSize;
}
