using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.PyTorch;
using NeuralNet.Regularization;
using NeuralNet.Safetensors;
using NeuralNet.Serialization;

namespace NeuralNet.Fuzz;

/// <summary>
/// Model files, files of parameters, state_dicts and archives: everything that is a safetensors file.
/// </summary>
internal sealed class SafetensorsFormat : IFuzzFormat
{
    private const int LargestPredicted = 1000;

    private readonly byte[][] _files =
    [
        Save(Small<float>(), null),
        Save(Large<float>(), null),
        Save(Large<double>(), null),
        Save(Large<float>(), TensorElementType.F16),
        Parameters(Small<float>()),
        StateDict(),
    ];

    public string Name => "safetensors";

    public byte[] Make(Random random)
    {
        byte[] file = _files[random.Next(_files.Length)];
        return random.Next(200) == 0 ? file : SafetensorsMutation.Mutate(file, random, "neuralnet.model");
    }

    public void Read(byte[] file, string name, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                Check(Network.Load<double>(Open(file, random), name: name));
                break;
            case 1:
                Small<float>().LoadParameters(Open(file, random), name);
                break;
            case 2:
                Small<double>().LoadStateDict(Open(file, random), name: name);
                break;
            case 3:
                TensorArchive.Read<float>(new TensorSource(Open(file, random), name));
                break;
            default:
                Check(Network.Load<float>(Open(file, random), name: name));
                break;
        }
    }

    // The kinds, a few messages and buffers take the constant part; the JSON documents, the lists and layers the other.
    public long AllocationLimit(int length) => 500_000 + (40L * length);

    private static Stream Open(byte[] file, Random random) =>
        random.Next(2) == 0 ? new MemoryStream(file, writable: false) : new OneWayStream(file);

    /// <summary>Requires that the accepted network predicts, and is saved and loaded to the same bytes.</summary>
    private static void Check<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (network.FindNonFinite() is { } element)
        {
            throw new InvalidOperationException($"A network was loaded that predicts nothing: {element}.");
        }

        byte[] saved = Save(network, null);
        if (!Save(Network.Load<T>(new MemoryStream(saved)), null).AsSpan().SequenceEqual(saved))
        {
            throw new InvalidOperationException("A network that was loaded does not come back to the same bytes.");
        }

        if (network.InputSize < LargestPredicted && network.Layers.Count < LargestPredicted)
        {
            network.Predict(new T[network.InputSize], new T[network.OutputSize]);
        }
    }

    private static Network<T> Small<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(3, seed: 1).Dense(4, new LeakyReLU(0.2)).Dense(2).Build();

    private static Network<T> Large<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Network<T> network = Network.Create<T>(5, seed: 2)
            .Dense(6, new ELU(0.7), weightPenalty: new ElasticNetPenalty(), weightConstraint: new MaxNorm(1.5))
            .BatchNormalization()
            .Activation(new HardTanh(-2, 0.5))
            .Dropout(0.2)
            .Residual(
                block => block.LayerNormalization().Residual(inner => inner.Dense(7, new GELU()).PReLU().Dense(6)))
            .PReLU(slopePerFeature: true)
            .Dense(3, new Softmax())
            .Build();
        network.Layers[1].Freeze();
        return network;
    }

    private static byte[] Save<T>(Network<T> network, TensorElementType? type)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        network.Save(stream, elementType: type);
        return stream.ToArray();
    }

    private static byte[] Parameters(Network<float> network)
    {
        using var stream = new MemoryStream();
        network.SaveParameters(stream);
        return stream.ToArray();
    }

    private static byte[] StateDict()
    {
        using var stream = new MemoryStream();
        TensorArchive.Write<float>(
            stream,
            new Dictionary<string, string> { ["format"] = "pt" },
            [
                new("net.0.bias", new float[4], [4]),
                new("net.0.weight", new float[12], [4, 3]),
                new("net.2.weight", new float[8], [2, 4]),
            ]);
        return stream.ToArray();
    }
}
