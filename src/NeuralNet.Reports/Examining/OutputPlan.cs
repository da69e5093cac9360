using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Reports.Examining;

/// <summary>One of the outputs of a network: where it is, and how it is read.</summary>
internal sealed record OutputPlan
{
    /// <summary>The name; empty if the network has one output only.</summary>
    public required string Name { get; init; }

    /// <summary>Its first row.</summary>
    public required int Start { get; init; }

    /// <summary>Number of steps or pixels that each have an answer.</summary>
    public required int Steps { get; init; }

    /// <summary>Number of rows of an answer.</summary>
    public required int Width { get; init; }

    /// <summary>What it answers.</summary>
    public required OutputTask Task { get; init; }

    /// <summary>The scale of what answers a question; null if nothing is known.</summary>
    public OutputScale? Scale { get; init; }

    /// <summary>The number in the place of a target that is not known; null if all are.</summary>
    public double? Mask { get; init; }

    /// <summary>The number above which a single number means yes.</summary>
    public double Threshold => Scale switch
    {
        OutputScale.Logit => 0,
        OutputScale.LogProbability => Math.Log(0.5),
        _ => 0.5,
    };

    /// <summary>The outputs of a network that is trained with a loss.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="meaning">What several outputs mean; as the network and the loss say if null.</param>
    public static IEnumerable<OutputPlan> Of<T>(Network<T> network, ILoss loss, OutputMeaning? meaning)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        network.Outputs.Select((output, i) => Of(
            output, network.OutputKindOf(output.Name), loss is LossPerOutput each ? each.Losses[i].Loss : loss, meaning)
            with
        {
            Name = network.Outputs.Count == 1 ? "" : output.Name,
        });

    private static OutputPlan Of(FeatureRange output, OutputKind? kind, ILoss loss, OutputMeaning? told)
    {
        int steps = 1;
        double? mask = null;
        while (loss is LossPerStep or MaskedLoss)
        {
            steps *= loss is LossPerStep perStep ? perStep.Steps : 1;
            mask = loss is MaskedLoss masked ? masked.Mask : mask;
            loss = loss is LossPerStep { Loss: var ofStep } ? ofStep : ((MaskedLoss)loss).Loss;
        }

        OutputScale? scale = ScaleOf(kind, loss);
        OutputMeaning? meaning = told ?? kind switch
        {
            OutputKind.Distribution or OutputKind.LogDistribution => OutputMeaning.Classes,
            OutputKind.Probability or OutputKind.LogProbability => loss.Meaning ?? OutputMeaning.Labels,
            _ => loss.Meaning,
        };
        int width = output.Size / steps;
        return new()
        {
            Name = output.Name,
            Start = output.Start,
            Steps = steps,
            Width = width,
            Scale = scale,
            Mask = mask,
            Task = width == 1 && (scale is not null || told is not null) ? OutputTask.Classes
                : width > 1 && meaning == OutputMeaning.Classes ? OutputTask.Classes
                : width > 1 && meaning == OutputMeaning.Labels ? OutputTask.Labels
                : OutputTask.Numbers,
        };
    }

    private static OutputScale? ScaleOf(OutputKind? kind, ILoss loss)
    {
        OutputScale? ofKind = kind switch
        {
            OutputKind.Probability or OutputKind.Distribution => OutputScale.Probability,
            OutputKind.LogProbability or OutputKind.LogDistribution => OutputScale.LogProbability,
            _ => null,
        };
        return loss.Input switch
        {
            LossInput.Logits => OutputScale.Logit,
            LossInput.Probabilities => OutputScale.Probability,
            LossInput.LogProbabilities => OutputScale.LogProbability,
            LossInput.Margins => ofKind ?? OutputScale.Logit,
            _ => ofKind,
        };
    }
}
