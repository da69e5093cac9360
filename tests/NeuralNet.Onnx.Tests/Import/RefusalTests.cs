using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>What no network can be is refused, and the message says which node it is and why.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("Conv")]
    [InlineData("If")]
    [InlineData("ReduceMean")]
    public void An_operator_without_a_counterpart_is_refused(string operation) =>
        new GraphText(4, "a = Relu(x)", $"y = {operation}(a)").ShouldBe<NotSupportedException>($"*node 1 ({operation})*");

    [Fact]
    public void An_operator_of_another_domain_is_none_of_the_standards()
    {
        var text = new GraphText(4, "y = Relu(x)");
        text.Graph.Node[0].Domain = "com.example";
        text.ShouldBe<NotSupportedException>("*node 0 (com.example.Relu)*");
    }

    [Fact]
    public void A_value_that_goes_several_ways_is_refused_unless_it_is_a_residual_block() =>
        new GraphText(4, "a = Relu(x)", "b = Tanh(a)", "c = Sigmoid(a)", "y = Mul(b, c)")
            .ShouldBe<NotSupportedException>("*node 2 (Sigmoid)*'a' goes to 2 nodes*");

    [Fact]
    public void A_sum_of_two_branches_is_no_residual_block() =>
        new GraphText(4, "a = Relu(x)", "b = Tanh(a)", "c = Sigmoid(a)", "y = Add(b, c)").ShouldBe<NotSupportedException>("*'a' goes to 2 nodes*");

    [Fact]
    public void A_square_is_refused() =>
        new GraphText(4, "y = Mul(x, x)").ShouldBe<NotSupportedException>("*node 0 (Mul)*'x' more than once*");

    [Fact]
    public void Axes_across_samples_are_refused() =>
        new GraphText(4, "y = Softmax(x)").With(OnnxAttribute.Int("axis", 0)).ShouldBe<NotSupportedException>("*axis 0*");

    [Fact]
    public void A_reshape_that_mixes_samples_is_refused()
    {
        new GraphText(4, "y = Reshape(x, s)").Integers("s", 2, -1).ShouldBe<NotSupportedException>("*(Reshape)*2 × -1*");
        new GraphText(4, "y = Reshape(x, s)").Integers("s", -1, 2).ShouldBe<InvalidDataException>("*(Reshape)*takes 2 features*given 4*");
        new GraphText(4, "y = Reshape(x, s)").Integers("s", -1, 1, 4).ShouldBe<NotSupportedException>("*(Reshape)*two dimensions*");
    }

    [Fact]
    public void Samples_in_columns_are_refused()
    {
        new GraphText(4, "y = MatMul(w, x)").Constant("w", 4, 4).ShouldBe<NotSupportedException>("*(MatMul)*not its first input*");
        new GraphText(4, "y = Gemm(x, w)").Constant("w", 4, 4).With(OnnxAttribute.Int("transA", 1))
            .ShouldBe<NotSupportedException>("*(Gemm)*transA*");
    }

    [Fact]
    public void A_product_with_what_is_no_constant_is_refused() =>
        new GraphText(4, "a = Relu(x)", "y = MatMul(x, a)").ShouldBe<NotSupportedException>("*goes to 2 nodes*");

    [Fact]
    public void A_quotient_the_other_way_round_is_refused() =>
        new GraphText(4, "y = Div(c, x)").Constant("c", 4).ShouldBe<NotSupportedException>("*(Div)*second input*");

    [Fact]
    public void Hyperparameters_out_of_range_are_refused() =>
        new GraphText(4, "y = Elu(x)").With(OnnxAttribute.Float("alpha", -1)).ShouldBe<NotSupportedException>("*(Elu)*alpha*-1*");

    [Fact]
    public void The_hard_sigmoid_of_Keras_2_is_refused() =>
        new GraphText(4, "y = HardSigmoid(x)").ShouldBe<NotSupportedException>("*(HardSigmoid)*0.2*");

    [Fact]
    public void Training_mode_is_refused() =>
        new GraphText(4, "y = BatchNormalization(x, c, c, c, c)").Constant("c", 4).With(OnnxAttribute.Int("training_mode", 1))
            .ShouldBe<NotSupportedException>("*(BatchNormalization)*training mode*");

    [Fact]
    public void Several_outputs_need_a_choice()
    {
        var text = new GraphText(4, "a = Relu(x)", "y = Tanh(a)");
        text.Graph.Output.Add(text.Graph.Output[0].Clone());
        text.Graph.Output[1].Name = "a";
        text.ShouldBe<NotSupportedException>("*'y', 'a'*OutputName*");

        Network.LoadOnnx<float>(new MemoryStream(text.Bytes()), new() { OutputName = "a" })
            .Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be("ReLU");
        FluentActions.Invoking(() => Network.LoadOnnx<float>(new MemoryStream(text.Bytes()), new() { OutputName = "b" }))
            .Should().Throw<InvalidDataException>().WithMessage("*no value 'b'*'y', 'a'*");
    }

    [Fact]
    public void Several_inputs_are_refused()
    {
        var text = new GraphText(4, "y = Add(x, z)");
        text.Graph.Input.Add(text.Graph.Input[0].Clone());
        text.Graph.Input[1].Name = "z";
        text.ShouldBe<NotSupportedException>("*'x', 'z'*one input*");
    }

    [Fact]
    public void An_unknown_number_of_features_is_refused() =>
        new GraphText(0, "y = Relu(x)").ShouldBe<NotSupportedException>("*how many features*'x'*");

    [Theory]
    [InlineData(6)]
    [InlineData(27)]
    public void Opsets_beyond_those_known_are_refused(long version)
    {
        var text = new GraphText(4, "y = Relu(x)");
        text.Model.OpsetImport[0].Version = version;
        text.ShouldBe<NotSupportedException>($"*opset {version}*");
    }

    [Fact]
    public void Elements_of_another_kind_are_refused_where_they_matter()
    {
        var text = new GraphText(4, "y = Add(x, c)").Constant("c", 4);
        text.Graph.Initializer[0].DataType = 10;
        text.ShouldBe<NotSupportedException>("*node 0 (Add)*'c'*float16*");
        text.Graph.Node.Clear();
        text.Add("y = Relu(x)");
        Network.LoadOnnx<float>(new MemoryStream(text.Bytes())).InputSize.Should().Be(4);
    }

    [Fact]
    public void No_other_file_is_opened()
    {
        var text = new GraphText(4, "y = Add(x, c)").Constant("c", 4);
        text.Graph.Initializer[0].DataLocation = 1;
        text.Graph.Initializer[0].ExternalData.Add(new Schema.StringStringEntryProto { Key = "location", Value = "/etc/passwd" });
        text.ShouldBe<NotSupportedException>("*node 0 (Add)*'c'*no other file is ever opened*");
    }
}
