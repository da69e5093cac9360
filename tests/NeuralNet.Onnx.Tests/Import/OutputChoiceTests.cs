using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Which outputs of a model count, where nobody says which the network ends in.</summary>
public sealed class OutputChoiceTests
{
    [Fact]
    public void Of_very_many_outputs_some_are_not_looked_at()
    {
        var text = new GraphText(4, [.. Enumerable.Range(0, 40).Select(i => $"y{i} = Relu(x)")]);
        text.Outputs([.. Enumerable.Range(0, 40).Select(i => $"y{i}")]);
        text.ShouldBe<NotSupportedException>("*outputs 'y0'*OutputNames*first 32*");
        text.Load(new() { OutputNames = ["y39"] }).OutputSize.Should().Be(4);
    }

    [Fact]
    public void Constants_and_inputs_passed_on_do_not_count() =>
        Relu(new GraphText(4, "y = Relu(x)", "again = Identity(x)", "half = Mul(c, c)", "also = Identity(again)")
            .Constant("c").Outputs("c", "again", "half", "y", "also", "x"));

    [Fact]
    public void Values_that_another_output_is_computed_from_do_not_count()
    {
        new GraphText(4, "hidden = Relu(x)", "y = Tanh(hidden)").Outputs("hidden", "y")
            .ShouldCompute(x => x.Select(value => Math.Tanh(Math.Max(0, value)))).Outputs.Should().ContainSingle();

        // Of the same value under two names, it is the first.
        Network<double> same = Relu(new GraphText(4, "y = Relu(x)", "z = Identity(y)").Outputs("z", "y"));
        same.Layers.Should().ContainSingle();
    }

    [Theory]
    [InlineData("label = ArgMax(y)")]
    [InlineData("label = ArgMin(y)", "text = Cast(label)")]
    [InlineData("draw = Multinomial(y)")]
    [InlineData("noise = RandomNormalLike(y)", "draw = Add(y, noise)")]
    [InlineData("noise = RandomNormalLike(y)", "scaled = Mul(noise, c)", "draw = Add(scaled, y)", "cut = Clip(draw)")]
    [InlineData("is = Greater(y, c)")]
    [InlineData("label = ai.onnx.ml.Binarizer(y)")]
    public void Decisions_and_draws_do_not_count_beside_what_they_are_made_from(params string[] nodes)
    {
        GraphText text = new GraphText(4, ["y = Relu(x)", .. nodes]).Constant("c");
        Relu(text.Outputs([.. text.Graph.Node.Select(node => node.Output[0]).Where(name => name is not "noise"
            and not "scaled").Reverse()]));
    }

    [Fact]
    public void A_decision_alone_stands_for_what_it_is_decided_from()
    {
        Relu(new GraphText(4, "a = Relu(x)", "y = ArgMax(a)"));
        Relu(new GraphText(4, "a = Relu(x)", "n = RandomNormalLike(a)", "y = Add(a, n)"));
        new GraphText(4, "y = ArgMax(x)")
            .ShouldBe<NotSupportedException>("*output 'y' is decided from an input; there is nothing to compute*");
    }

    [Fact]
    public void What_is_done_with_a_draw_beside_other_values_is_refused()
    {
        new GraphText(4, "a = Relu(x)", "n = RandomNormalLike(a)", "y = Mul(a, n)", "z = Concat(n, x)").Axis(3)
            .Outputs("z").ShouldBe<NotSupportedException>("*node 3 (Concat)*random numbers*");
        new GraphText(4, "a = Relu(x)", "d = ArgMax(a)", "y = Mul(a, d)")
            .ShouldBe<NotSupportedException>("*node 2 (Mul)*computes with a decision*");
        new GraphText(4, "a = Relu(x)", "d = Greater(a, c)", "y = Where(d, x, a)").Constant("c")
            .ShouldBe<NotSupportedException>("*node 2 (Where)*chooses between values*");
    }

    [Fact]
    public void Two_outputs_are_to_be_chosen_from()
    {
        GraphText text = new GraphText(4, "a = Relu(x)", "y = Tanh(a)", "z = MatMul(a, w)").Constant("w", 4, 2)
            .Outputs("y", "a", "z");
        text.ShouldBe<NotSupportedException>("*has the outputs 'y' (batch × 4), 'z' (batch × 2): say in*OutputNames*");
        text.ShouldCompute(
            x => x.Select(value => Math.Tanh(Math.Max(0, value))), options: new() { OutputNames = ["y"] });
    }

    [Fact]
    public void An_output_that_no_network_computes_is_to_be_chosen_from_too()
    {
        GraphText text = new GraphText(4, "y = Tanh(x)", "z = If(x)").Outputs("y", "z");
        text.ShouldBe<NotSupportedException>("*'y' (batch × 4), 'z': say*Of 'z':*node 1 (If)*no layer*");
        text.ShouldCompute(x => x.Select(Math.Tanh), options: new() { OutputNames = ["y"] });
    }

    [Fact]
    public void The_reason_is_that_of_the_only_output_that_counts() =>
        new GraphText(4, "y = If(x)", "z = Identity(c)").Constant("c").Outputs("z", "y")
            .ShouldBe<NotSupportedException>("*node 0 (If)*no layer or activation*");

    [Fact]
    public void Nothing_to_compute_is_no_network()
    {
        new GraphText(4, "y = Identity(x)", "z = Identity(c)").Constant("c").Outputs("y", "z")
            .ShouldBe<NotSupportedException>("*outputs 'y', 'z' are constants or inputs; there is nothing to compute*");
        new GraphText(4).Outputs("x").ShouldBe<NotSupportedException>("*nothing to compute*");
    }

    [Fact]
    public void What_an_output_does_not_need_is_never_looked_at()
    {
        Relu(new GraphText(4, "y = Relu(x)", "z = Loop(x, c)", "v = Conv(z)").Constant("c", 2, 2));
        new GraphText(4, "y = Relu(x)", "z = Loop(x)").Outputs("y", "z").ShouldCompute(
            x => x.Select(value => Math.Max(0, value)), options: new() { OutputNames = ["y"] });
    }

    [Fact]
    public void Of_a_policy_of_ML_Agents_the_actions_are_chosen()
    {
        // Constants describe the model; actions are drawn around a mean and cut, or from logits.
        GraphText text = new GraphText(
            4,
            "h = MatMul(x, w)",
            "mean = Tanh(h)",
            "noise = RandomNormalLike(mean)",
            "draw = Add(mean, noise)",
            "cut = Clip(draw, minus, plus)",
            "continuous_actions = Div(cut, plus)",
            "logits = MatMul(h, v)",
            "discrete_actions = ArgMax(logits)",
            "value = MatMul(h, u)")
            .Constant("w", 4, 2).Constant("v", 2, 3).Constant("u", 2, 1).Number("minus", -3).Number("plus", 3)
            .Number("version_number", 3).Number("memory_size", 0)
            .Outputs("version_number", "memory_size", "continuous_actions", "discrete_actions", "value");
        double[] H(double[] x) =>
        [
            .. Enumerable.Range(0, 2).Select(j => x.Select((value, i) => value * ((2 * i) + j + 1) * 0.25).Sum()),
        ];

        Network<double> network = text.ShouldCompute(x =>
        [
            .. H(x).Select(h => Math.Tanh(h) / 3),
            .. Enumerable.Range(0, 3).Select(j => (H(x)[0] * (j + 1) * 0.25) + (H(x)[1] * (j + 4) * 0.25)),
        ]);
        network.Outputs.Select(output => (output.Name, output.Size))
            .Should().Equal(("continuous_actions", 2), ("discrete_actions", 3));

        // Without the constants it is any model, and what is not drawn or decided is its output.
        text.Outputs("continuous_actions", "discrete_actions", "value")
            .ShouldCompute(x => [(H(x)[0] * 0.25) + (H(x)[1] * 0.5)]);
    }

    [Fact]
    public void Of_a_policy_the_actions_without_chance_come_first()
    {
        GraphText text = new GraphText(
            4, "deterministic_continuous_actions = Tanh(x)", "continuous_actions = Relu(x)").Number("version_number", 3)
            .Number("memory_size", 0)
            .Outputs("version_number", "memory_size", "continuous_actions", "deterministic_continuous_actions");
        text.ShouldCompute(x => x.Select(Math.Tanh));
        new GraphText(4, "action = Tanh(x)", "other = Relu(x)").Number("version_number", 2).Number("memory_size", 0)
            .Outputs("version_number", "memory_size", "action", "other").ShouldCompute(x => x.Select(Math.Tanh));
    }

    [Fact]
    public void A_mask_of_actions_is_passed_over()
    {
        // What the mask forbids gets a very low logit before the draw.
        new GraphText(3, "logits = MatMul(x, w)", "forbidden = Equal(mask, zero)")
            .Then("masked = Where(forbidden, low, logits)").Then("y = ArgMax(masked)")
            .Input("mask", 2).Constant("w", 3, 2).Number("zero", 0).Number("low", -1e8f)
            .Load().OutputSize.Should().Be(2);
    }

    private static Network<double> Relu(GraphText text) =>
        text.ShouldCompute(x => x.Select(value => Math.Max(0, value)));

    [Fact]
    public void Decisions_that_are_joined_stand_for_what_they_are_made_from_together()
    {
        // Two actions of two choices each, as a policy with several branches has them.
        var text = new GraphText(
            4, "l = MatMul(x, w)", "r = MatMul(x, v)", "a = Multinomial(l)", "b = Multinomial(r)", "y = Concat(a, b)")
            .Floats("w", [4, 2], 1, 0, 0, 1, 0, 0, 0, 0).Floats("v", [4, 2], 0, 0, 0, 0, 1, 0, 0, 1)
            .With(OnnxAttribute.Int("axis", 1));
        text.Load().Predict([1, 2, 3, 4]).Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public void What_is_computed_of_a_draw_is_computed_of_what_it_is_drawn_around()
    {
        // The mean, a deviation times noise, and what ML-Agents makes of their sum: between -1 and 1.
        var text = new GraphText(
            2, "m = Tanh(x)", "n = RandomNormalLike(m)", "s = Mul(n, deviation)", "d = Add(m, s)",
            "c = Clip(d, least, most)", "y = Div(c, three)")
            .Floats("deviation", [1, 2], 0.1, 0.2).Number("least", -0.5f).Number("most", 0.5f).Number("three", 3);
        text.ShouldCompute(x => x.Select(value => Math.Clamp(Math.Tanh(value), -0.5, 0.5) / 3));
    }

    [Fact]
    public void What_is_computed_of_a_label_is_refused()
    {
        new GraphText(2, "m = Tanh(x)", "b = ai.onnx.ml.Binarizer(m)", "y = MatMul(b, w)").Constant("w", 2, 2)
            .ShouldBe<NotSupportedException>("*(MatMul)*computes with a decision*");
        new GraphText(2, "m = Tanh(x)", "a = ArgMax(m)", "c = Cast(a)", "y = Add(m, c)")
            .ShouldBe<NotSupportedException>("*(Add)*computes with a decision*");
    }
}
