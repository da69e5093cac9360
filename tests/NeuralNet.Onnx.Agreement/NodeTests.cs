using Google.Protobuf;
using NeuralNet.Networks;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Agreement;

/// <summary>
/// The tests of single operators that come with the standard. What a network takes is the first input that is an array
/// of numbers; the others become constants of the model, with the numbers of the test.
/// </summary>
internal static class NodeTests
{
    private const double Tolerance = 1e-3;
    private const double Absolute = 1e-6;

    /// <summary>Runs all tests of a folder, which has a folder for each.</summary>
    public static IEnumerable<(string Operation, Finding Finding)> Folder(string folder)
    {
        foreach (string test in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(test, "model.onnx");
            if (File.Exists(path))
            {
                ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
                string name = Path.GetFileName(test);
                yield return (Operation(model), Check(name, model, Path.Combine(test, "test_data_set_0")));
            }
        }
    }

    private static string Operation(ModelProto model) => model.Graph.Node.Count == 1
        ? model.Graph.Node[0].OpType
        : model.Graph.Node.GroupBy(node => node.OpType).MaxBy(group => group.Count())?.Key ?? "none";

    private static Finding Check(string name, ModelProto model, string data)
    {
        try
        {
            return Compare(name, model, data);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidDataException)
        {
            return new(name, Verdict.Refused, exception.Message);
        }
        catch (Exception exception)
        {
            return new(name, Verdict.Crashed, exception.ToString());
        }
    }

    private static Finding Compare(string name, ModelProto model, string data)
    {
        // Before version 4 of the format, constants were inputs, too.
        HashSet<string> constants = [.. model.Graph.Initializer.Select(tensor => tensor.Name)];
        for (int i = model.Graph.Input.Count - 1; i >= 0; i--)
        {
            if (constants.Contains(model.Graph.Input[i].Name))
            {
                model.Graph.Input.RemoveAt(i);
            }
        }

        TensorProto[] inputs = [.. model.Graph.Input.Select((_, i) => Tensor(Path.Combine(data, $"input_{i}.pb")))];
        int first = Array.FindIndex(inputs, tensor => tensor.Dims.Count > 0 && tensor.DataType is 1 or 11);
        if (first < 0)
        {
            return new(name, Verdict.Refused, "it takes no array of numbers");
        }

        for (int i = inputs.Length - 1; i >= 0; i--)
        {
            if (i != first)
            {
                inputs[i].Name = model.Graph.Input[i].Name;
                model.Graph.Initializer.Add(inputs[i]);
                model.Graph.Input.RemoveAt(i);
            }
        }

        // Of several results, such as a mask, the first; a decision has none that a network gives.
        string[] outputs = model.Graph.Output.Count > 1 ? [model.Graph.Output[0].Name] : [];
        Network<double> network = Network.LoadOnnx<double>(
            new MemoryStream(model.ToByteArray()), new() { AllowNonFinite = true, OutputNames = outputs }, name);
        double[] expected = Numbers(Tensor(Path.Combine(data, "output_0.pb")));
        double[] given = Numbers(inputs[first]);
        if (given.Length % network.InputSize != 0)
        {
            return new(name, Verdict.Wrong, $"{given.Length} numbers for an input of {network.InputSize}");
        }

        double[] predicted = new double[given.Length / network.InputSize * network.OutputSize];
        network.Predict(given, predicted, given.Length / network.InputSize);
        if (predicted.Length != expected.Length)
        {
            return new(name, Verdict.Wrong, $"{predicted.Length} numbers, not {expected.Length}");
        }

        double worst = Differences.Worst(
            expected, predicted, value => (Tolerance * Math.Abs(value)) + Absolute);
        return new(
            name,
            worst <= 1 ? Verdict.Agrees : Verdict.Wrong,
            FormattableString.Invariant($"{worst:E1} of what is allowed"));
    }

    private static TensorProto Tensor(string path)
    {
        try
        {
            return TensorProto.Parser.ParseFrom(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or FileNotFoundException)
        {
            throw new NotSupportedException($"{Path.GetFileName(path)} is no tensor", exception);
        }
    }

    private static double[] Numbers(TensorProto tensor)
    {
        ConstantTensor constant = ConstantTensor.Create("", tensor, "");
        return constant.Problem is null ? constant.ToArray() : throw new NotSupportedException(constant.Problem);
    }
}
