namespace NeuralNet.Samples.ChainRule;

/// <summary>What the command line asks for.</summary>
/// <param name="Seed">Where the numbers come from; null for those of a published example.</param>
/// <param name="Weight">The weight that is followed in every layer.</param>
/// <param name="LearningRate">η of the step at the end.</param>
internal sealed record ChainRuleOptions(int? Seed, WeightIndex Weight, double LearningRate);
