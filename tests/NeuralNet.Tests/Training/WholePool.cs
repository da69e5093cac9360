namespace NeuralNet.Tests.Training;

/// <summary>Tests that need all threads of the pool: they run alone.</summary>
[CollectionDefinition(nameof(WholePool), DisableParallelization = true)]
public sealed class WholePool;
