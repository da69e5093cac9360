using System.Globalization;
using NeuralNet.Activations;
using NeuralNet.Decisions;

namespace NeuralNet.Onnx.Export;

/// <summary>What the outputs of a classifier mean, and how it decides by them.</summary>
internal sealed record ClassResults
{
    /// <summary>The name of the output that gives the labels.</summary>
    public required string Name { get; init; }

    /// <summary>The labels in the order of their numbers.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Whether a sample may have any number of the labels, each of which is an output of its own.</summary>
    public required bool AreLabels { get; init; }

    /// <summary>Whether a single output tells two classes apart.</summary>
    public required bool IsSingle { get; init; }

    /// <summary>What the outputs are that decide: those of the network, or calibrated probabilities.</summary>
    public required OutputKind? Kind { get; init; }

    /// <summary>The number that a single output, or the output of each label, must exceed.</summary>
    public required IReadOnlyList<double> Thresholds { get; init; }

    /// <summary>The costs by which it decides between several classes; null if the most probable is taken.</summary>
    public ClassCosts? Costs { get; init; }

    /// <summary>The labels as whole numbers; null unless each of them is one, as it is usually written.</summary>
    public long[]? WholeNumbers =>
        Labels.All(label => label == Number(label)?.ToString(CultureInfo.InvariantCulture))
            ? [.. Labels.Select(label => Number(label)!.Value)]
            : null;

    private static long? Number(string label) =>
        long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
}
