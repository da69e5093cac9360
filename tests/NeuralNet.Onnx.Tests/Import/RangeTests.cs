namespace NeuralNet.Onnx.Tests.Import;

/// <summary>
/// Operators that take some places of a value, or read it with other dimensions. A sample is three rows of four.
/// </summary>
public sealed class RangeTests
{
    private static readonly int[] _matrix = [3, 4];

    [Fact]
    public void A_range_is_taken_by_attributes_or_by_inputs()
    {
        GraphText old = new GraphText(_matrix, "y = Slice(x)").With(Ints("starts", 1, 0)).With(Ints("ends", 3, 2))
            .With(Ints("axes", 1, 2)).Opset(9);
        old.ShouldCompute(x => Part(x, [1, 2], [0, 1]));
        Slice([1, 0], [3, 2], [1, 2], [1, 1]).ShouldCompute(x => Part(x, [1, 2], [0, 1]));
        Slice([1], [long.MaxValue], [2], [1]).ShouldCompute(x => Part(x, [0, 1, 2], [1, 2, 3]));
        new GraphText(_matrix, "y = Slice(x, starts, ends, axes)").Integers("starts", 1).Integers("ends", 2)
            .Integers("axes", 1).ShouldCompute(x => Part(x, [1], [0, 1, 2, 3]));
        new GraphText(4, "y = Slice(x, starts, ends, axes)").Integers("starts", 1).Integers("ends", 3)
            .Integers("axes", 1).ShouldCompute(x => [x[1], x[2]]);
    }

    [Fact]
    public void A_range_is_counted_from_the_end_or_has_steps()
    {
        Slice([-2], [-1], [-1], [1]).ShouldCompute(x => Part(x, [0, 1, 2], [2]));
        Slice([-100], [100], [2], [2]).ShouldCompute(x => Part(x, [0, 1, 2], [0, 2]));
        Slice([-1], [long.MinValue], [1], [-1]).ShouldCompute(x => Part(x, [2, 1, 0], [0, 1, 2, 3]));
        Slice([3, 2], [0, 0], [2, 1], [-2, -1]).ShouldCompute(x => Part(x, [2, 1], [3, 1]));
    }

    [Fact]
    public void A_range_of_what_a_layer_computes_is_taken()
    {
        new GraphText(2, "a = MatMul(x, w)", "b = Slice(a, one, three, one)", "y = Relu(b)").Constant("w", 2, 4)
            .Integers("one", 1).Integers("three", 3).ShouldCompute(x =>
            [
                Math.Max(0, (0.5 * x[0]) + (1.5 * x[1])), Math.Max(0, (0.75 * x[0]) + (1.75 * x[1])),
            ]);
        new GraphText([2, 2, 2], "a = Conv(x, w)", "b = Slice(a, one, three, one)", "y = Tanh(b)")
            .Constant("w", 3, 2, 1, 1).Integers("one", 1).Integers("three", 3).ShouldCompute(x =>
                Enumerable.Range(0, 8).Select(i =>
                    Math.Tanh((((i / 4 * 2) + 3) * 0.25 * x[i % 4]) + (((i / 4 * 2) + 4) * 0.25 * x[4 + (i % 4)]))));
    }

    [Fact]
    public void A_range_of_nothing_or_of_samples_is_refused()
    {
        Slice([2], [1], [1], [1]).ShouldBe<NotSupportedException>("*(Slice)*no place at all*");
        Slice([0], [1], [0], [1]).ShouldBe<NotSupportedException>("*(Slice)*axis 0, across samples*");
        Slice([0], [1], [3], [1]).ShouldBe<NotSupportedException>("*(Slice)*axis 3 of 3 axes, which there is not*");
        Slice([0], [1], [1], [0]).ShouldBe<InvalidDataException>("*(Slice)*steps do not fit*");
        new GraphText(_matrix, "a = Relu(x)", "y = Slice(x, a, a)")
            .ShouldBe<NotSupportedException>("*(Slice)*two values that are no constants*");
    }

    [Fact]
    public void A_split_gives_its_parts()
    {
        Split("a b = Split(x)", 1, 2)
            .ShouldCompute(x => [.. Part(x, [0, 1, 2], [2, 3]), .. Part(x, [0, 1, 2], [0, 1])]);

        // The last of uneven ones is shorter.
        GraphText uneven = new GraphText(5, "a b = Split(x)").With(OnnxAttribute.Int("axis", 1))
            .Then("y = Concat(b, a)").With(OnnxAttribute.Int("axis", 1));
        uneven.ShouldCompute(x => [x[3], x[4], x[0], x[1], x[2]]);

        GraphText byAttribute = Split("a b = Split(x)", 2, 2).Opset(11);
        byAttribute.Graph.Node[0].Attribute.Add(Ints("split", 1, 3).Proto);
        byAttribute.ShouldCompute(x => Rows(x, [1, 2, 3], [0]));
        Split("a b = Split(x, sizes)", 2, 2).Integers("sizes", 1, 3).ShouldCompute(x => Rows(x, [1, 2, 3], [0]));

        // Of each row first what was last.
        static IEnumerable<double> Rows(double[] x, int[] first, int[] then) =>
            Enumerable.Range(0, 3).SelectMany(row => Part(x, [row], [.. first, .. then]));
    }

    [Fact]
    public void Only_some_parts_of_a_split_may_be_used()
    {
        new GraphText(6, "a b c = Split(x)").With(OnnxAttribute.Int("axis", 1)).Then("y = Relu(b)")
            .ShouldCompute(x => [Math.Max(0, x[2]), Math.Max(0, x[3])]);
        new GraphText(6, "a y = Split(x)").With(OnnxAttribute.Int("axis", 1)).ShouldCompute(x => [x[3], x[4], x[5]]);
        new GraphText(6, "a b = Split(x)").With(OnnxAttribute.Int("axis", 1)).Then("c = Tanh(a)").Then("y = Mul(c, b)")
            .ShouldCompute(x => Enumerable.Range(0, 3).Select(i => Math.Tanh(x[i]) * x[i + 3]));
    }

    [Fact]
    public void A_split_that_does_not_come_out_even_is_refused()
    {
        Split("a b = Split(x, sizes)", 1, 2).Integers("sizes", 1, 4)
            .ShouldBe<NotSupportedException>("*node 0 (Split)*1 + 4 of 4 places*");
        Split("a b = Split(x, sizes)", 1, 2).Integers("sizes", 4)
            .ShouldBe<NotSupportedException>("*node 0 (Split)*4 of 4 places*");
        new GraphText(4, "a b = Split(x)", "y = Relu(a)")
            .ShouldBe<NotSupportedException>("*node 0 (Split)*axis 0, across samples*");
    }

    [Fact]
    public void Places_are_gathered()
    {
        new GraphText(_matrix, "y = Gather(x, i)").With(OnnxAttribute.Int("axis", 2)).Integers("i", 3, -4, 1, 1)
            .ShouldCompute(x => Part(x, [0, 1, 2], [3, 0, 1, 1]));
        new GraphText(_matrix, "y = Gather(x, i)").With(OnnxAttribute.Int("axis", -2)).Integers("i", -1, 0)
            .ShouldCompute(x => Part(x, [2, 0], [0, 1, 2, 3]));
        new GraphText(4, "a = MatMul(x, w)", "y = Gather(a, i)").With(OnnxAttribute.Int("axis", 1)).Integers("i", 1, 0)
            .Constant("w", 4, 2).ShouldCompute(x =>
            [
                x.Select((value, i) => value * (i + 1) * 0.5).Sum(),
                x.Select((value, i) => value * ((2 * i) + 1) * 0.25).Sum(),
            ]);
    }

    [Fact]
    public void A_single_place_loses_its_axis()
    {
        // As steps × features, of which the last step goes into a product with a matrix.
        new GraphText(_matrix, "a = Gather(x, last)").With(OnnxAttribute.Int("axis", 1)).Then("y = Gemm(a, w)")
            .Integer("last", -1).Constant("w", 4, 2).ShouldCompute(x => Enumerable.Range(0, 2).Select(
                j => Enumerable.Range(0, 4).Sum(i => x[8 + i] * ((2 * i) + j + 1) * 0.25)));
        new GraphText(_matrix, "a = Gather(x, i)").With(OnnxAttribute.Int("axis", 1)).Then("y = Gemm(a, w)")
            .Integers("i", 2).Constant("w", 4, 2)
            .ShouldBe<NotSupportedException>("*node 1 (Gemm)*batch × 1 × 4*two dimensions*");
    }

    [Fact]
    public void Places_that_there_are_not_are_refused()
    {
        new GraphText(4, "y = Gather(x, i)").With(OnnxAttribute.Int("axis", 1)).Integers("i", 0, 4)
            .ShouldBe<NotSupportedException>("*(Gather)*place 4 of 4*");
        new GraphText(4, "y = Gather(x, i)").With(OnnxAttribute.Int("axis", 1)).Integers("i", -5)
            .ShouldBe<NotSupportedException>("*(Gather)*place -5 of 4*");
        new GraphText(4, "y = Gather(x, i)").Integers("i", 0)
            .ShouldBe<NotSupportedException>("*(Gather)*axis 0, across samples*");
        new GraphText(4, "a = Relu(x)", "y = Gather(a, x)").With(OnnxAttribute.Int("axis", 1))
            .ShouldBe<NotSupportedException>("*(Gather)*two values that are no constants*");
    }

    [Fact]
    public void Features_are_extracted() =>
        new GraphText(4, "y = ai.onnx.ml.ArrayFeatureExtractor(x, i)").Integers("i", 2, 0)
            .ShouldCompute(x => [x[2], x[0]]);

    [Fact]
    public void Axes_of_size_1_come_and_go()
    {
        new GraphText(_matrix, "a = Unsqueeze(x, i)", "b = Squeeze(a, first)", "y = Softmax(b)")
            .Integers("i", 1, -1).Integers("first", 1).With(OnnxAttribute.Int("axis", 2))
            .ShouldCompute(x => x.Select((value, i) =>
                Math.Exp(value) / Enumerable.Range(0, 4).Sum(k => Math.Exp(x[(i / 4 * 4) + k]))));
        GraphText old = new GraphText(4, "a = Unsqueeze(x)").With(Ints("axes", 1, 2)).Then("b = Squeeze(a)")
            .Then("y = MatMul(b, w)").Constant("w", 4, 1).Opset(11);
        old.ShouldCompute(x => [x.Select((value, i) => value * (i + 1) * 0.25).Sum()]);
        new GraphText(4, "a = Unsqueeze(x, i)", "y = Conv(a, w)").Integers("i", 1).Constant("w", 2, 1, 3)
            .ShouldCompute(x => Enumerable.Range(0, 4).Select(i =>
                Enumerable.Range(0, 3).Sum(k => x[(i % 2) + k] * ((i / 2 * 3) + k + 1) * 0.25)));
    }

    [Fact]
    public void Dimensions_are_flattened_from_any_axis_on()
    {
        foreach (int axis in new[] { 1, -2 })
        {
            new GraphText(_matrix, "a = Flatten(x)").With(OnnxAttribute.Int("axis", axis)).Then("y = MatMul(a, w)")
                .Constant("w", 12, 1).ShouldCompute(x => [x.Select((value, i) => value * (i + 1) * 0.25).Sum()]);
        }

        // Three rows for each sample, each of which a matrix takes.
        new GraphText(_matrix, "a = Flatten(x)").With(OnnxAttribute.Int("axis", 2)).Then("y = MatMul(a, w)")
            .Constant("w", 4, 1).ShouldCompute(x => Enumerable.Range(0, 3).Select(
                row => Enumerable.Range(0, 4).Sum(i => x[(4 * row) + i] * (i + 1) * 0.25)));
        new GraphText(_matrix, "y = Flatten(x)").With(OnnxAttribute.Int("axis", 0))
            .ShouldBe<NotSupportedException>("*(Flatten)*from axis 0 on, so that samples mix*");
        new GraphText(_matrix, "y = Flatten(x)").With(OnnxAttribute.Int("axis", 4))
            .ShouldBe<NotSupportedException>("*(Flatten)*axis 4*of 3*");
    }

    [Fact]
    public void Numbers_are_repeated_along_axes_of_size_1()
    {
        new GraphText(1, "y = Expand(x, s)").Integers("s", 1, 3).ShouldCompute(x => [x[0], x[0], x[0]]);
        new GraphText([3, 1], "y = Expand(x, s)").Integers("s", 1, 1, 2)
            .ShouldCompute(x => [x[0], x[0], x[1], x[1], x[2], x[2]]);
        new GraphText([1, 3], "a = Expand(x, s)", "y = Mul(a, c)").Integers("s", 1, 2, 3).Constant("c", 2, 1)
            .ShouldCompute(x => [.. x.Select(value => 0.25 * value), .. x.Select(value => 0.5 * value)]);

        // To as many rows as another value has samples.
        new GraphText(
            2, "d = Shape(x)", "n = Gather(d, zero)", "s = Concat(n, two, three)", "a = Unsqueeze(x, last)",
            "y = Expand(a, s)")
            .Integers("zero", 0).Integers("two", 2).Integers("three", 3).Integers("last", 2)
            .ShouldCompute(x => [x[0], x[0], x[0], x[1], x[1], x[1]]);
        new GraphText(4, "y = Expand(x, s)").Integers("s", 1, 3)
            .ShouldBe<NotSupportedException>("*(Expand)*1 × 3 of batch × 4*");
        new GraphText(4, "y = Expand(x, s)").Integers("s", 2, 4)
            .ShouldBe<NotSupportedException>("*(Expand)*2 × 4 of batch × 4*");
    }

    [Fact]
    public void Axes_are_transposed()
    {
        new GraphText(_matrix, "y = Transpose(x)").With(Ints("perm", 0, 2, 1)).ShouldCompute(Transposed);
        new GraphText(_matrix, "a = Transpose(x)").With(Ints("perm", 0, 2, 1)).Then("y = MatMul(a, w)")
            .Constant("w", 3, 1).ShouldCompute(x => Enumerable.Range(0, 4).Select(
                column => Enumerable.Range(0, 3).Sum(row => x[(4 * row) + column] * (row + 1) * 0.25)));

        // The samples to the end and back.
        new GraphText(_matrix, "a = Transpose(x)").With(Ints("perm", 2, 1, 0)).Then("b = Relu(a)")
            .Then("y = Transpose(b)").With(Ints("perm", 2, 0, 1))
            .ShouldCompute(x => Transposed(x).Select(value => Math.Max(0, value)));

        static IEnumerable<double> Transposed(double[] x) =>
            Enumerable.Range(0, 12).Select(i => x[(i % 3 * 4) + (i / 3)]);
    }

    [Fact]
    public void A_shape_may_be_calculated_from_that_of_a_value()
    {
        Shaped("d = Shape(x)", "n = Gather(d, zero)", "s = Concat(n, minus)");
        Shaped("d = Shape(x)", "n = Slice(d, zero, one)", "s = Concat(n, twelve)");
        Shaped(
            "d = Shape(x)",
            "n = Slice(d, zero, one)",
            "r = Slice(d, one, three)",
            "p = ReduceProd(r)",
            "s = Concat(n, p)");
        Shaped(
            "d = Shape(x)",
            "n = Gather(d, zero)",
            "i = Gather(d, one)",
            "j = Gather(d, two)",
            "p = Mul(i, j)",
            "s = Concat(n, p)");
        Shaped("d = Shape(x)", "n = Gather(d, zero)", "t = Size(x)", "p = Div(t, n)", "s = Concat(n, p)");

        static void Shaped(params string[] nodes)
        {
            GraphText text = new GraphText(_matrix, nodes).Integers("zero", 0).Integers("one", 1).Integers("two", 2)
                .Integers("three", 3).Integers("minus", -1).Integers("twelve", 12).Then("a = Reshape(x, s)")
                .Then("y = Gemm(a, w)").Constant("w", 12, 1);
            text.ShouldCompute(x => [x.Select((value, i) => value * (i + 1) * 0.25).Sum()]);
        }
    }

    [Fact]
    public void A_shape_may_be_a_part_of_that_of_a_value()
    {
        new GraphText(_matrix, "n = Shape(x)").With(OnnxAttribute.Int("end", 1)).Then("r = Shape(x)")
            .With(OnnxAttribute.Int("start", -2)).Then("s = Concat(n, r, minus)").Then("y = Reshape(x, s)")
            .Integers("minus", -1).ShouldCompute(x => x);
        new GraphText(_matrix, "r = Shape(x)").With(OnnxAttribute.Int("start", 1)).With(OnnxAttribute.Int("end", -1))
            .Then("s = Concat(minus, r, two, two)").Then("a = Reshape(x, s)").Then("y = Transpose(a)")
            .With(Ints("perm", 0, 3, 2, 1)).Integers("minus", -1).Integers("two", 2)
            .ShouldCompute(x => Enumerable.Range(0, 12).Select(
                i => x[(i % 3 * 4) + (i / 3 % 2 * 2) + (i / 6)]));
        new GraphText(_matrix, "d = Shape(x)", "n = Gather(d, zero)", "s = Concat(two, n, minus)", "y = Reshape(x, s)")
            .Integers("zero", 0).Integers("two", 2).Integers("minus", -1)
            .ShouldBe<NotSupportedException>("*(Reshape)*2 × batch × -1 of batch × 3 × 4, which mixes samples*");
    }

    // The numbers of some rows and columns of a sample.
    private static IEnumerable<double> Part(double[] x, int[] rows, int[] columns) =>
        rows.SelectMany(row => columns.Select(column => x[(4 * row) + column]));

    private static GraphText Slice(long[] starts, long[] ends, long[] axes, long[] steps) =>
        new GraphText(_matrix, "y = Slice(x, starts, ends, axes, steps)").Integers("starts", starts)
            .Integers("ends", ends).Integers("axes", axes).Integers("steps", steps);

    // Parts of a sample along its columns, joined the other way round along an axis.
    private static GraphText Split(string node, int along, int axis) =>
        new GraphText(_matrix, node).With(OnnxAttribute.Int("axis", axis)).Then("y = Concat(b, a)")
            .With(OnnxAttribute.Int("axis", along));

    private static OnnxAttribute Ints(string name, params long[] values) => OnnxAttribute.Ints(name, values);
}
