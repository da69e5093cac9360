namespace NeuralNet.Networks;

/// <summary>The size of the blocks in which a model predicts many samples, and the work that a sample is.</summary>
/// <param name="SamplesAtOnce">The most samples that go through the model together, a block.</param>
/// <param name="ProductsPerSample">
/// About how much work a sample is, in multiplications within a product; too few rather than too many.
/// </param>
internal sealed record PredictionPlan(int SamplesAtOnce, long ProductsPerSample);
