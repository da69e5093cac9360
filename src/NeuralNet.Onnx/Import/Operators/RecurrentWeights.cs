using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>The weights and settings of a recurrent operator, for each of its directions.</summary>
internal sealed record RecurrentWeights(int Units, IReadOnlyList<RecurrentDirection> Directions)
{
    private const int BiasInput = 3;
    private const int HiddenInput = 5;
    private const int CellInput = 6;

    // Input, output, forget, cell in the file; input, forget, cell, output here. Of a GRU, the first two change places.
    private static readonly Dictionary<string, int[]> _gates = new(StringComparer.Ordinal)
    {
        ["LSTM"] = [0, 2, 3, 1],
        ["GRU"] = [1, 0, 2],
        ["RNN"] = [0],
    };

    /// <summary>Reads them.</summary>
    /// <exception cref="NotSupportedException">The layer that they are of is none of the library.</exception>
    /// <exception cref="InvalidDataException">Sizes contradict each other.</exception>
    public static RecurrentWeights Read<T>(OperatorCall<T> call, int features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OnnxNode node = call.Node;
        int[] gates = _gates[node.Operation];
        ConstantTensor weights = call.Constant(1);
        ConstantTensor recurrent = call.Constant(2);
        string direction = node.Text("direction", "forward");
        int count = direction == "bidirectional" ? 2 : 1;
        long units = recurrent.Dimensions.Count == 3 ? recurrent.Dimensions[2] : 0;
        long rows = gates.Length * units;
        if (units < 1 || !recurrent.Dimensions.SequenceEqual([count, rows, units])
            || !weights.Dimensions.SequenceEqual([count, rows, features])
            || node.Int("hidden_size", units) != units)
        {
            throw node.Refuse(
                $"its weights {weights} and {recurrent} do not fit {Quantity.Of(features, "feature")} in "
                + $"{Quantity.Of(count, "direction")}");
        }

        call.Budget.Take(node, weights.Count + recurrent.Count + (2 * count * (rows + units)));
        double[]? biases =
            node.Input(BiasInput) is null ? null : call.Vector(BiasInput, (int)(2 * count * rows)).ToArray();
        double[]? hidden = State(call, HiddenInput, count, (int)units);
        double[]? cell = State(call, CellInput, count, (int)units);
        bool[] rectified = Activations(node, count);
        RecurrentDirection[] directions = new RecurrentDirection[count];
        for (int d = 0; d < count; d++)
        {
            directions[d] = new(node.Operation, (int)units, direction == "reverse" || d == 1)
            {
                ResetsAfter = node.Int("linear_before_reset", 0) != 0,
                IsRectified = rectified[d],
                InputWeights = Rows(weights.ToArray(), d, features),
                RecurrentWeights = Rows(recurrent.ToArray(), d, (int)units),
                InputBiases = biases is null ? null : Rows(biases, 2 * d, 1),
                RecurrentBiases = biases is null ? null : Rows(biases, (2 * d) + 1, 1),
                InitialHidden = hidden is null && cell is null ? null : Part(hidden, d),
                InitialCell = hidden is null && cell is null ? null : Part(cell, d),
            };
        }

        return new((int)units, directions);

        // The blocks of the gates of one direction in the library's order.
        double[] Rows(double[] all, int place, int columns)
        {
            int block = (int)units * columns;
            double[] ordered = new double[gates.Length * block];
            for (int gate = 0; gate < gates.Length; gate++)
            {
                int from = (place * gates.Length) + gates[gate];
                all.AsSpan(from * block, block).CopyTo(ordered.AsSpan(gate * block));
            }

            return ordered;
        }

        double[] Part(double[]? state, int d) =>
            state is null ? new double[units] : state.AsSpan(d * (int)units, (int)units).ToArray();
    }

    // Which directions have rectifiers; those of other functions are none of the library.
    private static bool[] Activations(OnnxNode node, int directions)
    {
        string[] usual = node.Operation switch
        {
            "LSTM" => ["Sigmoid", "Tanh", "Tanh"],
            "GRU" => ["Sigmoid", "Tanh"],
            _ => ["Tanh"],
        };
        string[] given = [.. node.Texts("activations") ?? []];
        string[] all = given.Length == 0 ? [.. Enumerable.Repeat(usual, directions).SelectMany(one => one)] : given;
        bool fits = all.Length == usual.Length * directions && all.Index().All(one =>
            string.Equals(one.Item, usual[one.Index % usual.Length], StringComparison.OrdinalIgnoreCase)
            || (node.Operation == "RNN" && string.Equals(one.Item, "Relu", StringComparison.OrdinalIgnoreCase)));
        if (!fits)
        {
            throw node.Refuse(
                $"its activations are {MessageText.Listed(all)}; a layer has {MessageText.Listed(usual)}"
                + (node.Operation == "RNN" ? " or Relu" : ""));
        }

        if (node.Float("clip", 0) != 0 || node.Int("input_forget", 0) != 0)
        {
            throw node.Refuse("it has 'clip' or 'input_forget', which no layer has");
        }

        return [.. Enumerable.Range(0, directions).Select(d =>
            node.Operation == "RNN" && string.Equals(all[d], "Relu", StringComparison.OrdinalIgnoreCase))];
    }

    // The state that all samples begin with, a row for each direction; null if it is 0.
    private static double[]? State<T>(OperatorCall<T> call, int index, int directions, int units)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OnnxNode node = call.Node;
        if (node.Input(index) is not { } name)
        {
            return null;
        }

        double[] values;
        if (call.Shapes.Uniform(name) is { } uniform)
        {
            values = [.. uniform.Numbers];
        }
        else if (call.Graph.Constant(name) is { Problem: null } constant)
        {
            values = constant.ToArray();
        }
        else
        {
            throw node.Refuse($"its initial state {MessageText.Quoted(name)} is no constant");
        }

        if (Array.TrueForAll(values, value => value == 0))
        {
            return null;
        }

        int each = values.Length / directions;
        double[] state = new double[directions * units];
        for (int i = 0; i < state.Length; i++)
        {
            (int direction, int unit) = int.DivRem(i, units);
            state[i] = values.Length == 1 ? values[0]
                : values.Length == units ? values[unit]
                : values[(direction * each) + unit];
        }

        bool isSame = values.Length == 1 || values.Length == units
            || (each % units == 0 && values.Index().All(
                one => one.Item == state[(one.Index / each * units) + (one.Index % units)]));
        return isSame
            ? state
            : throw node.Refuse($"its initial state {MessageText.Quoted(name)} differs from sample to sample");
    }
}
