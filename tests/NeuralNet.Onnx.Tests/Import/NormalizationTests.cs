namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Normalizations of images and sequences. Constants hold 0.25, 0.5, 0.75, …</summary>
public sealed class NormalizationTests
{
    private const double Epsilon = 1e-5;

    [Fact]
    public void Each_channel_of_each_sample_is_normalized() =>
        new GraphText([2, 2, 3], "y = InstanceNormalization(x, c, b)").Constant("c", 2).Floats("b", [2], -1, 2)
            .ShouldCompute(x => Normalized(x, 6).Select(
                (value, i) => (value * ((i / 6) + 1) * 0.25) + (i < 6 ? -1 : 2)));

    [Fact]
    public void Groups_of_channels_are_normalized()
    {
        Group(21, 4).ShouldCompute(x => Normalized(x, 6).Select((value, i) => (value * C(i / 3)) + (C(i / 3) * -1)));

        // Before opset 21, a scale and a bias for each group.
        Group(18, 2).ShouldCompute(x => Normalized(x, 6).Select((value, i) => (value * C(i / 6)) + (C(i / 6) * -1)));
        new GraphText([3, 2], "y = GroupNormalization(x, c, c)").With(OnnxAttribute.Int("num_groups", 2))
            .Constant("c", 3).Opset(21)
            .ShouldBe<NotSupportedException>("*(GroupNormalization)*2 groups do not divide 3 channels*");

        static GraphText Group(long opset, int count) =>
            new GraphText([4, 3], "y = GroupNormalization(x, c, b)").With(OnnxAttribute.Int("num_groups", 2))
                .Constant("c", count).Floats("b", [count], [.. Enumerable.Range(0, count).Select(i => -C(i))])
                .Opset(opset);

        static double C(int i) => (i + 1) * 0.25;
    }

    [Fact]
    public void Layer_normalization_works_from_an_axis_on()
    {
        new GraphText([3, 4], "y = LayerNormalization(x, c)").Constant("c", 4)
            .ShouldCompute(x => Normalized(x, 4).Select((value, i) => value * ((i % 4) + 1) * 0.25));
        new GraphText([3, 4], "y = LayerNormalization(x, c, c)").With(OnnxAttribute.Int("axis", 1)).Constant("c", 3, 4)
            .ShouldBe<NotSupportedException>("*(LayerNormalization)*'c' (3 × 4) is not one number per feature*");
        new GraphText([3, 4], "y = LayerNormalization(x, c)").With(OnnxAttribute.Int("axis", -2)).Constant("c", 3, 4)
            .ShouldCompute(x => Normalized(x, 12).Select((value, i) => value * (i + 1) * 0.25));
        new GraphText([2, 2, 3], "a = MaxPool(x)").With(OnnxAttribute.Ints("kernel_shape", 1, 1))
            .Then("y = LayerNormalization(a, c)").With(OnnxAttribute.Int("axis", 1)).Constant("c", 2, 2, 3)
            .ShouldCompute(x => Normalized(x, 12).Select((value, i) => value * (i + 1) * 0.25));
        new GraphText(4, "y = LayerNormalization(x, c)").With(OnnxAttribute.Int("axis", 0)).Constant("c", 4)
            .ShouldBe<NotSupportedException>("*(LayerNormalization)*axis 0*across samples*");
    }

    [Fact]
    public void A_root_mean_square_is_divided_by() =>
        new GraphText([3, 4], "y = RMSNormalization(x, c)").Constant("c", 4).Opset(23)
            .ShouldCompute(x => x.Select((value, i) => value
                / Math.Sqrt(x[(i / 4 * 4)..((i / 4 * 4) + 4)].Average(one => one * one) + Epsilon)
                * ((i % 4) + 1) * 0.25));

    // Less the mean, by the standard deviation, of so many numbers at a time.
    private static IEnumerable<double> Normalized(double[] x, int count) => x.Chunk(count).SelectMany(part =>
    {
        double mean = part.Average();
        double variance = part.Average(value => (value - mean) * (value - mean));
        return part.Select(value => (value - mean) / Math.Sqrt(variance + Epsilon));
    });
}
