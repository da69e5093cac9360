using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import.Images;

/// <summary>Axes in another order, dimensions made one or several: how features keep their places.</summary>
public sealed class ImageShapeTests
{
    [Fact]
    public void A_file_with_the_channels_last_needs_no_permutation()
    {
        GraphText text = new GraphText([5, 4, 3], "a = Transpose(x)").With(ImageOperatorTests.Ints("perm", 0, 3, 1, 2))
            .Then("b = Conv(a, w)").Then("y = Transpose(b)").With(ImageOperatorTests.Ints("perm", 0, 2, 3, 1))
            .Constant("w", 2, 3, 1, 1);
        Planes image = ImageOperatorTests.Image(3, 5, 4);
        Planes expected = Pointwise(image, 2);

        foreach (OnnxImageLayout layout in Enum.GetValues<OnnxImageLayout>())
        {
            Network<double> network = Load(text, layout);
            network.Layers.Should().ContainSingle();
            network.InputShape.Should().Be(new FeatureShape(5, 4, 3));
            RequireClose(network, image.ChannelsLast(), expected.ChannelsLast());
        }
    }

    [Fact]
    public void A_file_with_the_channels_first_begins_with_a_permutation_unless_asked_otherwise()
    {
        GraphText text = new GraphText([3, 5, 4], "b = Conv(x, w)", "y = Flatten(b)").Constant("w", 2, 3, 1, 1);
        Network<double> asInFile = Load(text);
        asInFile.InputShape.Should().Be(new FeatureShape(3, 5, 4));
        asInFile.Layers.Select(layer => layer.Kind).Should().Equal("permute", "convolution", "permute");
        Network<double> channelsLast = Load(text, OnnxImageLayout.ChannelsLast);
        channelsLast.InputShape.Should().Be(new FeatureShape(5, 4, 3));
        channelsLast.Layers.Select(layer => layer.Kind).Should().Equal("convolution", "permute");

        FluentActions.Invoking(() => Load(text, (OnnxImageLayout)7))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*no OnnxImageLayout 7*");
    }

    [Fact]
    public void A_file_with_one_channel_needs_no_permutation()
    {
        Network<double> network = Load(new GraphText([1, 5, 4], "y = Conv(x, w)").Constant("w", 1, 1, 2, 2));
        network.InputShape.Should().Be(new FeatureShape(5, 4, 1));
        network.Layers.Should().ContainSingle();
    }

    [Theory]
    [InlineData(OnnxImageLayout.AsInFile)]
    [InlineData(OnnxImageLayout.ChannelsLast)]
    public void Without_layers_for_images_a_file_keeps_its_order(OnnxImageLayout layout)
    {
        Planes image = ImageOperatorTests.Image(3, 2, 4);
        RequireClose(
            Load(new GraphText([3, 2, 4], "y = Relu(x)"), layout),
            [.. image.Values],
            [.. image.Values.Select(value => Math.Max(0, value))]);
        RequireClose(Load(new GraphText([3, 2, 4], "y = Flatten(x)"), layout), [.. image.Values], [.. image.Values]);
        RequireClose(
            Load(
                new GraphText([3, 2, 4], "y = Transpose(x)").With(ImageOperatorTests.Ints("perm", 0, 2, 3, 1)), layout),
            [.. image.Values],
            image.ChannelsLast());
        RequireClose(
            Load(new GraphText([3, 2, 4], "y = Add(x, c)").Constant("c", 2, 1), layout),
            [.. image.Values],
            [.. image.Values.Select((value, i) => value + ImageOperatorTests.Constants(2)[i / 4 % 2])]);
        RequireClose(
            Load(new GraphText([3, 2, 4], "a = Flatten(x)", "y = MatMul(a, w)").Constant("w", 24, 1), layout),
            [.. image.Values],
            [image.Values.Zip(ImageOperatorTests.Constants(24), (value, weight) => value * weight).Sum()]);
    }

    [Fact]
    public void A_dense_layer_takes_a_flattened_image_in_its_order()
    {
        Planes image = ImageOperatorTests.Image(3, 2, 4);
        Planes convolved = Pointwise(image, 2);
        double[] weights = ImageOperatorTests.Constants(16 * 2);
        double[] expected =
        [
            .. Enumerable.Range(0, 2).Select(
                output => convolved.Values.Select((value, i) => value * weights[(2 * i) + output]).Sum()),
        ];
        foreach (string[] nodes in (string[][])
        [
            ["b = Flatten(a)"],
            ["b = Reshape(a, r)"],
            ["b = Reshape(a, s)"],
            [
                "d = Shape(a)",
                "e = Gather(d, zero)",
                "f = Unsqueeze(e, zero)",
                "g = Concat(f, rest)",
                "b = Reshape(a, g)",
            ],
            ["d = Reshape(a, t)", "e = Identity(d)", "f = Reshape(e, q)", "b = Flatten(f)"],
            ["d = Unsqueeze(a, two)", "e = Squeeze(d, two)", "f = Identity(e)", "b = Flatten(f)"],
        ])
        {
            GraphText text = new GraphText([3, 2, 4], ["a = Conv(x, w)", .. nodes, "y = MatMul(b, v)"])
                .Constant("w", 2, 3, 1, 1).Constant("v", 16, 2).Integers("r", -1, 16).Integers("s", 0, -1)
                .Integers("zero", 0).Integers("rest", -1).Integers("t", -1, 2, 2, 2, 2).Integers("q", 0, 4, -1)
                .Integers("two", 2);
            RequireClose(Load(text), [.. image.Values], expected);
        }
    }

    [Fact]
    public void Channels_in_turn_of_two_groups_are_a_permutation()
    {
        Planes image = ImageOperatorTests.Image(6, 2, 3);
        GraphText text = new GraphText([6, 2, 3], "a = Reshape(x, s)", "b = Transpose(a)")
            .With(ImageOperatorTests.Ints("perm", 0, 2, 1, 3, 4)).Then("c = Reshape(b, r)").Then("y = Conv(c, w)")
            .Integers("s", -1, 2, 3, 2, 3).Integers("r", -1, 6, 2, 3).Constant("w", 2, 6, 1, 1);
        var shuffled = new Planes(
            6, 2, 3, [.. Enumerable.Range(0, 36).Select(i => image[(i / 6 / 2) + (i / 6 % 2 * 3), i % 6 / 3, i % 3])]);
        RequireClose(Load(text), [.. image.Values], [.. Pointwise(shuffled, 2).Values]);
    }

    [Fact]
    public void Features_that_become_an_image_are_permuted_where_they_do()
    {
        Planes image = ImageOperatorTests.Image(3, 2, 4);
        GraphText text = new GraphText(24, "a = Reshape(x, s)", "y = Conv(a, w)").Integers("s", -1, 3, 2, 4)
            .Constant("w", 2, 3, 1, 1);
        Network<double> network = Load(text);
        network.InputShape.Should().Be(new FeatureShape(24));
        RequireClose(network, [.. image.Values], [.. Pointwise(image, 2).Values]);
    }

    [Fact]
    public void A_block_of_images_adds_them_in_one_order()
    {
        Planes image = ImageOperatorTests.Image(2, 3, 4);
        Planes convolved = Pointwise(image, 2);
        RequireClose(
            Load(new GraphText([2, 3, 4], "a = Conv(x, w)", "y = Add(x, a)").Constant("w", 2, 2, 1, 1)),
            [.. image.Values],
            [.. image.Values.Zip(convolved.Values, (value, inner) => value + inner)]);

        // x + F(x), where F ends in an order of its own.
        Planes square = ImageOperatorTests.Image(2, 3, 3);
        GraphText transposed = new GraphText([2, 3, 3], "a = Transpose(x)")
            .With(ImageOperatorTests.Ints("perm", 0, 1, 3, 2)).Then("b = Conv(a, w)").Then("y = Add(b, x)")
            .Constant("w", 2, 2, 1, 1);
        Planes turned = Pointwise(square, 2);
        RequireClose(
            Load(transposed),
            [.. square.Values],
            [.. Enumerable.Range(0, 18).Select(i => square.Values[i] + turned[i / 9, i % 3, i / 3 % 3])]);
        RequireClose(
            Load(new GraphText([2, 3, 4], "a = Relu(x)", "y = Add(a, x)")),
            [.. image.Values],
            [.. image.Values.Select(value => Math.Max(0, value) + value)]);
    }

    [Fact]
    public void A_single_sample_may_have_no_dimension()
    {
        Planes image = ImageOperatorTests.Image(2, 2, 2);
        GraphText text = new GraphText([2, 2, 2], "a = Conv(x, w)", "b = Reshape(a, s)", "y = MatMul(b, v)")
            .Integers("s", 8).Constant("w", 2, 2, 1, 1).Constant("v", 8, 1);
        text.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new() { DimValue = 1 };
        RequireClose(
            Load(text),
            [.. image.Values],
            [Pointwise(image, 2).Values.Zip(ImageOperatorTests.Constants(8), (value, weight) => value * weight).Sum()]);
    }

    [Fact]
    public void Rows_of_places_are_rows_of_samples_again_where_they_lie_one_after_the_other()
    {
        Planes image = ImageOperatorTests.Image(2, 3, 4);
        RequireClose(
            Load(new GraphText([2, 3, 4], "y = Reshape(x, s)").Integers("s", -1, 12)),
            [.. image.Values],
            [.. image.Values]);

        // Of each of the six rows of four, the products with two columns.
        double[] weights = ImageOperatorTests.Constants(8);
        RequireClose(
            Load(
                new GraphText([2, 3, 4], "a = Reshape(x, s)", "y = MatMul(a, w)").Integers("s", -1, 4)
                    .Constant("w", 4, 2)),
            [.. image.Values],
            [.. Enumerable.Range(0, 12).Select(i => Enumerable.Range(0, 4).Sum(k =>
                image.Values[(i / 2 * 4) + k] * weights[(2 * k) + (i % 2)]))]);
    }

    [Fact]
    public void Weights_of_another_shape_are_reshaped()
    {
        Planes image = ImageOperatorTests.Image(2, 2, 2);
        GraphText text = new GraphText([2, 2, 2], "v = Reshape(c, s)", "a = Flatten(x)", "y = MatMul(a, v)")
            .Integers("s", 0, -1).Constant("c", 8, 1, 1);
        RequireClose(
            Load(text),
            [.. image.Values],
            [image.Values.Zip(ImageOperatorTests.Constants(8), (value, weight) => value * weight).Sum()]);
        new GraphText([2, 2, 2], "v = Reshape(c, s)", "a = Flatten(x)", "y = MatMul(a, v)")
            .Integers("s", 3, -1).Constant("c", 8, 1, 1)
            .ShouldBe<InvalidDataException>("*node 0 (Reshape)*[3, 2]*'c' (8 × 1 × 1)*");
    }

    private static Planes Pointwise(Planes image, int filters) => image.Convolve(
        ImageOperatorTests.Constants(filters * image.Channels),
        filters,
        1,
        null,
        new((1, 1), (1, 1), (1, 1), [0, 0, 0, 0]));

    private static void RequireClose(Network<double> network, double[] inputs, double[] expected) =>
        Predict(network, inputs).Should().Equal(
            expected, (actual, one) => Math.Abs(actual - one) <= 1e-9 * Math.Max(1, Math.Abs(one)));

    private static double[] Predict(Network<double> network, double[] inputs)
    {
        double[] outputs = new double[network.OutputSize];
        network.Predict(inputs, outputs);
        return outputs;
    }

    private static Network<double> Load(GraphText text, OnnxImageLayout layout = OnnxImageLayout.AsInFile) =>
        Network.LoadOnnx<double>(new MemoryStream(text.Bytes()), new() { ImageLayout = layout });
}
