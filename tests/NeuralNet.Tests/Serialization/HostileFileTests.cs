using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using NeuralNet.Fuzz;
using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Tests.Serialization;

public sealed class HostileFileTests : IDisposable
{
    /// <summary>More than any refusal needs; less than any of the sizes lied about would take.</summary>
    private const long AllocationLimit = 1_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(
        """{"kind":"dense","outputSize":2147483647,"activation":{"kind":"ReLU"}}""",
        "*layers[0] needs the tensor 'dense1.weights' of 2147483647 × 2147483647, which the file does not hold.")]
    [InlineData(
        """{"kind":"dense","outputSize":40000,"activation":{"kind":"ReLU"}}""",
        "*needs the tensor 'dense1.weights' of 40000 × 2147483647*")]
    [InlineData(
        """{"kind":"batchNormalization","momentum":0.1,"epsilon":1}""",
        "*needs the tensor 'batchNormalization1.gamma' of 2147483647,*")]
    [InlineData(
        """{"kind":"layerNormalization","epsilon":1}""",
        "*needs the tensor 'layerNormalization1.gamma' of 2147483647,*")]
    [InlineData("""{"kind":"prelu","slopePerFeature":true}""", "*needs the tensor 'prelu1.slopes' of 2147483647,*")]
    [InlineData(
        """{"kind":"residual","layers":[{"kind":"prelu","slopePerFeature":true}]}""",
        "*layers[0].layers[0] needs the tensor 'residual1.prelu1.slopes'*")]
    [InlineData(
        """{"kind":"dense","outputSize":0}""",
        "*expected a number from 1 to 2147483647 as 'outputSize' of layers[0], but found 0.")]
    [InlineData("""{"kind":"dense","outputSize":2147483648}""", "*as 'outputSize' of layers[0], but found 2147483648.")]
    [InlineData(
        """{"kind":"dense","outputSize":1.5}""",
        "*expected a whole number as 'outputSize' of layers[0], but found 1.5.")]
    [InlineData(
        """{"kind":"residual","layers":[]}""",
        "*layers[0] cannot be made: A residual block needs at least one layer.*")]
    [InlineData(
        """{"kind":"dropout","rate":1}""",
        "*layers[0] cannot be made: rate must be at least 0 and below 1, but it is 1.*")]
    [InlineData(
        """{"kind":"dropout","rate":0.5,"seed":1}""",
        "*layers[0] has a member 'seed', which this version of the library does not know*")]
    [InlineData("""{"kind":"dropout","rate":0.5,"rate":0.5}""", "*is no JSON that is read*rate*")]
    [InlineData(
        """{"kind":"System.Diagnostics.Process"}""",
        "*layers[0] is a layer of the kind 'System.Diagnostics.Process', which is not registered*")]
    [InlineData("""{"kind":"ReLU"}""", "*layers[0] is a layer of the kind 'ReLU', which is not registered*")]
    [InlineData(
        """{"kind":"activation","activation":{"kind":"dense"}}""",
        "*layers[0].activation is an activation of the kind 'dense', which is not registered*")]
    [InlineData(
        """{"kind":"activation","activation":"ReLU"}""",
        "*expected an object as layers[0].activation, but found \"ReLU\".")]
    [InlineData("""{"kind":"\ud800"}""", "*the description of the model is damaged*")]
    [InlineData("""{"kind":"dropout","rate":0,"\ud800":0}""", "*'test' cannot be loaded*")]
    [InlineData("7", "*expected an object as layers[0], but found 7.")]
    [InlineData("", "*its layers make no network: A network needs at least one layer*")]
    public void An_absurd_layer_is_refused_before_it_takes_memory(string layers, string message) =>
        Refused(
            Model($$"""{"version":1,"seed":1,"inputSize":2147483647,"layers":[{{layers}}],"frozen":[]}"""), message);

    [Theory]
    [InlineData(
        """{"version":2}""", "*it has the format version 2, but this version of the library reads 1; update it.")]
    [InlineData("""{"version":0}""", "*it has the format version 0, but this version of the library reads 1.")]
    [InlineData("""{"seed":1}""", "*the model has no member 'version'.")]
    [InlineData("""[]""", "*expected an object as the model, but found [].")]
    [InlineData("", "*is no JSON that is read*")]
    [InlineData("""{"version":1,"seed":4294967296}""", "*expected a seed of 32 bits, but found 4294967296.")]
    [InlineData("""{"version":1,"seed":1,"inputSize":-1}""", "*'inputSize' of the model, but found -1.")]
    [InlineData(
        """{"version":1,"seed":1,"inputSize":1,"layers":[{"kind":"dropout","rate":0}],"frozen":["x"]}""",
        "*'x' is said to be frozen, but is no parameter.")]
    [InlineData(
        """{"version":1,"seed":1,"inputSize":1,"layers":[{"kind":"dropout","rate":0}],"""
        + """ "frozen":[],"preprocessing":{}}""",
        "*the model has a member 'preprocessing', which this version of the library does not know*")]
    public void A_damaged_description_is_refused(string model, string message) => Refused(Model(model), message);

    [Fact]
    public void Nesting_and_layers_have_limits()
    {
        string deep = string.Concat(
            Enumerable.Repeat(
                """{"kind":"residual","layers":[""", 5000)) + string.Concat(Enumerable.Repeat("]}", 5000));
        Refused(
            Model($$"""{"version":1,"seed":1,"inputSize":1,"layers":[{{deep}}],"frozen":[]}"""),
            "*is no JSON that is read*depth*",
            50);
        string many = string.Join(',', Enumerable.Repeat("""{"kind":"dropout","rate":0}""", 10_001));
        Refused(
            Model($$"""{"version":1,"seed":1,"inputSize":1,"layers":[{{many}}],"frozen":[]}"""),
            "*layers[10000] is one layer more than the 10000*",
            50);
        Refused(File(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))), "*no safetensors header*", 50);
    }

    [Fact]
    public void A_tensor_that_is_said_to_be_there_takes_no_memory_before_it_is()
    {
        // Header and description agree on 40 GB of weights, of which 100 bytes come.
        const string Layers = """{"kind":"dense","outputSize":100000,"activation":{"kind":"ReLU"}}""";
        string model = JsonSerializer.Serialize(
            $$"""{"version":1,"seed":1,"inputSize":20000,"layers":[{{Layers}}],"frozen":[]}""");
        string header = $$$"""
            {"__metadata__":{"neuralnet.model":{{{model}}}},
            "dense1.weights":{"dtype":"F32","shape":[100000,20000],"data_offsets":[0,8000000000]},
            "dense1.biases":{"dtype":"F32","shape":[100000],"data_offsets":[8000000000,8000400000]}}
            """;
        Refused(
            File(header, 100),
            "*is truncated: it ends within 'dense1.weights' (F32, 100000 × 20000), which goes from byte 0 to "
            + "8000000000 behind the header.");
    }

    [Theory]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""",
        "*'a' (F32, 4294967296 × 4294967296) should have more than any file's bytes*")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,4]}}""",
        "*should have 0 bytes*")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"""
        + """ "b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        "*expected the bytes of 'b' (F32, 1) to begin at 4*")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}""", "*expected the bytes of 'a'*")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}""", "*should have 8 bytes*")]
    [InlineData("""{"a":{"dtype":"\ud800","shape":[],"data_offsets":[0,0]}}""", "*no safetensors header*")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[],"data_offsets":[0,0]}}""", "*no safetensors header*")]
    public void A_damaged_header_is_refused(string header, string message) => Refused(File(header), message);

    [Fact]
    public void A_message_is_no_longer_than_a_message_should_be()
    {
        string name = new('n', 1_000_000);
        string ones = string.Join(',', Enumerable.Repeat(1, 10_000));
        Refused(
            File($$$"""{"{{{name}}}":{"dtype":"{{{name}}}","shape":[{{{ones}}}],"data_offsets":[4,4]}}"""),
            "*nnn…*nnn…, 10000 dimensions*",
            50);
        Refused(
            Model($$"""{"version":1,"seed":1,"inputSize":1,"layers":[{"kind":"{{name}}"}],"frozen":[]}"""),
            "*nnnn…*",
            50);
    }

    [Fact]
    public void A_message_shows_names_without_what_would_garble_a_terminal()
    {
        const string Escape = "\\u001b[31m";
        Refused(
            File($$$"""{"a{{{Escape}}}":{"dtype":"F32{{{Escape}}}","shape":[2],"data_offsets":[4,4]}}"""),
            "*'a\uFFFD[31m' (F32\uFFFD[31m, 2)*");
        Refused(
            Model($$"""{"version":1,"seed":1,"inputSize":1,"layers":[{"kind":"{{Escape}}"}],"frozen":[]}"""),
            "*'\uFFFD[31m'*");
    }

    [Fact]
    public void A_large_file_takes_little_more_memory_than_its_size()
    {
        string path = Path.Combine(_folder, "large.safetensors");
        Network<float> network = Network.Create<float>(2000, seed: 1).Dense(3000).Dense(2000).Build();
        network.Save(path);
        long length = new FileInfo(path).Length;
        _ = Network.Load<float>(path);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Network<float> loaded = Network.Load<float>(path);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan((long)(1.02 * length));
        loaded.Parameters[0].Values.SequenceEqual(network.Parameters[0].Values).Should().BeTrue();
    }

    private static void Refused(byte[] file, string message, long perByte = 0)
    {
        _ = Refusal(new MemoryStream(file));
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException seekable = Refusal(new MemoryStream(file));
        InvalidDataException oneWay = Refusal(new OneWayStream(file));
        (GC.GetAllocatedBytesForCurrentThread() - before)
            .Should().BeLessThan(AllocationLimit + (perByte * file.Length));
        seekable.Message.Should().Match(message).And.Contain("'test'");
        seekable.Message.Length.Should().BeLessThan(1000);
        oneWay.Message.Should().Be(seekable.Message);
    }

    private static InvalidDataException Refusal(Stream stream)
    {
        try
        {
            Network.Load<float>(stream, name: "test");
        }
        catch (InvalidDataException exception)
        {
            return exception;
        }

        throw new InvalidOperationException("The file was accepted.");
    }

    private static byte[] Model(string model) =>
        File($$$"""{"__metadata__":{"neuralnet.model":{{{JsonSerializer.Serialize(model)}}}}}""");

    private static byte[] File(string header, int data = 0)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + text.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        return file;
    }
}
