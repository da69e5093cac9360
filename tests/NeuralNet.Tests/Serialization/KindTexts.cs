namespace NeuralNet.Tests.Serialization;

/// <summary>What the first version of the library wrote of its kinds.</summary>
/// <param name="Strategies">Role and description of each strategy of <see cref="Serialization.Strategies"/>.</param>
/// <param name="Network">The description of a network in a model file.</param>
/// <param name="Pipeline">That of a pipeline.</param>
/// <param name="Checkpoint">The settings of a trainer and of a run in a checkpoint.</param>
internal sealed record KindTexts(string[] Strategies, string Network, string Pipeline, string[] Checkpoint);
