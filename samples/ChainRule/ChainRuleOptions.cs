namespace NeuralNet.Samples.ChainRule;

/// <summary>The options given on the command line.</summary>
/// <param name="Seed">The seed of random numbers; null for the numbers of a published example.</param>
/// <param name="Weight">The weight that is followed in every layer.</param>
/// <param name="LearningRate">η of the step at the end.</param>
internal sealed record ChainRuleOptions(int? Seed, WeightIndex Weight, double LearningRate);
