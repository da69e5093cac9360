namespace NeuralNet.Kinds;

/// <summary>The purpose a description is written for, which decides the message if one cannot be written.</summary>
/// <param name="Refusal">The operation that fails for a component that is not registered.</param>
/// <param name="Remedy">The place where the kinds that register it are passed.</param>
internal sealed record KindUse(string Refusal, string Remedy)
{
    /// <summary>A model file.</summary>
    public static KindUse Saving { get; } = new(
        "cannot be saved",
        "and pass these kinds to Save and Load; or save the parameters alone with SaveParameters.");

    /// <summary>The settings of a training, compared when it is resumed.</summary>
    public static KindUse Resuming { get; } = new(
        "cannot be part of a training that is resumed from checkpoints",
        "and pass these kinds to the constructor of Trainer. So a training is never resumed with other settings than "
        + "it was begun with.");

    /// <summary>A copy of a network, as a member of an ensemble.</summary>
    public static KindUse Copying { get; } = new(
        "cannot be copied into an ensemble", "and pass these kinds to the method that makes the ensemble.");

    /// <summary>A description that was asked for.</summary>
    public static KindUse Describing { get; } = new("cannot be described", "and describe it with these kinds.");
}
