using System.IO.Compression;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

public sealed class StreamTests
{
    [Fact]
    public void A_model_is_read_from_a_stream_that_does_not_know_its_length()
    {
        Network<float> network = TestData.Randomized(
            Network.Create<float>(200, seed: 1).Dense(300).Dense(2).Build(), seed: 1);
        using var packed = new MemoryStream();
        using (var writer = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            network.SaveOnnx(writer);
            writer.CanWrite.Should().BeTrue();
        }

        packed.Position = 0;
        using var reader = new GZipStream(packed, CompressionMode.Decompress);
        Network<float> loaded = Network.LoadOnnx<float>(reader, new() { Seed = 7 });

        reader.CanRead.Should().BeTrue();
        loaded.Seed.Should().Be(7);
        loaded.Parameters.Zip(network.Parameters).Should().AllSatisfy(
            pair => pair.First.Values.ToArray().Should().Equal(pair.Second.Values.ToArray()));
    }

    [Fact]
    public void A_model_is_read_from_where_the_stream_stands()
    {
        using var stream = new MemoryStream();
        stream.Write([1, 2, 3]);
        Network.Create<float>(2, seed: 1).Dense(3).Build().SaveOnnx(stream);
        stream.Position = 3;
        Network.LoadOnnx<float>(stream).OutputSize.Should().Be(3);
    }
}
