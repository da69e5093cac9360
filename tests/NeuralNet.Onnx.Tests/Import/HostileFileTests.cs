using System.Diagnostics;
using Google.Protobuf;
using NeuralNet.Networks;
using NeuralNet.Onnx.Schema;
using NeuralNet.Onnx.Tests.Fuzzing;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Files that contradict themselves, or that are made to do harm.</summary>
public sealed class HostileFileTests
{
    [Fact]
    public void A_circle_is_refused() =>
        new GraphText(4, "a = Add(x, b)", "b = Relu(a)", "y = Relu(b)")
            .ShouldBe<InvalidDataException>("*node 0 (Add)*'b', which depends on the node itself or on another*");

    [Fact]
    public void A_node_that_takes_its_own_result_is_refused() =>
        new GraphText(4, "y = Add(x, y)")
            .ShouldBe<InvalidDataException>("*node 0 (Add)*'y', which depends on the node itself or on another*");

    [Fact]
    public void A_name_that_leads_nowhere_is_refused() =>
        new GraphText(4, "y = Relu(nowhere)")
            .ShouldBe<InvalidDataException>("*node 0 (Relu)*'nowhere', which nothing gives*");

    [Fact]
    public void Nodes_may_stand_in_any_order() =>
        new GraphText(4, "y = Tanh(b)", "b = Add(a, c)", "c = Identity(d)", "a = Relu(x)").Constant("d", 4)
            .ShouldCompute(x => x.Select((value, i) => Math.Tanh(Math.Max(0, value) + ((i + 1) * 0.25))));

    [Fact]
    public void A_name_twice_is_refused()
    {
        new GraphText(4, "y = Relu(x)", "y = Tanh(x)")
            .ShouldBe<InvalidDataException>("*node 1 (Tanh)*'y', which is taken*");
        new GraphText(4, "y = Relu(x)").Constant("c", 1).Constant("c", 1)
            .ShouldBe<InvalidDataException>("*'c', which is taken*");
        new GraphText(4, "x = Relu(x)").ShouldBe<InvalidDataException>("*'x', which is taken*");
    }

    [Fact]
    public void An_output_that_nothing_gives_is_refused() =>
        new GraphText(4, "a = Relu(x)").ShouldBe<InvalidDataException>("*no value 'y'*");

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(0, 4)]
    [InlineData(3, 3)]
    [InlineData(long.MaxValue, 2)]
    [InlineData(1L << 32, 1L << 32)]
    [InlineData(65536, 65536)]
    [InlineData(long.MinValue, long.MinValue)]
    public void Dimensions_that_are_not_those_of_the_numbers_are_refused(long rows, long columns)
    {
        var text = new GraphText(4, "y = MatMul(x, w)").Constant("w", 2, 4);
        text.Graph.Initializer[0].Dims.Clear();
        text.Graph.Initializer[0].Dims.Add([rows, columns]);
        text.ShouldBe<InvalidDataException>("*'w'*8 numbers*");
    }

    [Theory]
    [InlineData(28)]
    [InlineData(33)]
    [InlineData(36)]
    public void Bytes_that_are_not_those_of_the_dimensions_are_refused(int bytes)
    {
        var text = new GraphText(4, "y = MatMul(x, w)").Constant("w", 4, 2);
        text.Graph.Initializer[0].FloatData.Clear();
        text.Graph.Initializer[0].RawData = ByteString.CopyFrom(new byte[bytes]);
        text.ShouldBe<InvalidDataException>($"*'w'*{bytes} bytes*");
    }

    [Fact]
    public void Sizes_that_do_not_fit_each_other_are_refused()
    {
        new GraphText(4, "y = MatMul(x, w)").Constant("w", 3, 2)
            .ShouldBe<NotSupportedException>("*node 0 (MatMul)*3 numbers for 4 features*");
        new GraphText(4, "y = Gemm(x, w, b)").Constant("w", 4, 2).Constant("b", 3)
            .ShouldBe<NotSupportedException>("*node 0 (Gemm)*'b' (3) meets 2 features*");
        new GraphText(4, "y = LayerNormalization(x, g, b)").Constant("g", 4).Constant("b", 3)
            .ShouldBe<NotSupportedException>("*node 0 (LayerNormalization)*'b' (3) meets 4 features*");
    }

    [Fact]
    public void Names_are_shown_without_what_would_garble_a_terminal()
    {
        var text = new GraphText(4, "y = Relu(x)");
        text.Graph.Node[0].Input[0] = "\u001b[31m" + new string('n', 100_000);
        FluentActions.Invoking(() => Network.LoadOnnx<float>(new MemoryStream(text.Bytes())))
            .Should().Throw<InvalidDataException>().Which.Message.Should().HaveLength(150).And.NotContain("\u001b")
            .And.Contain("'\uFFFD[31mnnn");
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        foreach (byte[] bytes in (byte[][])[[], [0], "PK\u0003\u0004 this is a zip"u8.ToArray(), new byte[100_000]])
        {
            FluentActions.Invoking(() => Network.LoadOnnx<float>(new MemoryStream(bytes), name: "junk"))
                .Should().ThrowExactly<InvalidDataException>().WithMessage("'junk'*no ONNX model*");
        }
    }

    [Fact]
    public void Groups_within_groups_do_not_overflow_the_stack()
    {
        byte[] groups = new byte[10_000_000];
        Array.Fill(groups, (byte)0x0b);
        Refused(groups);
    }

    [Fact]
    public void Millions_of_empty_nodes_do_not_become_objects()
    {
        // A node of two bytes would become an object of two hundred.
        byte[] bytes = new byte[2_000_000];
        bytes[0] = 0x3a;
        (bytes[1], bytes[2], bytes[3]) = (0xfb, 0x88, 0x7a);
        for (int i = 4; i + 1 < bytes.Length; i += 2)
        {
            bytes[i] = 0x0a;
        }

        Refused(bytes);
    }

    [Fact]
    public void A_constant_that_serves_many_layers_does_not_make_a_large_network()
    {
        var text = new GraphText(200);
        Chain(text, 2000, i => i % 2 == 0 ? "MatMul" : "Relu", i => i % 2 == 0 ? "w" : null);
        text.Constant("w", 200, 200)
            .ShouldBe<NotSupportedException>("*(MatMul)*parameters*more of them than a file of*");
    }

    [Theory]
    [InlineData("Mul")]
    [InlineData("Add")]
    [InlineData("Div")]
    public void A_number_for_all_of_very_many_features_does_not_make_a_large_network(string operation) =>
        new GraphText(60_000_000, "a = Relu(x)", $"y = {operation}(a, c)").Constant("c")
            .ShouldBe<NotSupportedException>($"*({operation})*parameters*");

    [Fact]
    public void Scalings_of_many_features_do_not_make_a_large_network()
    {
        var text = new GraphText(20_000);
        Chain(text, 4000, i => i % 2 == 0 ? "Mul" : "Relu", i => i % 2 == 0 ? "c" : null);
        text.Constant("c", 20_000).ShouldBe<NotSupportedException>("*(Mul)*parameters*");
    }

    [Fact]
    public void Blocks_within_blocks_end_at_a_depth()
    {
        Nested(30).Should().BeTrue();
        Nested(40).Should().BeFalse();
        Nested(20_000).Should().BeFalse();

        // x + (a + (b + …)), where a, b, … each begin the next block.
        static bool Nested(int depth)
        {
            var text = new GraphText(4);
            for (int i = 0; i < depth; i++)
            {
                text.Add($"v{i + 1} = Relu({(i == 0 ? "x" : $"v{i}")})");
            }

            text.Add($"s{depth} = Tanh(v{depth})");
            for (int i = depth; i > 0; i--)
            {
                text.Add($"{(i == 1 ? "y" : $"s{i - 1}")} = Add({(i == 1 ? "x" : $"v{i - 1}")}, s{i})");
            }

            return Fuzzer.Load(text.Bytes(), "nested");
        }
    }

    [Fact]
    public void Blocks_that_begin_with_blocks_take_little_time()
    {
        // x + (x + (x + … W·x)): every block asks the one within how many features it takes.
        var text = new GraphText(4, "s0 = MatMul(x, w)").Constant("w", 4, 4);
        for (int i = 0; i < 30; i++)
        {
            text.Add($"{(i == 29 ? "y" : $"s{i + 1}")} = Add(s{i}, x)");
        }

        var watch = Stopwatch.StartNew();
        Fuzzer.Load(text.Bytes(), "nested").Should().BeTrue();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Long_chains_take_time_and_memory_in_proportion()
    {
        var watch = Stopwatch.StartNew();
        foreach (string operation in (string[])["Relu", "Sigmoid", "Identity", "Softmax"])
        {
            var text = new GraphText(4);
            Chain(text, 10_000, _ => operation, _ => null);
            Fuzzer.Load(text.Bytes(), operation).Should().BeTrue();
            Chain(text = new GraphText(4), 50_000, _ => operation, _ => null);
            text.ShouldBe<NotSupportedException>("*more than 10000 operators*");
        }

        // Two seconds if nothing else runs; in proportion to the square it would be minutes.
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_value_with_very_many_consumers_takes_little_time()
    {
        var text = new GraphText(4);
        string before = "x";
        for (int i = 0; i < 20_000; i++)
        {
            text.Add($"{(i == 19_999 ? "y" : $"v{i}")} = Add(x, {before})");
            before = $"v{i}";
        }

        var watch = Stopwatch.StartNew();
        Fuzzer.Load(text.Bytes(), "shortcuts").Should().BeFalse();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    private static void Chain(GraphText text, int count, Func<int, string> operation, Func<int, string?> constant)
    {
        for (int i = 0; i < count; i++)
        {
            NodeProto node = text.Add(
                $"{(i == count - 1 ? "y" : $"v{i}")} = {operation(i)}({(i == 0 ? "x" : $"v{i - 1}")})");
            if (constant(i) is string name)
            {
                node.Input.Add(name);
            }
        }
    }

    private static void Refused(byte[] bytes) => Fuzzer.Load(bytes, "hostile").Should().BeFalse();
}
