using System.Buffers.Binary;
using System.Text;
using NeuralNet.Networks;
using NeuralNet.PyTorch;

namespace NeuralNet.Tests.Serialization;

/// <summary>Headers at the edge of the format, taken or refused as the reference reader does.</summary>
public sealed class SafetensorsHeaderTests
{
    private const string Tensors =
        "\"weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
        + "\"bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}";

    [Fact]
    public void Metadata_may_be_null() => Load("{\"__metadata__\":null," + Tensors + "}").Should().Equal(0.5f, 2);

    [Fact]
    public void Spaces_may_follow_a_header() => Load("{" + Tensors + "}   ").Should().Equal(0.5f, 2);

    [Theory]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("\t ")]
    public void A_header_begins_with_a_brace(string before) =>
        FluentActions.Invoking(() => Load(before + "{" + Tensors + "}"))
            .Should().Throw<InvalidDataException>().WithMessage("*does not begin with {*");

    [Fact]
    public void Metadata_of_another_kind_are_refused() =>
        FluentActions.Invoking(() => Load("{\"__metadata__\":[]," + Tensors + "}"))
            .Should().Throw<InvalidDataException>().WithMessage("*metadata*");

    private static float[] Load(string header)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + (3 * sizeof(float))];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(8 + json.Length), 0.5f);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(12 + json.Length), 2);
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(1).Build();
        network.LoadStateDict(new MemoryStream(file), new Dictionary<string, string> { ["dense1"] = "" });
        return network.Parameter("dense1.weights").Values.ToArray();
    }
}
