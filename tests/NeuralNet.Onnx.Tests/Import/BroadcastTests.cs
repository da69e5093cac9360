using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>
/// Values and constants of different dimensions: aligned at the last one, those of size 1 repeated. Constants hold
/// 0.25, 0.5, 0.75, …
/// </summary>
public sealed class BroadcastTests
{
    [Fact]
    public void A_constant_of_more_dimensions_gives_a_value_further_ones()
    {
        new GraphText(4, "y = Add(x, c)").Constant("c", 1, 1, 4)
            .ShouldCompute(x => x.Select((value, i) => value + ((i + 1) * 0.25)));

        // As 1 × batch × 4, so that axis 1 is that of the samples.
        GraphText text = new GraphText(4, "a = Add(x, c)", "y = Softmax(a)").Constant("c", 1, 1, 4);
        text.ShouldCompute(x =>
        {
            double[] a = [.. x.Select((value, i) => value + ((i + 1) * 0.25))];
            return a.Select(value => Math.Exp(value) / a.Sum(Math.Exp));
        });
        text.With(OnnxAttribute.Int("axis", 1))
            .ShouldBe<NotSupportedException>("*node 1 (Softmax)*axis 1, across samples*");
    }

    [Fact]
    public void A_single_number_of_more_dimensions_gives_further_ones_too()
    {
        GraphText text = new GraphText(4, "a = Mul(x, c)", "y = Softmax(a)").Constant("c", 1, 1, 1)
            .With(OnnxAttribute.Int("axis", 1));
        text.ShouldBe<NotSupportedException>("*node 1 (Softmax)*axis 1, across samples*");
        text.Graph.Node[1].Attribute[0].I = 2;
        text.ShouldCompute(x => x.Select(value => Math.Exp(0.25 * value) / x.Sum(one => Math.Exp(0.25 * one))));
    }

    [Fact]
    public void One_feature_becomes_several()
    {
        new GraphText(1, "y = Mul(x, c)").Constant("c", 5)
            .ShouldCompute(x => Enumerable.Range(1, 5).Select(i => x[0] * i * 0.25));
        new GraphText(3, "a = MatMul(x, w)", "b = Add(a, c)", "y = Tanh(b)").Constant("w", 3, 1).Constant("c", 5)
            .ShouldCompute(x => Enumerable.Range(1, 5).Select(
                i => Math.Tanh((0.25 * x[0]) + (0.5 * x[1]) + (0.75 * x[2]) + (i * 0.25))));
        new GraphText([3, 1], "y = Sub(c, x)").Constant("c", 1, 2)
            .ShouldCompute(x => Enumerable.Range(0, 6).Select(i => (((i % 2) + 1) * 0.25) - x[i / 2]));
        new GraphText([1, 3], "y = Max(x, c)").Constant("c", 2, 1)
            .ShouldCompute(x => Enumerable.Range(0, 6).Select(i => Math.Max(((i / 3) + 1) * 0.25, x[i % 3])));
    }

    [Fact]
    public void A_constant_meets_an_image_along_its_own_axes()
    {
        const int Plane = 12;
        Add([2, 1, 1], i => i / Plane);
        Add([1, 2, 1, 1], i => i / Plane);
        Add([4], i => i % 4);
        Add([3, 1], i => i / 4 % 3);
        Add([3, 4], i => i % Plane);
        Add([2, 1, 4], i => (i / Plane * 4) + (i % 4));
        Add([2, 3, 1], i => i / 4);
        Add([2, 3, 4], i => i);
        Add([1], _ => 0);

        static void Add(long[] sizes, Func<int, int> place)
        {
            new GraphText([2, 3, 4], "y = Add(x, c)").Constant("c", sizes)
                .ShouldCompute(x => x.Select((value, i) => value + ((place(i) + 1) * 0.25)));

            // Behind a layer that holds the channels last.
            new GraphText([2, 3, 4], "a = MaxPool(x)").With(OnnxAttribute.Ints("kernel_shape", 1, 1))
                .Then("b = Mul(a, c)").Then("y = Relu(b)").Constant("c", sizes)
                .ShouldCompute(x => x.Select((value, i) => Math.Max(0, value * (place(i) + 1) * 0.25)));
        }
    }

    [Fact]
    public void A_constant_that_does_not_fit_is_refused()
    {
        new GraphText([2, 3, 4], "y = Add(x, c)").Constant("c", 3)
            .ShouldBe<NotSupportedException>("*node 0 (Add)*'c' (3) meets batch × 2 × 3 × 4*");
        new GraphText(4, "y = Add(x, c)").Constant("c", 3, 1, 4)
            .ShouldBe<NotSupportedException>("*output 'y', 3 × batch × 4, has samples among features*");
        new GraphText(4, "y = Add(x, c)").Constant("c", 3, 4)
            .ShouldBe<NotSupportedException>("*node 0 (Add)*'c' (3 × 4) meets batch × 4*");
    }

    [Fact]
    public void Two_values_meet_along_their_own_axes()
    {
        new GraphText([2, 3], "m = ReduceMax(x)").With(OnnxAttribute.Ints("axes", 1)).Then("n = ReduceMean(x)")
            .With(OnnxAttribute.Ints("axes", 2)).Then("y = Add(m, n)").ShouldCompute(x => Enumerable.Range(0, 6).Select(
                i => Math.Max(x[i % 3], x[3 + (i % 3)]) + x[(i / 3 * 3)..((i / 3 * 3) + 3)].Average()));
        new GraphText(4, "a = Unsqueeze(x, i)", "y = Mul(a, z)").Integers("i", 1).Input("z", 3, 1)
            .ShouldCompute(x => Enumerable.Range(0, 12).Select(i => x[i % 4] * x[4 + (i / 4)]));
    }

    [Fact]
    public void A_file_of_fixed_sizes_whose_first_ones_differ_is_one_sample()
    {
        Network<double> network = new GraphText(3, "a = Concat(x, z)").With(OnnxAttribute.Int("axis", 0))
            .Then("y = Tanh(a)").Input("z", 3).Fixed("x", 2, 3).Fixed("z", 1, 3)
            .ShouldCompute(x => x.Select(Math.Tanh));
        network.Inputs.Select(input => (input.Name, input.Size)).Should().Equal(("x", 6), ("z", 3));
    }

    [Fact]
    public void What_a_file_of_fixed_sizes_does_across_samples_is_done_within_one()
    {
        // Two rows, over which the softmax goes; with an open batch it would mix samples.
        new GraphText(3, "y = Softmax(x)").With(OnnxAttribute.Int("axis", 0)).Fixed("x", 2, 3)
            .ShouldCompute(x => x.Select(
                (value, i) => Math.Exp(value) / (Math.Exp(x[i % 3]) + Math.Exp(x[(i % 3) + 3]))))
            .InputSize.Should().Be(6);
        new GraphText(3, "y = ReduceMean(x)").Fixed("x", 2, 3).ShouldCompute(x => [x.Average()]);

        // What is done to each row is done to samples of three.
        new GraphText(3, "y = Tanh(x)").Fixed("x", 2, 3).ShouldCompute(x => x.Select(Math.Tanh))
            .InputSize.Should().Be(3);
    }

    [Fact]
    public void A_file_of_one_dimension_is_one_sample()
    {
        new GraphText(4, "y = Mul(x, c)").Constant("c", 4).Fixed("x", 4)
            .ShouldCompute(x => x.Select((value, i) => value * (i + 1) * 0.25));
        new GraphText(4, "y = MatMul(x, w)").Constant("w", 4, 2).Fixed("x", 4).ShouldCompute(
            x => Enumerable.Range(0, 2).Select(j => x.Select((value, i) => value * ((2 * i) + j + 1) * 0.25).Sum()));
        new GraphText(4, "a = Unsqueeze(x, i)", "y = Gemm(a, w)").Constant("w", 4, 2).Integers("i", 0).Fixed("x", 4)
            .ShouldCompute(x => Enumerable.Range(0, 2).Select(
                j => x.Select((value, i) => value * ((2 * i) + j + 1) * 0.25).Sum()));
    }
}
