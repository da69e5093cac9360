using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using NeuralNet.Activations;
using NeuralNet.Fuzz;
using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Tests.Serialization;

public sealed class ParameterFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_round_trip_keeps_every_bit()
    {
        string path = Path.Combine(_folder, "a.safetensors");
        Network<float> saved = Build<float>(seed: 1);
        saved.SaveParameters(path);
        Network<float> loaded = Build<float>(seed: 2);
        loaded.LoadParameters(path);
        Values(loaded).Should().Equal(Values(saved));
        Directory.GetFiles(_folder).Should().Equal(path);
    }

    [Fact]
    public void The_other_precision_is_converted()
    {
        Network<float> single = Build<float>(seed: 1);
        Network<double> loaded = Build<double>(seed: 2);
        loaded.LoadParameters(new MemoryStream(Save(single)));
        Values(loaded).Should().Equal(Values(single).Select(value => (double)value));

        Network<float> back = Build<float>(seed: 3);
        back.LoadParameters(new MemoryStream(Save(loaded)));
        Values(back).Should().Equal(Values(single));
    }

    [Fact]
    public void The_layout_is_that_of_safetensors()
    {
        // 8 bytes of length, a JSON header, then the tensors row by row.
        Network<float> network = Network.Create<float>(3, seed: 1).Dense(2).Build();
        network.Parameter("dense1.weights").Set(
            MathNet.Numerics.LinearAlgebra.Matrix<float>.Build.DenseOfArray(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        byte[] file = Save(network);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        (length % 8).Should().Be(0);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        JsonElement weights = header.RootElement.GetProperty("dense1.weights");
        weights.GetProperty("dtype").GetString().Should().Be("F32");
        weights.GetProperty("shape").GetRawText().Should().Be("[2,3]");
        weights.GetProperty("data_offsets").GetRawText().Should().Be("[0,24]");
        header.RootElement.GetProperty("dense1.biases").GetProperty("shape").GetRawText().Should().Be("[2]");
        float[] numbers = Enumerable.Range(0, 8)
            .Select(i => BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + length + (4 * i)))).ToArray();
        numbers.Should().Equal(1, 2, 3, 4, 5, 6, 0, 0);
    }

    [Fact]
    public void Weights_of_a_single_input_are_a_matrix_still()
    {
        byte[] file = Save(Network.Create<float>(1, seed: 1).Dense(8).Build());
        Encoding.UTF8.GetString(file).Should().Contain("""
            "dense1.weights":{"dtype":"F32","shape":[8,1]
            """).And.Contain("""
            "dense1.biases":{"dtype":"F32","shape":[8]
            """);
    }

    [Fact]
    public void A_failed_save_leaves_the_file_that_was_there()
    {
        string path = Path.Combine(_folder, "kept.safetensors");
        Build<float>(seed: 1).SaveParameters(path);
        byte[] before = File.ReadAllBytes(path);
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        Build<float>(seed: 2).Invoking(n => n.SaveParameters(Path.Combine(_folder, "folder")))
            .Should().Throw<Exception>();
        File.ReadAllBytes(path).Should().Equal(before);
        Directory.GetFiles(_folder).Should().Equal(path);
    }

    [Fact]
    public void Another_network_is_refused_with_both_sides_named()
    {
        byte[] file = Save(Build<float>(seed: 1));
        Refused(
            Network.Create<float>(3, seed: 1).Dense(5).Dense(2).Build(),
            file,
            "*'dense1.weights' (F32, 4 × 3)*is 5 × 3.");
        Refused(
            Network.Create<float>(3, seed: 1).Dense(4).Build(),
            file,
            "*'dense2.weights' (F32, 2 × 4), but the network has no parameter of that name.");
        Refused(
            Network.Create<float>(3, seed: 1).Dense(4).Dense(2).Dense(1).Build(),
            file,
            "*does not hold these parameters of the network: dense3.weights (1 × 2), dense3.biases (1).");
    }

    [Fact]
    public void A_damaged_file_is_refused_and_leaves_the_network_as_it_was()
    {
        Network<float> network = Build<float>(seed: 1);
        byte[] file = Save(Build<float>(seed: 2));
        Refused(network, [], "*truncated*found 0.*Position*");
        Refused(network, file[..20], "*truncated: at offset 8*");
        Refused(network, file[..^1], "*truncated: it ends within 'dense2.biases'*");
        Refused(network, [.. file, 0], "*more bytes behind its last tensor.");
        Refused(
            network, [255, 255, 255, 255, 255, 255, 255, 255], "*header length of at most*found 18446744073709551615.");
        Refused(network, WithHeader("[]"), "*no safetensors header*");
        Refused(network, WithHeader("{"), "*no safetensors header*");
        Refused(network, WithHeader("""{"a":{"dtype":"F32","shape":[1]}}"""), "*no safetensors header*");
        Refused(network, WithHeader("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"""), "*negative*");
        Refused(
            network,
            WithHeader("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"""),
            "*to begin at 0*from 4 to 8.");
        Refused(
            network,
            WithHeader(
                """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"""
                + """ "a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"""),
            "*no safetensors header*");
        Refused(
            network,
            WithHeader("""{"dense1.biases":{"dtype":"I32","shape":[4],"data_offsets":[0,16]}}"""),
            "*F64, F32, F16 and BF16 can be read.");
        Refused(
            network,
            WithHeader("""{"dense1.biases":{"dtype":"F32","shape":[4],"data_offsets":[0,12]}}"""),
            "*should have 16 bytes*");
        Refused(network, WithHeader(""), "*no safetensors header*");
        Refused(network, WithHeader("""{"__metadata__":{"format":"pt"}}"""), "*does not hold these parameters*");
        Refused(network, WithHeader("""{"__metadata__":[1,{}]}"""), "*is no safetensors header*");
        Refused(network, WithHeader("""{"__metadata__":{"format":1}}"""), "*is no safetensors header*");
        Refused(
            network, WithHeader("""{"a":{"dtype":5,"shape":[1],"data_offsets":[0,4]}}"""), "*no safetensors header*");
        Refused(
            network,
            WithHeader("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"""),
            "*no safetensors header*");
        Refused(
            network,
            WithHeader("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}"""),
            "*no safetensors header*");
        Refused(network, WithHeader(string.Concat(Enumerable.Repeat("[", 1000))), "*no safetensors header*");
    }

    [Fact]
    public void A_folder_that_does_not_exist_leaves_nothing_behind() =>
        Build<float>(seed: 1).Invoking(n => n.SaveParameters(Path.Combine(_folder, "none", "a")))
            .Should().Throw<IOException>();

    private static void Refused(Network<float> network, byte[] file, string message)
    {
        float[] before = Values(network);
        foreach (Stream stream in new Stream[] { new MemoryStream(file), new OneWayStream(file) })
        {
            network.Invoking(n => n.LoadParameters(stream, "test"))
                .Should().Throw<InvalidDataException>().WithMessage(message);
        }

        Values(network).Should().Equal(before);
    }

    private static byte[] WithHeader(string json)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        byte[] file = new byte[8 + header.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    private static byte[] Save<T>(Network<T> network)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        network.SaveParameters(stream);
        return stream.ToArray();
    }

    private static Network<T> Build<T>(int seed)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        Network.Create<T>(3, seed).Dense(4, new ReLU()).Dense(2).Build();

    private static T[] Values<T>(Network<T> network)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        network.Parameters.SelectMany(parameter => parameter.Values.ToArray()).ToArray();
}
