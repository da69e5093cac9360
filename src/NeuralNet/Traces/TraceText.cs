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
        var weighted = layer as WeightedSumTrace;
        text.Append(
            CultureInfo.InvariantCulture,
            $"{layer.Name}: {layer.InputShape} → "
            + $"{layer.OutputShape}{(weighted is null ? "" : ", " + weighted.Activation.Name)}\n");
        Line(text, $"  a{before}", Show(layer.Input));
        string inputFormula = "";
        if (weighted is null)
        {
            WriteSteps(text, layer as RecurrentTrace);
            Line(text, $"  a{l}", Show(layer.Output));
            Line(text, $"  ∂L/∂a{l}", Show(layer.OutputGradient));
            foreach (ParameterTrace parameter in layer.Parameters.Where(parameter => IsOwn(parameter, layer)))
            {
                Line(text, $"  ∂L/∂{parameter.Name}", Show(parameter.Gradient));
            }
        }
        else
        {
            Line(text, "  W", Show(weighted.Weights));
            if (weighted.HasBiases)
            {
                Line(text, "  b", Show(weighted.Biases));
            }

            WeightedSumLabels formulas = weighted.Labels($"a{before}");
            string plusBiases = weighted.HasBiases ? " + b" : "";
            Line(text, $"  z = {formulas.PreActivation}{plusBiases}", Show(weighted.PreActivation));
            Line(text, $"  a{l} = σ(z)", Show(weighted.Output));
            Line(text, $"  ∂L/∂a{l}", Show(weighted.OutputGradient));
            if (weighted.ActivationDerivative is { } derivative)
            {
                Line(text, "  σ'(z)", Show(derivative));
                Line(text, $"  δ = ∂L/∂a{l} ⊙ σ'(z)", Show(weighted.Delta));
            }
            else
            {
                if (weighted is DenseTrace dense)
                {
                    Line(text, "  ∂a/∂z", Show(dense.ActivationJacobian));
                }

                Line(text, $"  δ = (∂a/∂z)ᵀ·∂L/∂a{l}", Show(weighted.Delta));
            }

            string penalty = weighted.WeightPenaltyGradient.Exists(value => value != 0) ? " + ∂R/∂W" : "";
            Line(text, $"  ∂L/∂W = {formulas.WeightGradient}{penalty}", Show(weighted.WeightGradient));
            if (weighted.HasBiases)
            {
                Line(text, $"  ∂L/∂b = {formulas.BiasGradient}", Show(weighted.BiasGradient));
            }

            inputFormula = $" = {formulas.InputGradient}";
        }

        Line(text, $"  ∂L/∂a{before}{inputFormula}", Show(layer.InputGradient));
        foreach (LayerTrace inner in layer.Layers)
        {
            text.Append('\n').Append(Write(inner)).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>A finite difference, or why there is none.</summary>
    public static string Difference(double? difference) =>
        $"finite difference {(difference is { } value ? Show(value) : "none, because a kink is too close")}";

    // A row for each step.
    private static void WriteSteps(StringBuilder text, RecurrentTrace? trace)
    {
        foreach (string gate in trace?.Gates ?? [])
        {
            Line(text, $"  {gate} by step", Show(trace!.Gate(gate).Transpose()));
            Line(text, $"  δ of {gate} by step", Show(trace.Delta(gate).Transpose()));
        }

        if (trace is { Gates.Count: > 1 })
        {
            Line(text, "  h by step", Show(trace.Hidden.Transpose()));
        }
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
