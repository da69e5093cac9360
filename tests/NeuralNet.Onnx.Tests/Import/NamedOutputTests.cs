using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Several values that are asked for become named outputs. Constants hold 0.25, 0.5, 0.75, …</summary>
public sealed class NamedOutputTests
{
    private static readonly string[] _nodes =
        ["a = MatMul(x, w)", "b = Relu(a)", "mean = MatMul(b, v)", "scale = Softplus(b)"];

    [Fact]
    public void Several_outputs_are_named_in_the_order_they_are_asked_for()
    {
        Network<double> network = Text().ShouldCompute(
            x => [.. Scale(x), .. Mean(x)], options: new() { OutputNames = ["scale", "mean"] });
        network.Outputs.Select(output => (output.Name, output.Size)).Should().Equal(("scale", 3), ("mean", 1));
        network.Layers[0].Kind.Should().Be("dense");

        Text().ShouldCompute(x => [.. Mean(x), .. Scale(x)], options: new() { OutputNames = ["mean", "scale"] });
    }

    [Fact]
    public void A_value_before_the_outputs_may_be_one()
    {
        Text().ShouldCompute(x => [.. A(x), .. Mean(x)], options: new() { OutputNames = ["a", "mean"] });
        Text().ShouldCompute(B, options: new() { OutputNames = ["b"] }).Outputs.Should().ContainSingle();
        Text().ShouldCompute(
            x => [.. A(x), .. B(x), .. Mean(x), .. Scale(x)],
            options: new() { OutputNames = ["a", "b", "mean", "scale"] });
    }

    [Fact]
    public void An_input_may_be_an_output_beside_others() =>
        Text().ShouldCompute(x => [.. x, .. Mean(x)], options: new() { OutputNames = ["x", "mean"] });

    [Fact]
    public void An_input_alone_is_no_network() =>
        FluentActions.Invoking(() => Text().Load(new() { OutputNames = ["x"] }))
            .Should().Throw<NotSupportedException>().WithMessage("*'x'*input*");

    [Fact]
    public void A_decision_that_is_asked_for_is_loaded_as_what_it_is_decided_from()
    {
        Network<double> network = Text("label = ArgMax(b)", "text = Cast(label)").ShouldCompute(
            x => [.. B(x), .. Mean(x)], options: new() { OutputNames = ["label", "mean"] });
        network.Outputs.Select(output => output.Name).Should().Equal("label", "mean");
        Text("label = ArgMax(x)").Outputs("label")
            .ShouldBe<NotSupportedException>("*output 'label' is decided from an input*");
    }

    [Fact]
    public void A_constant_is_no_output() =>
        FluentActions.Invoking(() => Text().Load(new() { OutputNames = ["mean", "w"] }))
            .Should().Throw<NotSupportedException>().WithMessage("*output 'w' depends on no input*");

    [Fact]
    public void A_value_that_there_is_not_is_refused_with_the_outputs() =>
        FluentActions.Invoking(() => Text().Load(new() { OutputNames = ["mean", "nowhere"] }))
            .Should().Throw<InvalidDataException>()
            .WithMessage("*no value 'nowhere'; its outputs are 'mean', 'scale'*");

    [Fact]
    public void Outputs_keep_their_shapes()
    {
        Network<double> network = new GraphText([2, 3, 2], "a = Conv(x, w)", "b = Relu(a)", "c = Flatten(a)")
            .Constant("w", 3, 2, 1, 1).Outputs("b", "c").ShouldCompute(
                x => [.. Convolved(x).Select(value => Math.Max(0, value)), .. Convolved(x)],
                options: new() { OutputNames = ["b", "c"] });
        network.Outputs["b"].Shape.Should().Be(new FeatureShape(3, 3, 2));
        network.Outputs["c"].Size.Should().Be(18);

        static double[] Convolved(double[] x) =>
        [
            .. Enumerable.Range(0, 18).Select(i =>
                (((2 * (i / 6)) + 1) * 0.25 * x[i % 6]) + (((2 * (i / 6)) + 2) * 0.25 * x[(i % 6) + 6])),
        ];
    }

    [Fact]
    public void Several_inputs_lead_to_several_outputs()
    {
        Network<double> network = new GraphText(2, "a = Relu(x)", "b = Tanh(z)", "c = Concat(a, b)").Axis(2)
            .Input("z", 1).Outputs("a", "b", "c").ShouldCompute(
                x =>
                [
                    Math.Max(0, x[0]), Math.Max(0, x[1]), Math.Tanh(x[2]), Math.Max(0, x[0]), Math.Max(0, x[1]),
                    Math.Tanh(x[2]),
                ],
                options: new() { OutputNames = ["a", "b", "c"] });
        network.Inputs.Select(input => input.Name).Should().Equal("x", "z");
        network.Outputs.Select(output => output.Name).Should().Equal("a", "b", "c");
    }

    private static GraphText Text(params string[] more) =>
        new GraphText(2, [.. _nodes, .. more]).Constant("w", 2, 3).Constant("v", 3, 1).Outputs("mean", "scale");

    private static double[] A(double[] x) =>
        [.. Enumerable.Range(0, 3).Select(j => ((j + 1) * 0.25 * x[0]) + ((j + 4) * 0.25 * x[1]))];

    private static double[] B(double[] x) => [.. A(x).Select(value => Math.Max(0, value))];

    private static double[] Mean(double[] x) => [B(x).Select((value, i) => value * (i + 1) * 0.25).Sum()];

    private static double[] Scale(double[] x) => [.. B(x).Select(value => Math.Log(1 + Math.Exp(value)))];
}
