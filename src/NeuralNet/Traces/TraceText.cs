using System.Globalization;
using System.Text;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Traces;

/// <summary>Writes traces as text.</summary>
internal static class TraceText
{
    // As many six-digit numbers as fit into a line on most screens.
    private const int MostShown = 8;

    private const int LabelWidth = 24;

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    public static string Write(BackpropagationTrace trace)
    {
        var text = new StringBuilder();
        Line(text, "input a⁽⁰⁾", Show(trace.Input));
        Line(text, "target", Show(trace.Target));
        Line(text, "output", Show(trace.Output));
        Line(text, "loss L", $"{Show(trace.Loss)} ({trace.LossName})");
        foreach (LayerTrace layer in trace.Layers)
        {
            text.Append('\n').Append(Write(layer)).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    public static string Write(LayerTrace layer)
    {
        string l = Superscript(layer.Number);
        string before = Superscript(layer.Number - 1);
        var text = new StringBuilder();
        var dense = layer as DenseTrace;
        text.Append(
            CultureInfo.InvariantCulture,
            $"{layer.Name}: {layer.Input.Count} → "
            + $"{layer.Output.Count}{(dense is null ? "" : ", " + dense.Activation.Name)}\n");
        Line(text, $"  a{before}", Show(layer.Input));
        if (dense is null)
        {
            Line(text, $"  a{l}", Show(layer.Output));
            Line(text, $"  ∂L/∂a{l}", Show(layer.OutputGradient));
            foreach (ParameterTrace parameter in layer.Parameters.Where(parameter => IsOwn(parameter, layer)))
            {
                Line(text, $"  ∂L/∂{parameter.Name}", Show(parameter.Gradient));
            }
        }
        else
        {
            Line(text, "  W", Show(dense.Weights));
            if (dense.HasBiases)
            {
                Line(text, "  b", Show(dense.Biases));
            }

            Line(text, $"  z = W·a{before}{(dense.HasBiases ? " + b" : "")}", Show(dense.PreActivation));
            Line(text, $"  a{l} = σ(z)", Show(dense.Output));
            Line(text, $"  ∂L/∂a{l}", Show(dense.OutputGradient));
            if (dense.ActivationDerivative is { } derivative)
            {
                Line(text, "  σ'(z)", Show(derivative));
                Line(text, $"  δ = ∂L/∂a{l} ⊙ σ'(z)", Show(dense.Delta));
            }
            else
            {
                Line(text, "  ∂a/∂z", Show(dense.ActivationJacobian));
                Line(text, $"  δ = (∂a/∂z)ᵀ·∂L/∂a{l}", Show(dense.Delta));
            }

            string penalty = dense.WeightPenaltyGradient.Exists(value => value != 0) ? " + ∂R/∂W" : "";
            Line(text, $"  ∂L/∂W = δ·(a{before})ᵀ{penalty}", Show(dense.WeightGradient));
            if (dense.HasBiases)
            {
                Line(text, "  ∂L/∂b = δ", Show(dense.BiasGradient));
            }
        }

        Line(text, $"  ∂L/∂a{before}{(dense is null ? "" : " = Wᵀ·δ")}", Show(layer.InputGradient));
        foreach (LayerTrace inner in layer.Layers)
        {
            text.Append('\n').Append(Write(inner)).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>Whether a parameter is the layer's itself, not that of a layer within it.</summary>
    private static bool IsOwn(ParameterTrace parameter, LayerTrace layer) =>
        parameter.Name.StartsWith(layer.Name + ".", StringComparison.Ordinal)
        && !parameter.Name.AsSpan(layer.Name.Length + 1).Contains('.');

    private static void Line(StringBuilder text, string label, string value) =>
        text.Append(label.PadRight(LabelWidth)).Append("  ").Append(value).Append('\n');

    private static string Superscript(int number) => "⁽" + string.Concat(
        number.ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0'])) + "⁾";

    private static string Show(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    private static string Show(Vector<double> vector) => $"({Show(vector, ", ")})";

    private static string Show(Matrix<double> matrix)
    {
        IEnumerable<string> rows = Enumerable.Range(0, Math.Min(matrix.RowCount, MostShown))
            .Select(row => Show(matrix.Row(row), "  "));
        return "[" + string.Join(" ; ", rows) + (matrix.RowCount > MostShown ? $" ; … {matrix.RowCount} rows" : "")
            + "]";
    }

    private static string Show(Vector<double> vector, string separator) =>
        string.Join(separator, vector.Take(MostShown).Select(Show))
        + (vector.Count > MostShown ? $"{separator}… {vector.Count}" : "");
}
