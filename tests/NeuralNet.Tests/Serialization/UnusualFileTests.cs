using System.Buffers.Binary;
using System.Text;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Safetensors;
using NeuralNet.Serialization;

namespace NeuralNet.Tests.Serialization;

/// <summary>
/// Files that other programs write, that change under the reader's eyes, or that code of one's own reads wrongly.
/// </summary>
public sealed class UnusualFileTests
{
    [Fact]
    public void A_vector_may_be_written_as_a_matrix_of_one_column()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(3).Build();
        byte[] data = new byte[36];
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(28), 2.5f);
        network.LoadParameters(new MemoryStream(File(
            """{"dense1.weights":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]},"""
            + """ "dense1.biases":{"dtype":"F32","shape":[3,1],"data_offsets":[24,36]}}""",
            data)));
        network.Parameter("dense1.biases").Values.ToArray().Should().Equal(0, 2.5f, 0);
        network.Invoking(n => n.LoadParameters(new MemoryStream(File(
                """{"dense1.weights":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]},"""
                + """ "dense1.biases":{"dtype":"F32","shape":[1,3],"data_offsets":[24,36]}}""",
                data))))
            .Should().Throw<InvalidDataException>().WithMessage("*'dense1.biases' (F32, 1 × 3)*");
    }

    [Theory]
    [InlineData("I64", 8)]
    [InlineData("U64", 8)]
    [InlineData("I32", 4)]
    [InlineData("U32", 4)]
    [InlineData("I16", 2)]
    [InlineData("U16", 2)]
    [InlineData("I8", 1)]
    [InlineData("U8", 1)]
    [InlineData("BOOL", 1)]
    public void Numbers_that_are_no_weights_are_told_by_their_size_and_refused(string type, int size)
    {
        Network<float> network = Network.Create<float>(1, seed: 1).PReLU().Build();
        string name = network.Parameters[0].Name;
        string header = $$$"""{"{{{name}}}":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,{{{size}}}]}}""";
        network.Invoking(n => n.LoadParameters(new MemoryStream(File(header, new byte[size]))))
            .Should().Throw<InvalidDataException>()
            .WithMessage($"*'{name}' ({type}, 1)*F64, F32, F16 and BF16 can be read*");
        string wrong = $$$"""{"{{{name}}}":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,{{{size + 1}}}]}}""";
        network.Invoking(n => n.LoadParameters(new MemoryStream(File(wrong, new byte[size + 1]))))
            .Should().Throw<InvalidDataException>()
            .WithMessage($"*should have {size} bytes*");
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_is_truncated()
    {
        Network<double> network = Network.Create<double>(20, seed: 1).Dense(30).Build();
        using var file = new MemoryStream();
        network.Save(file);
        byte[] whole = file.ToArray();
        foreach (int missing in new[] { 1, 8 * 30, (8 * 30) + 1, 8 * 300 })
        {
            FluentActions.Invoking(
                () => Network.Load<double>(new ShrinkingStream(whole[..^missing], whole.Length), name: "test"))
                .Should().Throw<InvalidDataException>().WithMessage("'test' is truncated: it ends within 'dense1.*");
        }
    }

    [Fact]
    public void What_turns_predictions_back_must_be_able_to()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(1).Build();
        using var file = new MemoryStream();
        Pipeline.Create(network, outputs: new Standardization([1], [2])).Save(file);
        string text = Encoding.Latin1.GetString(file.ToArray());
        string before = """{\"kind\":\"Standardization\",\"means\":[1],\"deviations\":[2]}""";
        string after = """{\"kind\":\"Imputation\",\"replacements\":[1]}""";
        text.Should().Contain(before);
        byte[] damaged = Encoding.Latin1.GetBytes(
            text.Replace(before, after.PadRight(before.Length), StringComparison.Ordinal));
        FluentActions.Invoking(() => Pipeline.Load<float>(new MemoryStream(damaged), name: "test"))
            .Should().Throw<InvalidDataException>()
            .WithMessage("'test'*outputs cannot be turned back into targets*");
    }

    [Fact]
    public void Code_that_makes_a_layer_of_another_size_is_told_so()
    {
        ModelKinds Kinds(bool isRight) => new ModelKinds().WithLayer<float, Gain<float>>("gain", s =>
        {
            IReadOnlyList<Layer<float>> inner = s.Layers("inner", layer => layer.Children);
            return () => new(1, isRight ? inner.Single() : new Dense<float>(s.InputSize + 1, 3));
        });
        Network<float> network = Network.Create<float>(2, seed: 1)
            .Add(size => new Gain<float>(1, new Dense<float>(size, 3))).Build();
        using var file = new MemoryStream();
        network.Save(file, Kinds(isRight: true));

        file.Position = 0;
        Network.Load<float>(file, Kinds(isRight: true)).Parameters.Should().HaveCount(3);
        file.Position = 0;
        FluentActions.Invoking(() => Network.Load<float>(file, Kinds(isRight: false)))
            .Should().Throw<InvalidDataException>()
            .WithMessage(
                "*layers[0] should be of the kind 'gain' and take 2 features, but it is of the kind 'gain' and takes 3 "
                + "features.");
    }

    [Fact]
    public void A_setting_that_is_asked_for_only_while_the_layer_is_made_is_refused()
    {
        ModelKinds kinds = new ModelKinds().WithLayer<float, Gain<float>>(
            "gain", s => () => new(s.Number("factor", layer => layer.Factor), new Dense<float>(s.InputSize, 3)));
        Network<float> network = Network.Create<float>(2, seed: 1)
            .Add(size => new Gain<float>(1, new Dense<float>(size, 3))).Build();
        using var file = new MemoryStream();
        network.Save(file, kinds);
        file.Position = 0;
        FluentActions.Invoking(() => Network.Load<float>(file, kinds)).Should().Throw<InvalidDataException>()
            .WithMessage(
                "*layers[0] cannot be made: the setting 'factor' is asked for within the function that makes the "
                + "layer; ask for it before*");
    }

    [Fact]
    public void An_element_type_that_there_is_not_is_refused() =>
        Network.Create<float>(2, seed: 1).Dense(1).Build()
            .Invoking(n => n.Save(new MemoryStream(), elementType: (TensorElementType)9))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*F16, F32 or F64, but it is 9*");

    private static byte[] File(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }

    /// <summary>Has fewer bytes than it said when it was asked.</summary>
    private sealed class ShrinkingStream(byte[] bytes, long length) : MemoryStream(bytes)
    {
        public override long Length => length;
    }
}
