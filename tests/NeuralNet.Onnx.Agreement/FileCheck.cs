using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Onnx.Import;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Schema;
using NeuralNet.Recurrence;

namespace NeuralNet.Onnx.Agreement;

/// <summary>Imports model files and holds what the networks give against ONNX Runtime, on random numbers.</summary>
internal static class FileCheck
{
    private const double Tolerance = 1e-5;
    private const double Least = 0.01;
    private const int Many = 64;

    /// <summary>Checks all models of a folder.</summary>
    public static IEnumerable<Finding> Folder(string folder) => Directory
        .EnumerateFiles(folder, "*.onnx").Order(StringComparer.Ordinal)
        .SelectMany(path => Check(Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path)));

    /// <summary>Checks a model: what it loads unless told otherwise, else each output that can be loaded.</summary>
    public static IEnumerable<Finding> Check(string name, byte[] model)
    {
        OnnxModelDescription description;
        try
        {
            description = OnnxImporter.Describe(new MemoryStream(model), name);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidDataException)
        {
            return [new(name, Verdict.Refused, exception.Message)];
        }
        catch (Exception exception)
        {
            return [new(name, Verdict.Crashed, exception.ToString())];
        }

        IReadOnlyList<string>[] choices = description.DefaultOutputs.Count > 0
            ? [description.DefaultOutputs]
            : [.. description.Outputs.Where(output => output.CanBeLoaded).Select(output => new[] { output.Name })];
        return choices.Length == 0
            ? [new(name, Verdict.Refused, string.Join(" | ", description.Outputs.Select(output => output.Remark)))]
            : choices.Select(outputs => Check(name, model, outputs, description.DefaultOutputs.Count > 0));
    }

    private static Finding Check(string name, byte[] model, IReadOnlyList<string> outputs, bool isDefault)
    {
        string label = isDefault ? name : $"{name} (asked for {string.Join(", ", outputs)})";
        try
        {
            bool isDouble = ModelProto.Parser.ParseFrom(model).Graph.Input.Any(
                input => input.Type?.TensorType?.ElemType == ElementKind.Double);
            return isDouble
                ? Compare<double>(label, model, outputs, isDefault)
                : Compare<float>(label, model, outputs, isDefault);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidDataException)
        {
            return new(label, Verdict.Refused, exception.Message);
        }
        catch (OnnxRuntimeException exception)
        {
            return new(label, Verdict.NoAnswer, exception.Message);
        }
        catch (Exception exception)
        {
            return new(label, Verdict.Crashed, exception.ToString());
        }
    }

    private static Finding Compare<T>(string label, byte[] model, IReadOnlyList<string> outputs, bool isDefault)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Network<T> network = Network.LoadOnnx<T>(
            new MemoryStream(model), new() { OutputNames = isDefault ? [] : outputs }, label);
        string[] values = [.. outputs.Select(output => Origin(model, output))];
        using var runtime = new RuntimeModel(WithOutputs(model, values));
        double worst = 0;
        foreach (int samples in new[] { 1, Many })
        {
            if (!Takes(runtime, samples))
            {
                continue;
            }

            // A file for several samples has all of them.
            Dictionary<string, (int[] Shape, double[] Values)> inputs = Inputs(runtime, samples, network);
            (string Name, int Size)[] taken = [.. NamesOf(network, model, outputs)];
            int given = inputs[taken[0].Name].Values.Length / taken[0].Size;
            T[] column = Columns(network, inputs, taken, given);
            T[] predicted = new T[network.OutputSize * given];
            network.Predict(column, predicted, given);
            double[] expected = Join(network, [.. values.Select(value => runtime.Run(inputs, value))], given);
            if (samples > 1 && IsStream(network))
            {
                predicted = Stream(network, column, expected.Length);
            }

            if (expected.Length != predicted.Length)
            {
                return new(label, Verdict.Wrong, $"{predicted.Length} numbers, not {expected.Length}");
            }

            // Small numbers among larger ones are differences of those.
            double middle = Math.Max(Least, expected.Select(Math.Abs).Order().ElementAt(expected.Length / 2));
            worst = Math.Max(
                worst,
                Differences.Worst(
                    expected,
                    [.. predicted.Select(value => double.CreateChecked(value))],
                    value => Math.Max(Math.Abs(value), middle)));
        }

        string layers = string.Join(' ', network.Layers.Select(layer => layer.Kind));
        return new(
            label,
            worst <= Tolerance ? Verdict.Agrees : Verdict.Wrong,
            FormattableString.Invariant($"{worst:E1} [{layers}]"));
    }

    // A file whose samples are the steps of one sequence is a network of a single step, which a state carries on.
    private static bool IsStream<T>(Network<T> network)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        network.Layers.OfType<RecurrentLayer<T>>().FirstOrDefault() is { Steps: 1 };

    private static T[] Stream<T>(Network<T> network, T[] steps, int length)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var state = new RecurrentState<T>(network);
        T[] all = [.. steps.Chunk(state.StepSize).SelectMany(step => state.Predict(step))];
        return all[^length..];
    }

    private static bool Takes(RuntimeModel runtime, int samples) => samples == 1
        || runtime.Inputs.Values.All(input => input.Dimensions.Length > 0 && input.Dimensions[0] < 1);

    // A fixed batch is filled; all else that is open is taken to be 1.
    private static Dictionary<string, (int[] Shape, double[] Values)> Inputs<T>(
        RuntimeModel runtime, int samples, Network<T> network)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new Random(samples);
        var inputs = new Dictionary<string, (int[] Shape, double[] Values)>();
        foreach ((string name, var metadata) in runtime.Inputs)
        {
            int[] shape =
            [
                .. metadata.Dimensions.Select((size, d) => size > 0 ? size : d == 0 ? samples : 1),
            ];
            double[] values = new double[shape.Aggregate(1, (product, size) => product * size)];
            bool isWhole = metadata.ElementDataType
                is not (Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float
                or Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Double);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = isWhole ? random.Next(2) : (float)((random.NextDouble() * 2) - 1);
            }

            inputs.Add(name, (shape, values));
        }

        return inputs;
    }

    // The inputs of each sample one below the other; a file for one sample has all of them in the first.
    private static T[] Columns<T>(
        Network<T> network,
        Dictionary<string, (int[] Shape, double[] Values)> inputs,
        (string Name, int Size)[] taken,
        int samples)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] columns = new T[network.InputSize * samples];
        int start = 0;
        foreach ((string name, int size) in taken)
        {
            double[] values = inputs[name].Values;
            for (int i = 0; i < samples * size; i++)
            {
                columns[((i / size) * network.InputSize) + start + (i % size)] = T.CreateChecked(values[i]);
            }

            start += size;
        }

        return columns;
    }

    private static IEnumerable<(string Name, int Size)> NamesOf<T>(
        Network<T> network, byte[] model, IReadOnlyList<string> outputs)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        if (network.Inputs is { Count: > 1 } named)
        {
            return named.Select(range => (range.Name, range.Shape.Size));
        }

        var reader = new GraphReader(ModelProto.Parser.ParseFrom(model), "");
        var graph = ImportedGraph<T>.Read(reader, outputs, model.Length, isChannelsLast: false, "");
        return [(graph.Inputs.Single().Name, network.InputSize)];
    }

    private static double[] Join<T>(Network<T> network, double[][] outputs, int samples)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        if (outputs is [{ } only])
        {
            return only;
        }

        double[] joined = new double[network.OutputSize * samples];
        for (int k = 0; k < outputs.Length; k++)
        {
            FeatureRange range = network.Outputs![k];
            for (int i = 0; i < outputs[k].Length; i++)
            {
                int size = range.Shape.Size;
                joined[((i / size) * network.OutputSize) + range.Start + (i % size)] = outputs[k][i];
            }
        }

        return joined;
    }

    // The value that a decision or a draw is made from, which the network gives in its place.
    private static string Origin(byte[] model, string output)
    {
        const string From = "decided or drawn from '";
        string remark = OnnxImporter.Describe(new MemoryStream(model)).Outputs
            .FirstOrDefault(one => one.Name == output)?.Remark ?? "";
        return remark.StartsWith(From, StringComparison.Ordinal)
            ? remark[From.Length..remark.IndexOf('\'', From.Length)]
            : output;
    }

    private static byte[] WithOutputs(byte[] bytes, IReadOnlyList<string> outputs)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(bytes);
        foreach (string output in outputs)
        {
            if (model.Graph.Output.All(one => one.Name != output))
            {
                model.Graph.Output.Add(new ValueInfoProto { Name = output });
            }
        }

        return model.ToByteArray();
    }
}
