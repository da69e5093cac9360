using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import.Images;

/// <summary>
/// Convolutions and poolings with each of their attributes, against loops that follow the standard. Constants hold
/// 0.25, 0.5, 0.75, …
/// </summary>
public sealed class ImageOperatorTests
{
    private static readonly Dictionary<string, (OnnxAttribute[] Attributes, Window Window)> _windows = new()
    {
        ["bare"] = ([], new((3, 2), (1, 1), (1, 1), [0, 0, 0, 0])),
        ["strides"] = ([Ints("strides", 2, 3)], new((3, 2), (2, 3), (1, 1), [0, 0, 0, 0])),
        ["pads"] = ([Ints("pads", 2, 0, 1, 1)], new((3, 2), (1, 1), (1, 1), [2, 0, 1, 1])),
        ["dilations"] = ([Ints("dilations", 2, 3)], new((3, 2), (1, 1), (2, 3), [0, 0, 0, 0])),
        ["all"] = (
            [Ints("strides", 3, 2), Ints("dilations", 2, 1), Ints("pads", 1, 1, 2, 0)],
            new((3, 2), (3, 2), (2, 1), [1, 1, 2, 0])),
        ["valid"] = (
            [OnnxAttribute.Text("auto_pad", "VALID"), Ints("strides", 2, 2)],
            new((3, 2), (2, 2), (1, 1), [0, 0, 0, 0])),
        ["same upper"] = ([OnnxAttribute.Text("auto_pad", "SAME_UPPER")], new((3, 2), (1, 1), (1, 1), [1, 0, 1, 1])),
        ["same lower"] = ([OnnxAttribute.Text("auto_pad", "SAME_LOWER")], new((3, 2), (1, 1), (1, 1), [1, 1, 1, 0])),
        ["same strided"] = (
            [OnnxAttribute.Text("auto_pad", "SAME_UPPER"), Ints("strides", 2, 3)],
            new((3, 2), (2, 3), (1, 1), [1, 0, 1, 1])),
        ["same dilated"] = (
            [OnnxAttribute.Text("auto_pad", "SAME_LOWER"), Ints("dilations", 2, 3)],
            new((3, 2), (1, 1), (2, 3), [2, 2, 2, 1])),
    };

    public static TheoryData<string> Convolutions { get; } = new(_windows.Keys);

    // Padding by a whole window and dilation are for convolutions only.
    public static TheoryData<string> Poolings { get; } = new(_windows.Keys.Where(name =>
        _windows[name].Window is { Dilation: (1, 1) } window && window.Pads[0] < window.Size.Height));

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void A_convolution_is_one(string name)
    {
        foreach (int groups in new[] { 1, 2, 4 })
        {
            RequireConvolution(name, groups, biases: false);
            RequireConvolution(name, groups, biases: true);
        }
    }

    private static void RequireConvolution(string name, int groups, bool biases)
    {
        (OnnxAttribute[] attributes, Window window) = _windows[name];
        GraphText text = With(new GraphText([4, 7, 7], $"y = Conv(x, w{(biases ? ", b" : "")})"), attributes)
            .With(OnnxAttribute.Int("group", groups)).Constant("w", 8, 4 / groups, 3, 2).Constant("b", 8);
        Planes image = Image(4, 7, 7);
        Planes expected = image.Convolve(
            Constants(8 * 4 / groups * 6), 8, groups, biases ? Constants(8) : null, window);

        Network<double> network = Load(text);

        RequireBothLayouts(text, image, expected);
        network.Layers.OfType<Convolution<double>>().Should().ContainSingle()
            .Which.Biases.Should().Match(found => (found != null) == biases);
    }

    [Theory]
    [MemberData(nameof(Poolings))]
    public void A_pooling_is_one(string name)
    {
        (OnnxAttribute[] attributes, Window window) = _windows[name];
        Planes image = Image(3, 7, 7);
        RequireBothLayouts(Pool("MaxPool"), image, image.MaxPool(window));
        RequireBothLayouts(Pool("AveragePool"), image, image.AveragePool(window, countsPadding: false));
        RequireBothLayouts(
            Pool("AveragePool").With(OnnxAttribute.Int("count_include_pad", 1)),
            image,
            image.AveragePool(window, countsPadding: true));

        GraphText Pool(string operation) => With(new GraphText([3, 7, 7], $"y = {operation}(x)"), attributes)
            .With(Ints("kernel_shape", 3, 2));
    }

    [Fact]
    public void A_window_that_is_whole_by_rounding_up_is_one()
    {
        GraphText text = new GraphText([2, 7, 7], "y = MaxPool(x)").With(Ints("kernel_shape", 3, 1))
            .With(Ints("strides", 2, 3)).With(OnnxAttribute.Int("ceil_mode", 1));
        RequireBothLayouts(
            text, Image(2, 7, 7), Image(2, 7, 7).MaxPool(new((3, 1), (2, 3), (1, 1), [0, 0, 0, 0])));
    }

    [Theory]
    [InlineData("strides", 2)]
    [InlineData("dilations", 3)]
    [InlineData("pads", 2, 1)]
    public void A_convolution_of_a_sequence_is_one(string attribute, params int[] sizes)
    {
        GraphText text = new GraphText([3, 9], "y = Conv(x, w, b)")
            .With(OnnxAttribute.Ints(attribute, [.. sizes.Select(size => (long)size)]))
            .Constant("w", 4, 3, 2).Constant("b", 4);
        var window = new Window(
            (1, 2),
            (1, attribute == "strides" ? sizes[0] : 1),
            (1, attribute == "dilations" ? sizes[0] : 1),
            attribute == "pads" ? [0, sizes[0], 0, sizes[1]] : [0, 0, 0, 0]);
        RequireBothLayouts(text, Image(3, 1, 9), Image(3, 1, 9).Convolve(Constants(24), 4, 1, Constants(4), window));
    }

    [Fact]
    public void Poolings_of_a_sequence_are_read()
    {
        Planes image = Image(3, 1, 9);
        var window = new Window((1, 3), (1, 2), (1, 1), [0, 1, 0, 1]);
        OnnxAttribute[] attributes = [Ints("kernel_shape", 3), Ints("strides", 2), Ints("pads", 1, 1)];
        RequireBothLayouts(
            With(new GraphText([3, 9], "y = MaxPool(x)"), attributes), image, image.MaxPool(window));
        RequireBothLayouts(
            With(new GraphText([3, 9], "y = AveragePool(x)"), attributes),
            image,
            image.AveragePool(window, countsPadding: false));
    }

    [Theory]
    [InlineData(2, 5, 4)]
    [InlineData(3, 1, 6)]
    public void A_pooling_of_all_places_is_flat(int channels, int height, int width)
    {
        Planes image = Image(channels, height, width);
        int[] sample = height == 1 ? [channels, width] : [channels, height, width];
        var window = new Window((height, width), (1, 1), (1, 1), [0, 0, 0, 0]);
        RequireBothLayouts(new GraphText(sample, "y = GlobalMaxPool(x)"), image, image.MaxPool(window));
        RequireBothLayouts(
            new GraphText(sample, "a = GlobalAveragePool(x)", "y = Flatten(a)"),
            image,
            image.AveragePool(window, countsPadding: false));
        Load(new GraphText(sample, "y = GlobalAveragePool(x)")).OutputShape.Should().Be(new FeatureShape(channels));
    }

    [Fact]
    public void A_mean_or_maximum_along_height_and_width_is_a_pooling_of_all_places()
    {
        Planes image = Image(3, 5, 4);
        var window = new Window((5, 4), (1, 1), (1, 1), [0, 0, 0, 0]);
        RequireBothLayouts(
            new GraphText([3, 5, 4], "y = ReduceMean(x)").With(Ints("axes", 2, 3)),
            image,
            image.AveragePool(window, countsPadding: false));
        GraphText later = new GraphText([3, 5, 4], "y = ReduceMax(x, a)").Integers("a", -1, -2)
            .With(OnnxAttribute.Int("keepdims", 0));
        later.Model.OpsetImport[0].Version = 18;
        RequireBothLayouts(later, image, image.MaxPool(window));

        // Of a file with the channels last.
        GraphText transposed = new GraphText([3, 5, 4], "a = Transpose(x)").With(Ints("perm", 0, 2, 3, 1))
            .Then("y = ReduceMax(a)").With(Ints("axes", 1, 2));
        RequireBothLayouts(transposed, image, image.MaxPool(window));
        new GraphText([3, 5, 4], "y = ReduceMean(x)").With(Ints("axes", 0, 2, 3))
            .ShouldBe<NotSupportedException>("*(ReduceMean)*across samples*");
    }

    [Fact]
    public void Zeros_around_an_image_are_the_padding_of_what_follows()
    {
        Planes image = Image(2, 5, 4);
        var window = new Window((3, 2), (1, 1), (1, 1), [1, 1, 2, 0]);
        long[] pads = [0, 0, 1, 1, 0, 0, 2, 0];
        Planes expected = image.Convolve(Constants(36), 3, 1, null, window);
        RequireBothLayouts(
            new GraphText([2, 5, 4], "a = Pad(x, p)", "y = Conv(a, w)").Integers("p", pads).Constant("w", 3, 2, 3, 2),
            image,
            expected);
        RequireBothLayouts(
            new GraphText([2, 5, 4], "a = Pad(x, p, z)", "y = Conv(a, w)").With(Ints("pads", 1, 0, 1, 0))
                .Integers("p", [0, 0, 0, 1, 0, 0, 1, 0]).Constant("w", 3, 2, 3, 2).Number("z", 0),
            image,
            expected);
        RequireBothLayouts(
            new GraphText([2, 5, 4], "a = Pad(x, p)", "y = AveragePool(a)").Integers("p", pads)
                .With(Ints("kernel_shape", 3, 2)),
            image,
            image.AveragePool(window, countsPadding: true));
        RequireBothLayouts(
            new GraphText([2, 5, 4], "r = Relu(x)", "a = Pad(r, p)", "y = MaxPool(a)").Integers("p", pads)
                .With(Ints("kernel_shape", 3, 2)),
            image,
            image.Map((_, value) => Math.Max(0, value)).MaxPool(window));

        GraphText old = new GraphText([2, 5, 4], "a = Pad(x)").With(Ints("pads", pads)).Then("y = Conv(a, w)")
            .Constant("w", 3, 2, 3, 2);
        old.Model.OpsetImport[0].Version = 10;
        RequireBothLayouts(old, image, expected);

        // Of images padded so, as many windows as places.
        RequireBothLayouts(
            new GraphText([2, 5, 4], "a = Pad(x, p)", "y = Conv(a, w)").Integers("p", [0, 0, 1, 0, 0, 0, 0, 0])
                .With(OnnxAttribute.Text("auto_pad", "SAME_UPPER")).Constant("w", 3, 2, 3, 2),
            image,
            image.Convolve(Constants(36), 3, 1, null, new((3, 2), (1, 1), (1, 1), [2, 0, 1, 1])));
    }

    [Fact]
    public void What_follows_a_convolution_by_channel_becomes_part_of_it()
    {
        Planes image = Image(2, 5, 4);
        var window = new Window((3, 2), (1, 1), (1, 1), [0, 0, 0, 0]);
        double[] c = Constants(3);
        GraphText text = new GraphText(
            [2, 5, 4],
            "a = Conv(x, w)",
            "b = Add(a, c)",
            "d = Mul(b, c)",
            "e = Sub(d, h)",
            "f = Div(e, s)",
            "y = Relu(f)")
            .Constant("w", 3, 2, 3, 2).Constant("c", 3, 1, 1).Constant("h", 1, 3, 1, 1).Constant("s");
        Planes expected = image.Convolve(Constants(36), 3, 1, null, window)
            .Map((f, z) => Math.Max(0, ((((z + c[f]) * c[f]) - c[f]) / 0.25)));

        RequireBothLayouts(text, image, expected);
        Load(text, OnnxImageLayout.ChannelsLast).Layers.Should().ContainSingle()
            .Which.Should().BeOfType<Convolution<double>>();
    }

    [Fact]
    public void What_precedes_a_convolution_is_a_scaling_by_channel()
    {
        Planes image = Image(2, 5, 4);
        double[] c = Constants(2);
        GraphText text = new GraphText(
            [2, 5, 4], "a = Div(x, s)", "b = Sub(a, c)", "d = Div(b, c)", "y = Conv(d, w)")
            .Constant("w", 3, 2, 3, 2).Constant("c", 2, 1, 1).Constant("s");
        Planes scaled = image.Map((channel, value) => ((value / 0.25) - c[channel]) / c[channel]);

        RequireBothLayouts(
            text, image, scaled.Convolve(Constants(36), 3, 1, null, new((3, 2), (1, 1), (1, 1), [0, 0, 0, 0])));
        Load(text).Layers.Select(layer => layer.Kind)
            .Should().Equal("permute", "batchNormalization", "convolution", "permute");
    }

    [Fact]
    public void Numbers_for_every_place_are_read_in_their_order()
    {
        Planes image = Image(2, 3, 4);
        double[] all = Constants(24);
        RequireBothLayouts(
            new GraphText([2, 3, 4], "a = Add(x, c)", "y = Conv(a, w)").Constant("c", 2, 3, 4)
                .Constant("w", 2, 2, 1, 1),
            image,
            new Planes(2, 3, 4, [.. image.Values.Zip(all, (value, one) => value + one)])
                .Convolve(Constants(4), 2, 1, null, new((1, 1), (1, 1), (1, 1), [0, 0, 0, 0])));

        Planes convolved = image.Convolve(Constants(4), 2, 1, null, new((1, 1), (1, 1), (1, 1), [0, 0, 0, 0]));
        RequireBothLayouts(
            new GraphText([2, 3, 4], "a = Conv(x, w)", "b = Flatten(a)", "y = Add(b, c)").Constant("c", 24)
                .Constant("w", 2, 2, 1, 1),
            image,
            new Planes(24, 1, 1, [.. convolved.Values.Zip(all, (value, one) => value + one)]),
            isFlat: true);
    }

    [Fact]
    public void Normalizations_and_slopes_are_by_channel()
    {
        Planes image = Image(3, 2, 4);
        double[] c = Constants(3);
        RequireBothLayouts(
            new GraphText([3, 2, 4], "y = BatchNormalization(x, c, c, c, c)").Constant("c", 3)
                .With(OnnxAttribute.Float("epsilon", 0.5)),
            image,
            image.Map((channel, value) =>
                ((value - c[channel]) / Math.Sqrt(c[channel] + 0.5) * c[channel]) + c[channel]));
        RequireBothLayouts(
            new GraphText([3, 2, 4], "y = PRelu(x, c)").Constant("c", 3, 1, 1),
            image,
            image.Map((channel, value) => value > 0 ? value : value * c[channel]));
    }

    [Fact]
    public void Softmax_is_of_the_channels_behind_a_convolution_or_of_all_features()
    {
        Planes image = Image(2, 3, 4);
        Planes z = image.Convolve(Constants(4), 2, 1, null, new((1, 1), (1, 1), (1, 1), [0, 0, 0, 0]));
        Planes byChannel = new(
            2,
            3,
            4,
            [
                .. z.Values.Select((value, i) =>
                    Math.Exp(value) / (Math.Exp(z.Values[i % 12]) + Math.Exp(z.Values[(i % 12) + 12]))),
            ]);
        RequireBothLayouts(
            new GraphText([2, 3, 4], "a = Conv(x, w)", "y = Softmax(a)").With(OnnxAttribute.Int("axis", 1))
                .Constant("w", 2, 2, 1, 1),
            image,
            byChannel);

        double sum = z.Values.Sum(Math.Exp);
        RequireBothLayouts(
            new GraphText([2, 3, 4], "a = Conv(x, w)", "b = Flatten(a)", "y = Softmax(b)").Constant("w", 2, 2, 1, 1),
            image,
            z.Map((_, value) => Math.Exp(value) / sum),
            isFlat: true);
        GraphText old = new GraphText([2, 3, 4], "a = Conv(x, w)", "y = Softmax(a)").Constant("w", 2, 2, 1, 1);
        old.Model.OpsetImport[0].Version = 11;
        RequireBothLayouts(old, image, z.Map((_, value) => Math.Exp(value) / sum));
    }

    [Fact]
    public void Softmax_is_of_the_channels_of_each_pixel_or_along_another_axis()
    {
        Planes image = Image(3, 2, 4);
        new GraphText([3, 2, 4], "y = Softmax(x)").With(OnnxAttribute.Int("axis", 1)).ShouldCompute(x =>
            x.Select((value, i) => Math.Exp(value) / Enumerable.Range(0, 3).Sum(c => Math.Exp(x[(c * 8) + (i % 8)]))));
        RequireBothLayouts(
            new GraphText([3, 2, 4], "a = MaxPool(x)").With(Ints("kernel_shape", 1, 1)).Then("y = LogSoftmax(a)")
                .With(OnnxAttribute.Int("axis", -3)),
            image,
            new(3, 2, 4, [.. image.Values.Select((value, i) =>
                value - Math.Log(Enumerable.Range(0, 3).Sum(c => Math.Exp(image.Values[(c * 8) + (i % 8)]))))]));

        // Along the columns, then along the rows.
        new GraphText([3, 2, 4], "y = Softmax(x)").ShouldCompute(x => x.Select((value, i) =>
            Math.Exp(value) / Enumerable.Range(0, 4).Sum(column => Math.Exp(x[(i / 4 * 4) + column]))));
        new GraphText([3, 2, 4], "a = Conv(x, w)", "y = Softmax(a)").With(OnnxAttribute.Int("axis", 2))
            .Constant("w", 1, 3, 1, 1).ShouldCompute(x =>
            {
                double[] z = [.. Enumerable.Range(0, 8).Select(i =>
                    Enumerable.Range(0, 3).Sum(c => (c + 1) * 0.25 * x[(c * 8) + i]))];
                return z.Select((value, i) => Math.Exp(value) / (Math.Exp(z[i % 4]) + Math.Exp(z[(i % 4) + 4])));
            });
    }

    [Fact]
    public void A_window_more_by_rounding_up_has_what_is_there()
    {
        Planes image = Image(2, 6, 8);
        OnnxAttribute[] attributes =
            [Ints("kernel_shape", 3, 2), Ints("strides", 2, 3), OnnxAttribute.Int("ceil_mode", 1)];
        RequireBothLayouts(
            With(new GraphText([2, 6, 8], "y = MaxPool(x)"), attributes),
            image,
            image.MaxPool(new((3, 2), (2, 3), (1, 1), [0, 0, 1, 0])));
        RequireBothLayouts(
            With(new GraphText([2, 6, 8], "y = AveragePool(x)"), attributes),
            image,
            image.AveragePool(new((3, 2), (2, 3), (1, 1), [0, 0, 1, 0]), countsPadding: false));
        RequireBothLayouts(
            new GraphText([2, 6, 8], "y = MaxPool(x)").With(Ints("kernel_shape", 3, 2)).With(Ints("strides", 2, 2))
                .With(Ints("pads", 1, 1, 0, 0)).With(OnnxAttribute.Int("ceil_mode", 1)),
            image,
            image.MaxPool(new((3, 2), (2, 2), (1, 1), [1, 1, 0, 1])));
    }

    [Fact]
    public void A_window_that_would_begin_behind_the_image_is_none()
    {
        // Of four places with one added on either side, windows begin at 0 and 3; one at 6 would hold nothing.
        Planes image = Image(1, 4, 4);
        RequireBothLayouts(
            new GraphText([1, 4, 4], "y = MaxPool(x)").With(Ints("kernel_shape", 2, 2)).With(Ints("strides", 3, 3))
                .With(Ints("pads", 1, 1, 1, 1)).With(OnnxAttribute.Int("ceil_mode", 1)),
            image,
            image.MaxPool(new((2, 2), (3, 3), (1, 1), [1, 1, 1, 1])));
    }

    [Fact]
    public void Zeros_around_an_image_are_a_layer_where_no_other_takes_them()
    {
        Planes image = Image(2, 3, 4);
        Planes padded = image.Pad(1, 0, 2, 3);
        long[] pads = [0, 0, 1, 0, 0, 0, 2, 3];
        RequireBothLayouts(
            new GraphText([2, 3, 4], "a = Pad(x, p)", "y = Tanh(a)").Integers("p", pads),
            image,
            padded.Map((_, value) => Math.Tanh(value)));
        GraphText old = new GraphText([2, 3, 4], "y = Pad(x)").With(Ints("pads", pads)).Opset(10);
        RequireBothLayouts(old, image, padded);
        RequireBothLayouts(
            new GraphText([2, 4], "y = Pad(x, p)").Integers("p", 0, 0, 2, 0, 0, 1),
            Image(2, 1, 4),
            Image(2, 1, 4).Pad(0, 2, 0, 1));
    }

    [Fact]
    public void Weights_may_be_calculated_from_constants()
    {
        Planes image = Image(2, 4, 4);
        RequireBothLayouts(
            new GraphText([2, 4, 4], "w = Sqrt(c)", "y = Conv(x, w)").Constant("c", 1, 2, 2, 2),
            image,
            image.Convolve(
                [.. Constants(8).Select(Math.Sqrt)], 1, 1, null, new((2, 2), (1, 1), (1, 1), [0, 0, 0, 0])));
    }

    [Fact]
    public void A_sum_with_an_image_of_one_channel_adds_it_to_each()
    {
        Planes image = Image(2, 3, 4);
        double[] inner =
            [.. Enumerable.Range(0, 12).Select(i => (0.25 * image.Values[i]) + (0.5 * image.Values[i + 12]))];
        RequireBothLayouts(
            new GraphText([2, 3, 4], "a = Conv(x, w)", "y = Add(x, a)").Constant("w", 1, 2, 1, 1),
            image,
            new(2, 3, 4, [.. image.Values.Select((value, i) => value + inner[i % 12])]));
    }

    /// <summary>Tests the network with the file's order of features, and with channels last.</summary>
    internal static void RequireBothLayouts(GraphText text, Planes image, Planes expected, bool isFlat = false)
    {
        Network<double> asInFile = Load(text);
        Network<double> channelsLast = Load(text, OnnxImageLayout.ChannelsLast);

        Predict(asInFile, [.. image.Values]).Should().Equal(expected.Values, Close);
        Predict(channelsLast, image.ChannelsLast())
            .Should().Equal(isFlat ? expected.Values : expected.ChannelsLast(), Close);
        channelsLast.Layers[0].Should().NotBeOfType<Permute<double>>();
    }

    internal static Planes Image(int channels, int height, int width)
    {
        var random = new Random(1);
        double[] values = new double[channels * height * width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextDouble() - 0.5;
        }

        return new(channels, height, width, values);
    }

    internal static double[] Constants(int count) => [.. Enumerable.Range(1, count).Select(i => i * 0.25)];

    internal static OnnxAttribute Ints(string name, params long[] values) => OnnxAttribute.Ints(name, values);

    private static bool Close(double actual, double expected) =>
        Math.Abs(actual - expected) <= 1e-9 * Math.Max(1, Math.Abs(expected));

    private static double[] Predict(Network<double> network, double[] inputs)
    {
        double[] outputs = new double[network.OutputSize];
        network.Predict(inputs, outputs);
        return outputs;
    }

    private static GraphText With(GraphText text, OnnxAttribute[] attributes) =>
        attributes.Aggregate(text, (all, attribute) => all.With(attribute));

    private static Network<double> Load(GraphText text, OnnxImageLayout layout = OnnxImageLayout.AsInFile) =>
        Network.LoadOnnx<double>(new MemoryStream(text.Bytes()), new() { ImageLayout = layout });
}
