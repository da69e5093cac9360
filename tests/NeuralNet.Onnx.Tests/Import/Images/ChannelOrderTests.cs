namespace NeuralNet.Onnx.Tests.Import.Images;

/// <summary>Channels last where they are wanted, whatever the last operator has left.</summary>
public sealed class ChannelOrderTests
{
    private static readonly OnnxImportOptions _channelsLast = new() { ImageLayout = OnnxImageLayout.ChannelsLast };

    [Fact]
    public void A_range_of_channels_behind_a_convolution_has_them_last()
    {
        // A convolution that passes its three channels on, and then the last two of them.
        GraphText text = new GraphText([3, 2, 2], "a = Conv(x, w)", "y = Slice(a, starts, ends, axes)")
            .Floats("w", [3, 3, 1, 1], 1, 0, 0, 0, 1, 0, 0, 0, 1)
            .Integers("starts", 1).Integers("ends", 3).Integers("axes", 1);
        double[] pixels = [.. Enumerable.Range(0, 12).Select(i => (double)i)];

        text.Load(_channelsLast).Predict(pixels).Should().Equal(1, 2, 4, 5, 7, 8, 10, 11);
        text.Load().Predict(pixels).Should().Equal(4, 5, 6, 7, 8, 9, 10, 11);
    }

    [Fact]
    public void A_softmax_of_all_features_behind_a_transposed_convolution_is_one_of_all()
    {
        double[] given = new GraphText([2, 1, 2], "a = ConvTranspose(x, w)", "b = Flatten(a)", "y = Softmax(b)")
            .Floats("w", [2, 2, 1, 1], 1, 0, 0, 1).Load().Predict([1, 2, 3, 4]);

        double sum = Enumerable.Range(1, 4).Sum(i => Math.Exp(i));
        given.Should().HaveCount(4);
        for (int i = 0; i < 4; i++)
        {
            given[i].Should().BeApproximately(Math.Exp(i + 1) / sum, 1e-12);
        }
    }

    [Fact]
    public void An_interpolation_of_the_first_kind_is_refused() =>
        new GraphText([1, 1, 2], "y = Resize(x, s)").With(OnnxAttribute.Text("mode", "linear"))
            .Floats("s", [4], 1, 1, 1, 2).Opset(10)
            .ShouldBe<NotSupportedException>("*(Resize)*linear*");
}
