namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Products with constant matrices, and sums, means and maxima along axes.</summary>
public sealed class ProductTests
{
    [Fact]
    public void Each_place_is_multiplied_by_itself()
    {
        new GraphText([3, 4], "y = MatMul(x, w)").Constant("w", 4, 2)
            .ShouldCompute(x => Enumerable.Range(0, 3).SelectMany(t => Product(x[(4 * t)..(4 * (t + 1))], 2)))
            .OutputShape.Size.Should().Be(6);
        new GraphText([3, 4], "a = MatMul(x, w)", "b = Add(a, c)", "d = Mul(b, s)", "y = Relu(d)").Constant("w", 4, 2)
            .Constant("c", 2).Number("s", -2).ShouldCompute(x => Enumerable.Range(0, 3).SelectMany(t =>
                Product(x[(4 * t)..(4 * (t + 1))], 2).Select((z, j) => Math.Max(0, (z + ((j + 1) * 0.25)) * -2))))
            .Layers.Should().ContainSingle();
        new GraphText([2, 3, 4], "a = MatMul(x, w)", "y = Softmax(a)").With(OnnxAttribute.Int("axis", 1))
            .Constant("w", 4, 2).ShouldCompute(x =>
            {
                double[] z = [.. Enumerable.Range(0, 6).SelectMany(t => Product(x[(4 * t)..(4 * (t + 1))], 2))];
                return z.Select((value, i) => 1 / (1 + Math.Exp(z[(i + 6) % 12] - value)));
            });
    }

    [Fact]
    public void Rows_that_are_the_places_of_all_samples_are_multiplied_each_by_itself()
    {
        new GraphText([3, 4], "r = Reshape(x, s)", "y = Gemm(r, w, c)").With(OnnxAttribute.Float("alpha", -2))
            .With(OnnxAttribute.Float("beta", 3)).Integers("s", -1, 4).Constant("w", 4, 2).Constant("c", 2)
            .ShouldCompute(x => Enumerable.Range(0, 3).SelectMany(t =>
                Product(x[(4 * t)..(4 * (t + 1))], 2).Select((z, j) => (-2 * z) + (3 * (j + 1) * 0.25))))
            .Layers.Should().ContainSingle();
        new GraphText(
            [3, 4], "r = Reshape(x, s)", "a = Gemm(r, w)", "b = Relu(a)", "f = Reshape(b, t)", "y = Gemm(f, v)")
            .Integers("s", -1, 4).Integers("t", -1, 6).Constant("w", 4, 2).Constant("v", 6, 3)
            .ShouldCompute(x => Product(
                [
                    .. Enumerable.Range(0, 3).SelectMany(t => Product(x[(4 * t)..(4 * (t + 1))], 2))
                        .Select(z => Math.Max(0, z)),
                ],
                3));
    }

    [Fact]
    public void A_place_is_multiplied_along_its_own_axis_wherever_it_lies()
    {
        new GraphText([3, 4], "a = Transpose(x)").With(OnnxAttribute.Ints("perm", 0, 2, 1)).Then("b = MatMul(a, w)")
            .Then("y = Transpose(b)").With(OnnxAttribute.Ints("perm", 0, 2, 1)).Constant("w", 3, 2)
            .ShouldCompute(x => Enumerable.Range(0, 8).Select(i =>
                Enumerable.Range(0, 3).Sum(k => x[(4 * k) + (i % 4)] * ((2 * k) + (i / 4) + 1) * 0.25)));
        new GraphText([4, 2, 3], "a = Conv(x, u)", "b = Transpose(a)").With(OnnxAttribute.Ints("perm", 0, 2, 3, 1))
            .Then("y = MatMul(b, w)").Floats("u", [2, 4, 1, 1], 1, 0, 0, 0, 0, 1, 0, 0).Constant("w", 2, 2)
            .ShouldCompute(x => Enumerable.Range(0, 6).SelectMany(i => Product([x[i], x[i + 6]], 2)));
    }

    [Fact]
    public void A_product_with_a_vector_is_one_number_for_each_place()
    {
        new GraphText(4, "y = MatMul(x, v)").Constant("v", 4).ShouldCompute(x => Product(x, 1));
        new GraphText([3, 4], "y = MatMul(x, v)").Constant("v", 4)
            .ShouldCompute(x => Enumerable.Range(0, 3).SelectMany(t => Product(x[(4 * t)..(4 * (t + 1))], 1)));
        new GraphText([3, 4], "a = MatMul(x, v)", "y = Gemm(a, w)").Constant("v", 4).Constant("w", 3, 2)
            .ShouldCompute(x => Product(
                [.. Enumerable.Range(0, 3).SelectMany(t => Product(x[(4 * t)..(4 * (t + 1))], 1))], 2));
    }

    [Fact]
    public void A_product_with_one_column_keeps_its_axis() =>
        new GraphText([3, 4], "a = MatMul(x, w)", "y = Add(a, c)").Constant("w", 4, 1).Constant("c", 3, 2)
            .ShouldCompute(x => Enumerable.Range(0, 6).Select(
                i => Product(x[(4 * (i / 2))..(4 * ((i / 2) + 1))], 1)[0] + ((i + 1) * 0.25)));

    [Fact]
    public void Gemm_has_factors_and_transposes()
    {
        new GraphText(4, "y = Gemm(x, w, b)").With(OnnxAttribute.Float("alpha", 0.5))
            .With(OnnxAttribute.Float("beta", -2)).With(OnnxAttribute.Int("transB", 1)).Constant("w", 3, 4)
            .Constant("b", 1, 3).ShouldCompute(x => Enumerable.Range(0, 3).Select(j =>
                (0.5 * x.Select((value, i) => value * ((4 * j) + i + 1) * 0.25).Sum()) - (2 * (j + 1) * 0.25)));
        new GraphText(4, "y = Gemm(x, w, b)").Constant("w", 4, 3).Number("b", 2)
            .ShouldCompute(x => Product(x, 3).Select(z => z + 2));
    }

    [Fact]
    public void A_single_sample_may_be_a_column()
    {
        // The file says that there is one sample, of four rows.
        GraphText text = new GraphText(4, "y = Gemm(x, w, b)").With(OnnxAttribute.Int("transA", 1)).Constant("w", 4, 2)
            .Constant("b", 2).Fixed("x", 4, 1);
        text.ShouldCompute(x => Product(x, 2).Select((z, j) => z + ((j + 1) * 0.25)));
        new GraphText(4, "y = Gemm(x, w)").With(OnnxAttribute.Int("transA", 1)).Constant("w", 4, 2)
            .ShouldBe<NotSupportedException>("*node 0 (Gemm)*(transA)*samples become features*");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Features_have_a_mean_a_maximum_and_a_sum(int keepdims)
    {
        Reduced("ReduceMean", x => x.Average());
        Reduced("ReduceMax", x => x.Max());
        Reduced("ReduceSum", x => x.Sum());

        void Reduced(string operation, Func<IEnumerable<double>, double> reduce)
        {
            Text([4], operation, 1).ShouldCompute(x => [reduce(x)]);
            Text([4], operation, -1).ShouldCompute(x => [reduce(x)]);
            Text([3, 4], operation, 2).ShouldCompute(x => Enumerable.Range(0, 3).Select(
                row => reduce(x[(4 * row)..(4 * (row + 1))])));
            Text([3, 4], operation, 1).ShouldCompute(x => Enumerable.Range(0, 4).Select(
                column => reduce(Enumerable.Range(0, 3).Select(row => x[(4 * row) + column]))));
            Text([2, 3, 4], operation, 1, 3).ShouldCompute(x => Enumerable.Range(0, 3).Select(
                row => reduce(Enumerable.Range(0, 8).Select(i => x[(12 * (i / 4)) + (4 * row) + (i % 4)]))));
            Text([2, 3, 4], operation, -2).ShouldCompute(x => Enumerable.Range(0, 8).Select(
                i => reduce(Enumerable.Range(0, 3).Select(row => x[(12 * (i / 4)) + (4 * row) + (i % 4)]))));
        }

        GraphText Text(int[] sample, string operation, params long[] axes) =>
            new GraphText(sample, $"y = {operation}(x, axes)").Integers("axes", axes).Opset(18)
                .With(OnnxAttribute.Int("keepdims", keepdims));
    }

    [Fact]
    public void What_was_reduced_meets_what_it_was_reduced_from()
    {
        new GraphText([3, 4], "m = ReduceMean(x)").With(OnnxAttribute.Ints("axes", -1)).Then("y = Sub(x, m)")
            .ShouldCompute(x => x.Select((value, i) => value - x[(i / 4 * 4)..((i / 4 * 4) + 4)].Average()));
        new GraphText(4, "m = ReduceSum(x, axes)", "e = Exp(m)", "y = Div(x, e)").Integers("axes", 1)
            .ShouldCompute(x => x.Select(value => value / Math.Exp(x.Sum())), from: -1, to: 1);

        // Softmax as older exporters write it, from which the maximum is taken first.
        new GraphText(4, "m = ReduceMax(x)").With(OnnxAttribute.Ints("axes", 1)).Then("d = Sub(x, m)")
            .Then("e = Exp(d)").Then("s = ReduceSum(e, one)").Then("y = Div(e, s)").Integers("one", 1)
            .ShouldCompute(x => x.Select(value => Math.Exp(value) / x.Sum(Math.Exp)));
    }

    [Fact]
    public void A_reduction_across_samples_is_refused()
    {
        new GraphText(4, "y = ReduceSum(x, axes)").Integers("axes", 0)
            .ShouldBe<NotSupportedException>("*(ReduceSum)*axis 0, across samples*");
        new GraphText(4, "y = ReduceMax(x)").ShouldBe<NotSupportedException>("*(ReduceMax)*across samples*");
        new GraphText(4, "y = ReduceSum(x)").With(OnnxAttribute.Int("noop_with_empty_axes", 1)).ShouldCompute(x => x);
    }

    [Fact]
    public void A_matrix_that_does_not_fit_is_refused()
    {
        new GraphText([3, 4], "y = MatMul(x, w)").Constant("w", 3, 2)
            .ShouldBe<NotSupportedException>("*node 0 (MatMul)*3 numbers for 4 features*");
        new GraphText(4, "a = Transpose(x)", "y = MatMul(a, w)").Constant("w", 4, 2)
            .ShouldBe<NotSupportedException>("*node 1 (MatMul)*last axis of 4 × batch, across samples*");
    }

    // x times a matrix that holds 0.25, 0.5, 0.75, … row by row.
    private static double[] Product(double[] x, int columns) =>
    [
        .. Enumerable.Range(0, columns).Select(
            j => x.Select((value, i) => value * ((i * columns) + j + 1) * 0.25).Sum()),
    ];

    [Fact]
    public void A_matrix_from_the_left_multiplies_the_columns_of_each_sample() =>
        new GraphText([3, 2], "y = MatMul(a, x)").Floats("a", [2, 3], 1, 2, 3, 4, 5, 6).ShouldCompute(x =>
        [
            x[0] + (2 * x[2]) + (3 * x[4]), x[1] + (2 * x[3]) + (3 * x[5]),
            (4 * x[0]) + (5 * x[2]) + (6 * x[4]), (4 * x[1]) + (5 * x[3]) + (6 * x[5]),
        ]);
}
