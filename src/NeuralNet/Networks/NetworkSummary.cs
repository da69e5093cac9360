using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using NeuralNet.Layers;
using static System.FormattableString;

namespace NeuralNet.Networks;

/// <summary>The table that a network's <c>ToString</c> gives.</summary>
internal static class NetworkSummary
{
    // That of FitOptions unless set.
    private const int UsualBatch = 32;

    /// <summary>
    /// One line per layer between a heading and the total, and the memory of a training step beside parameters and
    /// optimizer.
    /// </summary>
    public static string Write<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<string[]> rows =
        [
            ["Layer", "Activation", "Output", "Parameters"],
            .. network.Inputs.Select(input => (string[])[input.Name, "", input.Shape.ToString(), "0"]),
        ];
        foreach (Layer<T> layer in network.Layers)
        {
            rows.Add(
            [
                layer.Name,
                layer.Activation?.Name ?? "",
                layer.OutputShape.ToString(),
                LayerText.Parameters(layer.Parameters),
            ]);
        }

        if (network.Outputs.Count > 1)
        {
            rows.AddRange(network.Heads(loss: null).Select(head => (string[])
            [
                $"output '{head.Range.Name}'",
                head.DecidingLayer?.Activation?.Name ?? "",
                head.Range.Shape.ToString(),
                "0",
            ]));
        }

        rows.Add(["total", "", "", LayerText.Parameters(network.Parameters)]);
        double megabytes = TrainingMemory.NumbersOf(network.Body, UsualBatch) * Unsafe.SizeOf<T>() / 1e6;
        return Align(rows) + Invariant($"\na training step of {UsualBatch} samples takes {megabytes:G3} MB");
    }

    private static string Align(List<string[]> rows)
    {
        int[] widths =
        [
            .. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)),
        ];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            text.Append(row[0].PadRight(widths[0])).Append("  ")
                .Append(row[1].PadRight(widths[1])).Append("  ")
                .Append(row[2].PadLeft(widths[2])).Append("  ")
                .Append(row[3].PadLeft(widths[3])).Append('\n');
        }

        return text.ToString(0, text.Length - 1);
    }
}
