using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;
using NeuralNet.Pipelines;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The guide for users of other .NET libraries does what it says.</summary>
[Collection("Pages")]
public sealed class MigratingTests : IDisposable
{
    public void Dispose() => File.Delete("model.safetensors");

    [Fact]
    public void Three_classes_are_learned_saved_and_predicted()
    {
        int[] labels = [.. Enumerable.Range(0, 150).Select(i => i % 3)];
        float[][] features = [.. labels.Select(Sample)];
        (Pipeline<float> loaded, string label, Vector<float> probabilities, double accuracy) =
            Migrating.Run(features, labels, Sample(1, 7));
        label.Should().Be("b");
        loaded.PredictLabel(Sample(1, 7)).Should().Be("b");
        probabilities[1].Should().BeGreaterThan(0.8f);
        accuracy.Should().BeGreaterThan(0.95);
        Migrating.Image().Layers[0].OutputShape.Should().Be(new FeatureShape(28, 28, 8));
    }

    private static float[] Sample(int label, int i) =>
        [100 * label, 3 + MathF.Sin(i), MathF.Cos(3 * i), 5 - label + (0.2f * MathF.Sin(5 * i))];
}
