namespace NeuralNet.Tests;

/// <summary>The network that many tests take for every layer of the library has every layer of the library.</summary>
public sealed class EveryLayerTests
{
    [Fact]
    public void It_has_every_kind_of_layer() =>
        EveryLayer.KindsIn(EveryLayer.Create<float>(5)).Should().BeEquivalentTo(EveryLayer.Kinds);
}
