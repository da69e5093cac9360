using System.Globalization;
using NeuralNet.Activations;
using NeuralNet.Decisions;

namespace NeuralNet.Onnx.Export;

/// <summary>The labels of an exported classifier, and the rule by which it chooses among them.</summary>
internal sealed record ClassResults
{
    /// <summary>The name of the output that gives the labels.</summary>
    public required string Name { get; init; }

    /// <summary>The labels in the order of their numbers.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>True if a sample may have several labels, or none: each label has an output of its own.</summary>
    public required bool AreLabels { get; init; }

    /// <summary>True if there are two classes and one output, the score of the second.</summary>
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
