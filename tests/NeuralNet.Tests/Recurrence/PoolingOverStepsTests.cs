using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Recurrence;

/// <summary>The global poolings are the average and the maximum over the steps of a sequence.</summary>
public sealed class PoolingOverStepsTests
{
    [Fact]
    public void Each_feature_is_pooled_over_the_steps()
    {
        NetworkBuilder<float> Steps() => Network.Create<float>(new FeatureShape(3, 2), seed: 1);
        float[] sequence = [1, -2, 3, -4, 8, -6];
        Steps().GlobalAveragePooling().Build().Predict(sequence).Should().Equal(4, -4);
        Steps().GlobalMaxPooling().Build().Predict(sequence).Should().Equal(8, -2);
    }
}
