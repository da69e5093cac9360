using System.Buffers.Binary;
using System.Text.Json;
using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Samples.Mnist;

/// <summary>
/// A trained network in a file. The file holds parameters; the sizes of the layers are those of the weights in it, and the
/// activations are given.
/// </summary>
internal static class ModelFile
{
    private const int MostHeaderBytes = 1 << 20;
    private const int MostInputs = 1 << 20; // an image of 1024 x 1024 pixels

    /// <summary>Saves a network.</summary>
    public static void Save(Network<float> network, string path) => network.SaveParameters(path);

    /// <summary>Loads a network.</summary>
    /// <exception cref="SampleException">The file cannot be read, or holds no network of this sample.</exception>
    public static Network<float> Load(ModelOptions model)
    {
        try
        {
            Network<float> network = Build(ReadShapes(model.File), model);
            network.LoadParameters(model.File);
            return network;
        }
        catch (Exception exception) when (exception
            is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or JsonException)
        {
            throw new SampleException($"--model: '{model.File}' cannot be read: {exception.Message}", exception);
        }
    }

    private static Network<float> Build(List<(int Outputs, int Inputs)> shapes, ModelOptions model)
    {
        NetworkBuilder<float> builder = Network.Create<float>(shapes[0].Inputs, seed: 0);
        for (int i = 0; i < shapes.Count; i++)
        {
            (int outputs, int inputs) = shapes[i];
            if (inputs != builder.OutputSize)
            {
                throw new InvalidDataException(
                    $"It holds a layer with {inputs} inputs behind one with {builder.OutputSize} outputs.");
            }

            builder.Dense(outputs, i == shapes.Count - 1
                ? ModelFactory.OutputActivations[model.OutputActivation]
                : ModelFactory.Activations[model.Activation]);
        }

        return builder.Build();
    }

    /// <summary>The shapes of dense1.weights, dense2.weights, … in the header of a safetensors file.</summary>
    private static List<(int Outputs, int Inputs)> ReadShapes(string path)
    {
        using JsonDocument header = ReadHeader(path);
        List<(int Outputs, int Inputs)> shapes = [];
        while (header.RootElement.TryGetProperty($"dense{shapes.Count + 1}.weights", out JsonElement tensor))
        {
            shapes.Add(ReadShape(tensor));
        }

        return shapes.Count > 0
            ? shapes
            : throw new InvalidDataException("It holds no parameter 'dense1.weights', so no network of this sample.");
    }

    private static (int Outputs, int Inputs) ReadShape(JsonElement tensor)
    {
        if (tensor.ValueKind == JsonValueKind.Object
            && tensor.TryGetProperty("shape", out JsonElement shape)
            && shape.ValueKind == JsonValueKind.Array
            && shape.GetArrayLength() == 2
            && shape[0].TryGetInt32(out int outputs)
            && shape[1].TryGetInt32(out int inputs)
            && outputs is > 0 and <= ModelFactory.WidestLayer
            && inputs is > 0 and <= MostInputs)
        {
            return (outputs, inputs);
        }

        throw new InvalidDataException("It holds weights of a shape that no network of this sample has.");
    }

    private static JsonDocument ReadHeader(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] prefix = new byte[sizeof(long)];
        stream.ReadExactly(prefix);
        long length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > MostHeaderBytes)
        {
            throw new InvalidDataException("It is no safetensors file.");
        }

        byte[] json = new byte[length];
        stream.ReadExactly(json);
        JsonDocument header = JsonDocument.Parse(json);
        if (header.RootElement.ValueKind == JsonValueKind.Object)
        {
            return header;
        }

        header.Dispose();
        throw new InvalidDataException("It is no safetensors file.");
    }
}
