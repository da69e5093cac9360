namespace NeuralNet.Onnx.Tests.Import;

/// <summary>
/// The number of dimensions is tracked as the standard defines it, through every operator and pattern.
/// </summary>
public sealed class RankTests
{
    // Softmax along axis 1 is then one along the samples.
    private const string AcrossSamples = "*(Softmax)*across samples*";

    [Fact]
    public void A_constant_of_more_dimensions_raises_the_rank_within_an_activation_of_several_operators()
    {
        new GraphText(4, "n = Neg(x)", "e = Exp(n)", "s = Add(e, one)", "a = Div(one, s)", "y = Softmax(a)")
            .Floats("one", [1, 1, 1], 1).With(OnnxAttribute.Int("axis", 1))
            .ShouldBe<NotSupportedException>(AcrossSamples);
        new GraphText(4, "n = Mul(x, k)", "a = Max(x, n)", "y = Softmax(a)")
            .Floats("k", [1, 1, 1], 0.2).With(OnnxAttribute.Int("axis", 1))
            .ShouldBe<NotSupportedException>(AcrossSamples);
        new GraphText(4, "c = LessOrEqual(x, k)", "a = Where(c, zero, x)", "y = Softmax(a)")
            .Floats("k", [1, 1, 1], 0.2).Floats("zero", [1, 1, 1], 0).With(OnnxAttribute.Int("axis", 1))
            .ShouldBe<NotSupportedException>("*(Where)*");
    }

    [Fact]
    public void Indices_of_two_dimensions_give_a_dimension_more()
    {
        Gathered(softmaxAxis: 1, [1, 2], 2, 0).Load().Predict([1, 2, 3, 4]).Should().Equal(1, 1);

        // Of 2 × 2, along the last axis.
        double[] pairs = Gathered(softmaxAxis: 2, [2, 2], 2, 0, 1, 3).Load().Predict([1, 2, 3, 4]);
        pairs[0].Should().BeApproximately(Math.Exp(2) / (1 + Math.Exp(2)), 1e-12);
        (pairs[0] + pairs[1]).Should().BeApproximately(1, 1e-12);
        (pairs[2] + pairs[3]).Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void A_slice_of_all_samples_is_none() =>
        new GraphText(4, "y = Slice(x, starts, ends, axes)")
            .Integers("starts", 0, 1).Integers("ends", long.MaxValue, 3).Integers("axes", 0, 1)
            .Load().Predict([1, 2, 3, 4]).Should().Equal(2, 3);

    [Fact]
    public void An_output_named_twice_is_refused() =>
        FluentActions.Invoking(() => new GraphText(4, "y = Relu(x)").Load(new() { OutputNames = ["y", "y"] }))
            .Should().Throw<ArgumentException>().WithMessage("*OutputNames*twice*y, y*").WithParameterName("options");

    private static GraphText Gathered(int softmaxAxis, long[] dimensions, params long[] indices)
    {
        GraphText text = new GraphText(4, "g = Gather(x, i)", "y = Softmax(g)")
            .Integers("i", indices).With(OnnxAttribute.Int("axis", softmaxAxis));
        text.Graph.Node[0].Attribute.Add(OnnxAttribute.Int("axis", 1).Proto);
        text.Graph.Initializer[^1].Dims.Clear();
        text.Graph.Initializer[^1].Dims.Add(dimensions);
        return text;
    }
}
