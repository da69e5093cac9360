namespace NeuralNet.Onnx.Tests.Import.Images;

/// <summary>
/// What no layer of images can be is refused; the message names the node, the attribute and the reason.
/// </summary>
public sealed class ImageRefusalTests
{
    [Fact]
    public void Images_of_three_sizes_are_refused() =>
        new GraphText([2, 3, 3, 3], "a = Relu(x)", "y = Conv(a, w)").Constant("w", 1, 2, 2, 2, 2)
            .ShouldBe<NotSupportedException>("*node 1 (Conv)*batch × 2 × 3 × 3 × 3*images have four*");

    [Fact]
    public void Features_are_no_image()
    {
        new GraphText(4, "y = MaxPool(x)").With(ImageOperatorTests.Ints("kernel_shape", 2, 2))
            .ShouldBe<NotSupportedException>("*(MaxPool)*batch × 4;*images have four*");
        new GraphText([2, 4, 4], "a = Flatten(x)", "y = Conv(a, w)").Constant("w", 1, 2, 2, 2)
            .ShouldBe<NotSupportedException>("*(Conv)*batch × 32;*images have four*");
    }

    [Theory]
    [InlineData("Conv")]
    [InlineData("GlobalAveragePool")]
    [InlineData("BatchNormalization")]
    [InlineData("LayerNormalization")]
    public void Open_sizes_are_refused(string operation) =>
        new GraphText([3, 0, 4], $"y = {operation}(x, w)").Constant("w", 2, 3, 1, 1)
            .ShouldBe<NotSupportedException>($"*({operation})*batch × 3 × ? × 4*one size*");

    [Fact]
    public void Weights_that_depend_on_the_input_are_refused()
    {
        new GraphText([2, 4, 4], "w = Sigmoid(x)", "y = Conv(x, w)")
            .ShouldBe<NotSupportedException>("*node 1 (Conv)*no constants, 'x' and 'w'*");
        new GraphText([2, 4, 4], "y = Conv(c, x)").Constant("c", 1, 2, 2, 2)
            .ShouldBe<NotSupportedException>("*(Conv)*not its first input*");
    }

    [Theory]
    [InlineData("pads", "-1", 1, 1, -1, 0)]
    [InlineData("strides", "0", 0, 1)]
    [InlineData("dilations", "2147483647", int.MaxValue, 1)]
    public void Numbers_that_no_layer_has_are_refused(string attribute, string number, params int[] values)
    {
        Conv(Ints(attribute, values))
            .ShouldBe<NotSupportedException>($"*node 0 (Conv)*'{attribute}' has the number {number};*");
        Pool("MaxPool", Ints(attribute, values))
            .ShouldBe<NotSupportedException>($"*node 0 (MaxPool)*'{attribute}' has the number {number};*");
    }

    [Theory]
    [InlineData("pads", 1)]
    [InlineData("strides", 1, 1, 1)]
    [InlineData("dilations")]
    [InlineData("kernel_shape", 2)]
    public void Attributes_of_another_number_of_axes_are_refused(string attribute, params int[] values) =>
        Conv(Ints(attribute, values))
            .ShouldBe<InvalidDataException>($"*(Conv)*'{attribute}' has {values.Length} numbers, not*");

    [Fact]
    public void Kernels_that_contradict_each_other_are_refused()
    {
        Conv(ImageOperatorTests.Ints("kernel_shape", 3, 2))
            .ShouldBe<InvalidDataException>("*(Conv)*'kernel_shape' is 3 × 2*weights is 2 × 2*");
        Conv(OnnxAttribute.Int("group", 2))
            .ShouldBe<NotSupportedException>("*(Conv)*'w' (2 × 3 × 2 × 2)*2 groups*3 channels*");
        Conv(OnnxAttribute.Int("group", 0)).ShouldBe<NotSupportedException>("*(Conv)*0 groups*");
        Conv(OnnxAttribute.Text("auto_pad", "SAME")).ShouldBe<InvalidDataException>("*(Conv)*'auto_pad' is 'SAME'*");
        new GraphText([3, 4, 4], "y = Conv(x, w)").Constant("w", 2, 3, 2)
            .ShouldBe<NotSupportedException>("*(Conv)*'w' (2 × 3 × 2) are no kernel for batch × 3 × 4 × 4*");
        new GraphText([3, 4, 4], "y = Conv(x, w, b)").Constant("w", 2, 3, 2, 2).Constant("b", 3)
            .ShouldBe<NotSupportedException>("*(Conv)*'b' (3) meets 2 features*");
        new GraphText([3, 4, 4], "y = MaxPool(x)").ShouldBe<InvalidDataException>("*(MaxPool)*no 'kernel_shape'*");
    }

    [Fact]
    public void A_kernel_that_has_no_room_is_refused()
    {
        new GraphText([3, 4, 4], "y = Conv(x, w)").Constant("w", 2, 3, 5, 2)
            .ShouldBe<NotSupportedException>("*(Conv)*no room for its kernel, 5 × 2, in an image of 4 × 4 × 3*");
        Conv(ImageOperatorTests.Ints("dilations", 1 << 20, 1)).ShouldBe<NotSupportedException>("*(Conv)*no room*");
    }

    [Fact]
    public void Windows_that_are_not_whole_are_refused()
    {
        Pool(
            "AveragePool",
            OnnxAttribute.Int("ceil_mode", 1),
            ImageOperatorTests.Ints("strides", 1, 3),
            OnnxAttribute.Int("count_include_pad", 1))
            .ShouldBe<NotSupportedException>("*(AveragePool)*'ceil_mode'*along axis 3*counts the padding*");
        Pool("MaxPool", ImageOperatorTests.Ints("dilations", 2, 1))
            .ShouldBe<NotSupportedException>("*(MaxPool)*'dilations'*");
        Pool("AveragePool", ImageOperatorTests.Ints("pads", 2, 0, 0, 0))
            .ShouldBe<NotSupportedException>("*(AveragePool)*padding*");
    }

    [Fact]
    public void The_places_of_maxima_are_refused_where_they_are_used()
    {
        GraphText text = Pool("MaxPool").Then("z = Tanh(indices)");
        text.Graph.Node[0].Output.Add("indices");
        text.Graph.Output[0].Name = "z";
        text.ShouldBe<NotSupportedException>("*(MaxPool)*'indices' is used*");
    }

    [Fact]
    public void Zeros_that_are_no_padding_of_a_layer_are_refused()
    {
        Padded("y = MaxPool(a)").With(ImageOperatorTests.Ints("kernel_shape", 2, 2))
            .ShouldBe<NotSupportedException>("*node 1 (MaxPool)*zeros*maximum*");
        Padded("y = AveragePool(a)").With(ImageOperatorTests.Ints("kernel_shape", 2, 2))
            .With(ImageOperatorTests.Ints("pads", 1, 0, 0, 0))
            .ShouldBe<NotSupportedException>("*node 1 (AveragePool)*'pads' of its own*");
        Pad([1, 0, 0, 0, 0, 0, 0, 0]).ShouldBe<NotSupportedException>("*(Pad)*adds samples*");
        Pad([0, 0, 0, -4, 0, 0, 0, 0]).ShouldBe<NotSupportedException>("*(Pad)*leaves nothing of axis 3*");
        Pad([0, 1, 1, 1, 0, 0, 0, 0]).ShouldBe<NotSupportedException>("*(Pad)*more than two axes*");
        Pad([0, 0, 1, 0]).ShouldBe<NotSupportedException>("*(Pad)*'pads' has 4 numbers*4 axes*");

        GraphText reflected = Pad([0, 0, 1, 0, 0, 0, 0, 0]);
        reflected.Graph.Node[0].Attribute.Add(OnnxAttribute.Text("mode", "reflect").Proto);
        reflected.ShouldBe<NotSupportedException>("*(Pad)*something else than zeros*");
        GraphText filled = Pad([0, 0, 1, 0, 0, 0, 0, 0]).Constant("v");
        filled.Graph.Node[0].Input.Add("v");
        filled.ShouldBe<NotSupportedException>("*(Pad)*something else than zeros*");
        GraphText old = Pad([0, 0, 1, 0, 0, 0, 0, 0]);
        old.Model.OpsetImport[0].Version = 10;
        old.ShouldBe<NotSupportedException>("*(Pad)*'pads' is no constant of whole numbers*");

        static GraphText Padded(string node) =>
            new GraphText([2, 4, 4], "a = Pad(x, p)", node).Integers("p", 0, 0, 1, 0, 0, 0, 0, 0);

        static GraphText Pad(long[] pads) =>
            new GraphText([2, 4, 4], "a = Pad(x, p)", "y = Conv(a, w)").Integers("p", pads).Constant("w", 1, 2, 2, 2);
    }

    [Fact]
    public void Axes_that_move_samples_are_refused()
    {
        Transposed(1, 0, 2, 3)
            .ShouldBe<NotSupportedException>("*output 'y', 2 × batch × 3 × 4, has samples among features*");
        Transposed(1, 0, 2, 3).Then("z = MaxPool(y)").With(ImageOperatorTests.Ints("kernel_shape", 2, 2)).Outputs("z")
            .ShouldBe<NotSupportedException>("*(MaxPool)*2 × batch × 3 × 4, is not that of the samples alone*");
        Transposed(0, 1, 2).ShouldBe<NotSupportedException>("*(Transpose)*[0, 1, 2] is no order of 4 axes*");
        Transposed(0, 1, 2, 2).ShouldBe<NotSupportedException>("*(Transpose)*[0, 1, 2, 2] is no order of 4 axes*");
        new GraphText([2, 3, 4], "y = Transpose(x)")
            .ShouldBe<NotSupportedException>("*output 'y', 4 × 3 × 2 × batch, has samples among features*");

        static GraphText Transposed(params long[] order) =>
            new GraphText([2, 3, 4], "y = Transpose(x)").With(OnnxAttribute.Ints("perm", order));
    }

    [Fact]
    public void Shapes_that_mix_samples_or_do_not_come_out_even_are_refused()
    {
        Refused(2, -1, 12);
        Refused(-1, -1, 12);
        Refused(-1, 2, -2);
        Refused(0, 7);
        Refused(-1, long.MaxValue);
        Refused(0, 5, -1);
        Refused(0, 0, 0, 0, 0);
        Refused(24);
        Refused(-1, 4, 6);

        static void Refused(params long[] shape) => Reshaped(shape).ShouldBe<NotSupportedException>(
            $"*node 0 (Reshape)*{string.Join(" × ", shape)} of batch × 2 × 3 × 4, which mixes samples, cuts*even*");

        static GraphText Reshaped(params long[] shape) =>
            new GraphText([2, 3, 4], "y = Reshape(x, s)").Integers("s", shape);
    }

    [Fact]
    public void Axes_that_are_not_there_are_refused()
    {
        new GraphText([2, 1, 4], "y = Squeeze(x, a)").Integers("a", 1)
            .ShouldBe<NotSupportedException>("*(Squeeze)*[1]*");
        new GraphText([2, 1, 4], "y = Squeeze(x, a)").Integers("a", 4)
            .ShouldBe<NotSupportedException>("*(Squeeze)*no axis 4 of 4*");
        new GraphText([2, 1, 4], "y = Unsqueeze(x, a)").Integers("a", -6)
            .ShouldBe<NotSupportedException>("*(Unsqueeze)*no axis -1 of 5*");
        new GraphText([2, 1, 4], "y = Unsqueeze(x, a)").Integers("a", 2, 2)
            .ShouldBe<NotSupportedException>("*(Unsqueeze)*each once*");
    }

    [Fact]
    public void Numbers_that_meet_no_features_are_refused()
    {
        new GraphText([2, 3, 4], "y = Add(x, c)").Constant("c", 3, 1, 1)
            .ShouldBe<NotSupportedException>("*(Add)*'c' (3 × 1 × 1)*batch × 2 × 3 × 4*");
        new GraphText([2, 3, 4], "y = Add(x, c)").Constant("c", 5, 2, 3, 4)
            .ShouldBe<NotSupportedException>("*(Add)*'c' (5 × 2 × 3 × 4)*");
        new GraphText([2, 3, 4], "y = BatchNormalization(x, c, c, c, c)").Constant("c", 3)
            .ShouldBe<NotSupportedException>("*(BatchNormalization)*'c' (3) meets 2 features*");
        new GraphText([2, 3, 4], "y = BatchNormalization(x, c, c, c, d)").Constant("c", 2).Constant("d", 3)
            .ShouldBe<NotSupportedException>("*(BatchNormalization)*'d' (3) meets 2 features*");
        new GraphText([2, 3, 4], "a = Flatten(x)", "y = MatMul(a, w)").Constant("w", 12, 2)
            .ShouldBe<NotSupportedException>("*(MatMul)*12 numbers for 24 features*");
    }

    [Fact]
    public void Sums_of_images_of_other_sizes_are_refused() =>
        new GraphText([2, 3, 4], "a = Conv(x, w)", "y = Add(x, a)").Constant("w", 3, 2, 1, 1)
            .ShouldBe<NotSupportedException>("*(Add)*dimensions, batch × 2 × 3 × 4 and batch × 3 × 3 × 4*");

    [Fact]
    public void A_small_file_does_not_make_a_large_network()
    {
        var large = new GraphText([1, 8000, 8000], "a = Conv(x, w)", "y = Relu(a)").Constant("w", 1, 1, 1, 1);
        Fuzzing.Fuzzer.Load(large.Bytes(), "large").Should().BeTrue();

        // Of more outputs than there can be, or of images that only padding makes large.
        new GraphText([1, 8000, 8000], "y = Conv(x, w)").Constant("w", 2, 1, 1, 1)
            .ShouldBe<NotSupportedException>("*(Conv)*more than 67108864 numbers*");
        Conv(ImageOperatorTests.Ints("pads", 1 << 27, 1 << 27, 1 << 27, 1 << 27))
            .ShouldBe<NotSupportedException>("*(Conv)*more than 67108864 numbers*");
    }

    private static OnnxAttribute Ints(string name, int[] values) =>
        OnnxAttribute.Ints(name, [.. values.Select(value => (long)value)]);

    private static GraphText Conv(OnnxAttribute attribute) =>
        new GraphText([3, 4, 4], "y = Conv(x, w)").Constant("w", 2, 3, 2, 2).With(attribute);

    private static GraphText Pool(string operation, params OnnxAttribute[] attributes)
    {
        GraphText text = new GraphText([3, 4, 4], $"y = {operation}(x)")
            .With(ImageOperatorTests.Ints("kernel_shape", 2, 2));
        return attributes.Aggregate(text, (all, attribute) => all.With(attribute));
    }
}
