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
        new GraphText(4, "a = Relu(x)", $"y = {operation}(a)")
            .ShouldBe<NotSupportedException>($"*node 1 ({operation})*");

    [Fact]
    public void An_operator_of_another_domain_is_none_of_the_standards()
    {
        var text = new GraphText(4, "y = Relu(x)");
        text.Graph.Node[0].Domain = "com.example";
        text.ShouldBe<NotSupportedException>("*node 0 (com.example.Relu)*");
    }

    [Fact]
    public void Axes_across_samples_are_refused() =>
        new GraphText(4, "y = Softmax(x)").With(OnnxAttribute.Int("axis", 0))
            .ShouldBe<NotSupportedException>("*axis 0*");

    [Fact]
    public void A_reshape_that_mixes_samples_is_refused()
    {
        new GraphText(4, "y = Reshape(x, s)").Integers("s", 2, -1)
            .ShouldBe<NotSupportedException>("*(Reshape)*2 × -1*");
        new GraphText(4, "y = Reshape(x, s)").Integers("s", 2, 2, -1)
            .ShouldBe<NotSupportedException>("*(Reshape)*2 × 2 × -1*");

        // Two rows for each sample: fine for what works on rows, but not for what takes them together.
        new GraphText(4, "a = Reshape(x, s)", "y = Gemm(a, w)").With(OnnxAttribute.Int("transA", 1))
            .Integers("s", -1, 2).Constant("w", 2, 2)
            .ShouldBe<NotSupportedException>("*(Gemm)**");
    }

    [Fact]
    public void Samples_in_columns_are_refused()
    {
        new GraphText(4, "y = MatMul(w, x)").Constant("w", 4, 4)
            .ShouldBe<NotSupportedException>("*(MatMul)*across samples*");
        new GraphText(4, "y = Gemm(x, w)").Constant("w", 4, 4).With(OnnxAttribute.Int("transA", 1))
            .ShouldBe<NotSupportedException>("*(Gemm)*transA*");
    }

    [Fact]
    public void A_product_with_what_is_no_constant_is_refused() =>
        new GraphText(4, "a = Relu(x)", "y = MatMul(x, a)")
            .ShouldBe<NotSupportedException>("*node 1 (MatMul)*two values that are no constants, 'x' and 'a'*");

    [Fact]
    public void Hyperparameters_out_of_range_are_refused() =>
        new GraphText(4, "y = Elu(x)").With(OnnxAttribute.Float("alpha", -1))
            .ShouldBe<NotSupportedException>("*(Elu)*alpha*-1*");

    [Fact]
    public void Training_mode_is_refused() =>
        new GraphText(4, "y = BatchNormalization(x, c, c, c, c)").Constant("c", 4)
            .With(OnnxAttribute.Int("training_mode", 1))
            .ShouldBe<NotSupportedException>("*(BatchNormalization)*training mode*");

    [Fact]
    public void An_unknown_number_of_features_is_refused() =>
        new GraphText(0, "y = Relu(x)").ShouldBe<NotSupportedException>("*how many features*'x'*");

    [Theory]
    [InlineData(5)]
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
        text.Graph.Initializer[0].ExternalData.Add(
            new Schema.StringStringEntryProto { Key = "location", Value = "/etc/passwd" });
        text.ShouldBe<NotSupportedException>("*node 0 (Add)*'c'*no other file is ever opened*");
    }

    [Fact]
    public void A_second_result_is_refused_where_it_is_used()
    {
        var text = new GraphText(4, "a = Relu(x)", "y = Tanh(b)");
        text.Graph.Node[0].Output.Add("b");
        text.ShouldBe<NotSupportedException>("*'b' is used, which its operator gives beside its first one*");

        var mask = new GraphText(4, "a = Dropout(x)", "y = Tanh(b)");
        mask.Graph.Node[0].Output.Add("b");
        mask.ShouldBe<NotSupportedException>("*(Dropout)*'b' is used*");
        mask.Graph.Node[1].Input[0] = "a";
        Network.LoadOnnx<float>(new MemoryStream(mask.Bytes())).Layers[^1].Activation!.Name.Should().Be("Tanh");
        mask.Graph.Output[0].Name = "b";
        mask.ShouldBe<NotSupportedException>("*(Dropout)*'b' is used*");
    }

    [Fact]
    public void A_dropout_that_depends_on_the_input_is_refused()
    {
        new GraphText(4, "a = Dropout(x, r, t)", "y = Relu(a)").Constant("r", 2)
            .ShouldBe<InvalidDataException>("*node 0 (Dropout)*'t', which nothing gives*");
        new GraphText(4, "t = Relu(x)", "a = Dropout(t, r)", "y = Relu(a)").Constant("r", 2)
            .ShouldBe<NotSupportedException>("*(Dropout)*'r' (2) is not a single number*");
        new GraphText(4, "t = Sigmoid(x)", "a = Dropout(x, r, t)", "y = Relu(a)").Constant("r")
            .ShouldBe<NotSupportedException>("*(Dropout)*no constants, 'x' and 't'*");
    }

    [Fact]
    public void A_dropout_in_training_mode_is_refused() =>
        new GraphText(4, "y = Dropout(x, r, t)").Constant("r").Integer("t", 1)
            .ShouldBe<NotSupportedException>("*node 0 (Dropout)*'training_mode' is not false*");

    [Fact]
    public void A_batch_normalization_of_several_sizes_is_refused() =>
        new GraphText(4, "y = BatchNormalization(x, c, c, c, d)").Constant("c", 4).Constant("d", 3)
            .ShouldBe<NotSupportedException>("*(BatchNormalization)*'d' (3) meets 4 features*");

    [Fact]
    public void A_scaler_without_numbers_is_refused()
    {
        var text = new GraphText(2, "y = Scaler(x)");
        text.Graph.Node[0].Domain = "ai.onnx.ml";
        text.ShouldBe<NotSupportedException>("*node 0 (ai.onnx.ml.Scaler)*no 'offset'*");
    }

    [Fact]
    public void A_residual_block_that_changes_the_size_is_refused() =>
        new GraphText(4, "a = MatMul(x, w)", "y = Add(x, a)").Constant("w", 4, 3)
            .ShouldBe<NotSupportedException>("*node 1 (Add)*different dimensions, batch × 4 and batch × 3*");

    [Fact]
    public void A_reshape_of_features_that_no_array_can_hold_is_refused()
    {
        new GraphText(4, "y = Reshape(x, s)").Integers("s", -1, 1L << 40)
            .ShouldBe<NotSupportedException>("*(Reshape)*-1 × 1099511627776 of batch × 4*");
        new GraphText(4, "y = Reshape(x, s)").Integers("s", 0, -1).With(OnnxAttribute.Int("allowzero", 1))
            .ShouldBe<NotSupportedException>("*(Reshape)*0 × -1*");
    }

    [Fact]
    public void An_input_that_is_no_batch_of_features_is_refused()
    {
        var number = new GraphText(4, "y = Relu(x)");
        number.Fixed("x").ShouldBe<NotSupportedException>("*'x' has 0 dimensions; a network takes 1 to 8*");
        var many = new GraphText([1, 1, 1, 1, 1, 1, 1, 1, 2], "y = Relu(x)");
        many.ShouldBe<NotSupportedException>("*'x' has 10 dimensions; a network takes 1 to 8*");

        var large = new GraphText(4, "a = Flatten(x)", "y = Relu(a)");
        large.Graph.Input[0].Type.TensorType.Shape.Dim.Add(
            new Schema.TensorShapeProto.Types.Dimension { DimValue = int.MaxValue });
        large.ShouldBe<NotSupportedException>("*'x'*more than 67108864 numbers*");

        var text = new GraphText(4, "y = Relu(x)");
        text.Graph.Input[0].Type.TensorType.ElemType = Schema.ElementKind.Text;
        text.ShouldBe<NotSupportedException>("*'x' is of string; a network takes numbers*");
    }

    [Fact]
    public void Many_outputs_are_not_all_listed()
    {
        var text = new GraphText(4, "y = Relu(x)");
        for (int i = 0; i < 9; i++)
        {
            text.Add($"v{i} = Relu(x)");
            text.Graph.Output.Add(text.Graph.Output[0].Clone());
            text.Graph.Output[^1].Name = $"v{i}";
        }

        text.ShouldBe<NotSupportedException>("*'y' (batch × 4), 'v0'*'v6' (batch × 4) and 2 more*");
    }

    [Fact]
    public void What_has_no_name_is_refused()
    {
        var text = new GraphText(4, "y = Relu(x)").Constant("c", 4);
        text.Graph.Initializer[0].Name = "";
        text.ShouldBe<InvalidDataException>("*an initializer has no name*");
    }
}
