namespace NeuralNet.Networks;

/// <summary>How a model predicts many samples: in blocks, and with how much work.</summary>
/// <param name="SamplesAtOnce">The most samples that go through the model together, a block.</param>
/// <param name="ProductsPerSample">
/// About how much work a sample is, in multiplications within a product; too few rather than too many.
/// </param>
internal sealed record PredictionPlan(int SamplesAtOnce, long ProductsPerSample);
