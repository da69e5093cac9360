using NeuralNet.Convolutions;

namespace NeuralNet.Onnx.Tests.Import.Images;

/// <summary>
/// Operators that make images larger, against loops that follow the standard. Constants hold 0.25, 0.5, 0.75, …
/// </summary>
public sealed class UpscalingTests
{
    private static readonly Dictionary<string, (OnnxAttribute[] Attributes, Window Window, (int, int) Extra)> _windows =
        new()
        {
            ["bare"] = ([], new((3, 2), (1, 1), (1, 1), [0, 0, 0, 0]), (0, 0)),
            ["strides"] = ([Ints("strides", 2, 3)], new((3, 2), (2, 3), (1, 1), [0, 0, 0, 0]), (0, 0)),
            ["pads"] = ([Ints("pads", 2, 0, 1, 1)], new((3, 2), (1, 1), (1, 1), [2, 0, 1, 1]), (0, 0)),
            ["dilations"] = ([Ints("dilations", 2, 3)], new((3, 2), (1, 1), (2, 3), [0, 0, 0, 0]), (0, 0)),
            ["all"] = (
                [
                    Ints("strides", 3, 2), Ints("dilations", 1, 2), Ints("pads", 1, 0, 2, 1),
                    Ints("output_padding", 2, 1),
                ],
                new((3, 2), (3, 2), (1, 2), [1, 0, 2, 1]),
                (2, 1)),
            ["same upper"] = (
                [OnnxAttribute.Text("auto_pad", "SAME_UPPER"), Ints("strides", 2, 1)],
                new((3, 2), (2, 1), (1, 1), [0, 0, 1, 1]),
                (0, 0)),
            ["same lower"] = (
                [OnnxAttribute.Text("auto_pad", "SAME_LOWER"), Ints("strides", 2, 1)],
                new((3, 2), (2, 1), (1, 1), [1, 1, 0, 0]),
                (0, 0)),
            ["output shape"] = (
                [Ints("output_shape", 6, 4), Ints("strides", 2, 1)],
                new((3, 2), (2, 1), (1, 1), [1, 1, 0, 0]),
                (0, 0)),
            ["valid"] = (
                [OnnxAttribute.Text("auto_pad", "VALID"), Ints("strides", 2, 2)],
                new((3, 2), (2, 2), (1, 1), [0, 0, 0, 0]),
                (0, 0)),
        };

    public static TheoryData<string> Windows { get; } = new(_windows.Keys);

    [Theory]
    [MemberData(nameof(Windows))]
    public void A_transposed_convolution_is_one(string name)
    {
        (OnnxAttribute[] attributes, Window window, (int, int) extra) = _windows[name];
        Planes image = ImageOperatorTests.Image(4, 3, 4);
        foreach (int groups in new[] { 1, 2, 4 })
        {
            GraphText text = attributes.Aggregate(
                new GraphText([4, 3, 4], "y = ConvTranspose(x, w, b)"), (all, attribute) => all.With(attribute))
                .With(OnnxAttribute.Int("group", groups)).Constant("w", 4, 8 / groups, 3, 2).Constant("b", 8);
            ImageOperatorTests.RequireBothLayouts(
                text,
                image,
                image.ConvolveTransposed(
                    ImageOperatorTests.Constants(4 * 8 / groups * 6),
                    8,
                    groups,
                    ImageOperatorTests.Constants(8),
                    window,
                    extra));
        }
    }

    [Fact]
    public void What_follows_a_transposed_convolution_becomes_part_of_it()
    {
        Planes image = ImageOperatorTests.Image(2, 3, 4);
        GraphText text = new GraphText([2, 3, 4], "a = ConvTranspose(x, w)").With(Ints("strides", 2, 2))
            .Then("b = Mul(a, c)").Then("d = Add(b, c)").Then("y = Relu(d)").Constant("w", 2, 3, 2, 2)
            .Constant("c", 3, 1, 1);
        Planes expected = image.ConvolveTransposed(
            ImageOperatorTests.Constants(24), 3, 1, null, new((2, 2), (2, 2), (1, 1), [0, 0, 0, 0]))
            .Map((f, value) => Math.Max(0, (value * (f + 1) * 0.25) + ((f + 1) * 0.25)));

        ImageOperatorTests.RequireBothLayouts(text, image, expected);
        text.Load(new() { ImageLayout = OnnxImageLayout.ChannelsLast }).Layers.Should().ContainSingle()
            .Which.Should().BeOfType<TransposedConvolution<double>>();
    }

    [Fact]
    public void A_transposed_convolution_of_a_sequence_is_one()
    {
        Planes image = ImageOperatorTests.Image(3, 1, 5);
        GraphText text = new GraphText([3, 5], "y = ConvTranspose(x, w)").With(Ints("strides", 3))
            .With(Ints("pads", 1, 0)).With(Ints("output_padding", 2)).Constant("w", 3, 2, 4);
        ImageOperatorTests.RequireBothLayouts(
            text,
            image,
            image.ConvolveTransposed(
                ImageOperatorTests.Constants(24), 2, 1, null, new((1, 4), (1, 3), (1, 1), [0, 1, 0, 0]), (0, 2)));
    }

    [Fact]
    public void A_transposed_convolution_that_contradicts_itself_is_refused()
    {
        Transposed().Constant("w", 2, 3, 2, 2)
            .ShouldBe<NotSupportedException>("*(ConvTranspose)*'w' (2 × 3 × 2 × 2) and its 1 groups do not fit*");
        Transposed().Constant("w", 4, 3, 2).ShouldBe<NotSupportedException>("*(ConvTranspose)*'w' (4 × 3 × 2)*");
        Transposed(OnnxAttribute.Int("group", 3)).Constant("w", 4, 3, 2, 2)
            .ShouldBe<NotSupportedException>("*(ConvTranspose)*3 groups do not fit*");
        Transposed(Ints("strides", 0, 1)).Constant("w", 4, 3, 2, 2)
            .ShouldBe<NotSupportedException>("*(ConvTranspose)*'strides' is [0, 1]*");
        Transposed(Ints("pads", 1, 1)).Constant("w", 4, 3, 2, 2)
            .ShouldBe<NotSupportedException>("*(ConvTranspose)*'pads' is [1, 1]*");
        Transposed(Ints("pads", 9, 9, 9, 9)).Constant("w", 4, 3, 2, 2)
            .ShouldBe<NotSupportedException>("*(ConvTranspose)*leaves nothing*");
        Transposed(Ints("output_shape", 90, 4)).Constant("w", 4, 3, 2, 2)
            .ShouldBe<NotSupportedException>("*(ConvTranspose)*output is 90 long*");

        static GraphText Transposed(params OnnxAttribute[] attributes) => attributes.Aggregate(
            new GraphText([4, 3, 4], "y = ConvTranspose(x, w)"), (all, attribute) => all.With(attribute));
    }

    [Theory]
    [InlineData("asymmetric", "floor")]
    [InlineData("half_pixel", "round_prefer_floor")]
    [InlineData("half_pixel", "round_prefer_ceil")]
    [InlineData("pytorch_half_pixel", "round_prefer_floor")]
    public void Pixels_are_repeated(string coordinates, string rounding)
    {
        Planes image = ImageOperatorTests.Image(2, 3, 4);
        ImageOperatorTests.RequireBothLayouts(
            Resize(coordinates, "nearest").With(OnnxAttribute.Text("nearest_mode", rounding)),
            image,
            image.Repeat(2, 3));
    }

    [Fact]
    public void Pixels_are_repeated_by_sizes_and_in_older_files()
    {
        Planes image = ImageOperatorTests.Image(2, 3, 4);
        GraphText sizes = new GraphText(
            [2, 3, 4], "d = Shape(x)", "n = Slice(d, zero, two)", "s = Concat(n, size)", "y = Resize(x, none, none, s)")
            .Integers("zero", 0).Integers("two", 2).Integers("size", 6, 12);
        sizes.Graph.Node[3].Input[1] = "";
        sizes.Graph.Node[3].Input[2] = "";
        ImageOperatorTests.RequireBothLayouts(sizes, image, image.Repeat(2, 3));
        ImageOperatorTests.RequireBothLayouts(
            new GraphText([2, 3, 4], "y = Upsample(x, s)").Floats("s", [4], 1, 1, 2, 3).Opset(9),
            image,
            image.Repeat(2, 3));
        ImageOperatorTests.RequireBothLayouts(
            new GraphText([2, 3, 4], "y = Upsample(x)").WithFloats("scales", 1, 1, 2, 3).Opset(8),
            image,
            image.Repeat(2, 3));
        Planes steps = ImageOperatorTests.Image(2, 1, 4);
        ImageOperatorTests.RequireBothLayouts(
            new GraphText([2, 4], "y = Resize(x, none, s)").Floats("s", [3], 1, 1, 3).Floats("none", [0]),
            steps,
            steps.Repeat(1, 3));
    }

    [Theory]
    [InlineData("half_pixel")]
    [InlineData("pytorch_half_pixel")]
    public void Pixels_are_interpolated(string coordinates)
    {
        Planes image = ImageOperatorTests.Image(2, 3, 4);
        ImageOperatorTests.RequireBothLayouts(Resize(coordinates, "linear"), image, image.Interpolate(2, 3));
    }

    [Fact]
    public void Other_resizings_are_refused()
    {
        Resize("align_corners", "linear").ShouldBe<NotSupportedException>("*(Resize)*linear with align_corners*");
        Resize("asymmetric", "nearest").ShouldBe<NotSupportedException>("*(Resize)*nearest with asymmetric*");
        Resize("half_pixel", "cubic").ShouldBe<NotSupportedException>("*(Resize)*cubic with half_pixel*");
        Scaled(1, 1, 1.5, 2).ShouldBe<NotSupportedException>("*(Resize)*[1, 1, 1.5, 2]*whole factors*");
        Scaled(1, 2, 2, 2).ShouldBe<NotSupportedException>("*(Resize)*[1, 2, 2, 2]*whole factors*");
        Scaled(1, 1, 2).ShouldBe<NotSupportedException>("*(Resize)*[1, 1, 2]*whole factors*");
        new GraphText([2, 3, 4], "s = Relu(x)", "y = Resize(x, none, s)").Floats("none", [0])
            .ShouldBe<NotSupportedException>("*(Resize)*two values that are no constants*");
        new GraphText([2, 3, 4], "y = Upsample(x, s)").With(OnnxAttribute.Text("mode", "linear"))
            .Floats("s", [4], 1, 1, 2, 2).Opset(9).ShouldBe<NotSupportedException>("*(Upsample)*mode is linear*");

        static GraphText Scaled(params double[] factors) =>
            new GraphText([2, 3, 4], "y = Resize(x, none, s)").Floats("none", [0])
                .Floats("s", [factors.Length], factors);
    }

    private static GraphText Resize(string coordinates, string mode) =>
        new GraphText([2, 3, 4], "y = Resize(x, none, s)")
            .With(OnnxAttribute.Text("coordinate_transformation_mode", coordinates))
            .With(OnnxAttribute.Text("mode", mode)).Floats("none", [0]).Floats("s", [4], 1, 1, 2, 3);

    private static OnnxAttribute Ints(string name, params long[] values) => OnnxAttribute.Ints(name, values);
}
