using Microsoft.ML.OnnxRuntime;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Agreement;

/// <summary>Writes networks, runs the models in ONNX Runtime, reads them back, and compares what they give.</summary>
internal static class RoundTrip
{
    private const int Samples = 5;

    // The error function of ONNX Runtime, of which GELU is made, is one of float, and so are an operator's attributes.
    private const double DoubleTolerance = 1e-6;

    /// <summary>Checks networks of random layers, in float and in double.</summary>
    public static IEnumerable<Finding> Networks(int count, int seed)
    {
        for (int i = 0; i < count; i++)
        {
            var networks = new RandomNetworks(new Random(seed + i));
            yield return i % 2 == 0
                ? Check($"network {seed + i}", networks.Next<float>(), 2e-4)
                : Check($"network {seed + i}", networks.Next<double>(), DoubleTolerance);
        }
    }

    private static Finding Check<T>(string name, Network<T> network, double tolerance)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        string layers = string.Join(' ', network.Layers.Select(layer => layer.Kind));
        try
        {
            using var stream = new MemoryStream();
            network.SaveOnnx(stream);
            byte[] model = stream.ToArray();
            var random = new Random(1);
            T[] inputs = new T[network.InputSize * Samples];
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = T.CreateChecked((random.NextDouble() * 2) - 1);
            }

            double[] expected = Predict(network, inputs);
            using var runtime = new RuntimeModel(model);
            double[] inRuntime = InRuntime(runtime, network, inputs);
            double difference = Difference(expected, inRuntime);
            if (!(difference <= tolerance))
            {
                return new(name, Verdict.Wrong, $"exported: {difference:E1} [{layers}]");
            }

            string[] outputs = network.Outputs.Count > 1 ? [.. network.Outputs.Select(output => output.Name)] : [];
            Network<T> imported = Network.LoadOnnx<T>(new MemoryStream(model), new() { OutputNames = outputs });
            double back = Difference(expected, Predict(imported, inputs));
            string read = string.Join(' ', imported.Layers.Select(layer => layer.Kind));
            return back <= tolerance
                ? new(name, Verdict.Agrees, $"{Math.Max(difference, back):E1} [{layers}]")
                : new(name, Verdict.Wrong, $"read back: {back:E1} [{layers}] as [{read}]");
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidDataException)
        {
            return new(name, Verdict.Refused, $"{exception.Message} [{layers}]");
        }
        catch (OnnxRuntimeException exception)
        {
            return new(name, Verdict.Wrong, $"not loaded by ONNX Runtime: {exception.Message} [{layers}]");
        }
        catch (Exception exception)
        {
            return new(name, Verdict.Crashed, $"{exception} [{layers}]");
        }
    }

    private static double[] Predict<T>(Network<T> network, T[] inputs)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[] outputs = new T[network.OutputSize * Samples];
        network.Predict(inputs, outputs, Samples);
        return [.. outputs.Select(value => double.CreateChecked(value))];
    }

    private static double[] InRuntime<T>(RuntimeModel runtime, Network<T> network, T[] inputs)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        (string name, NodeMetadata metadata) = runtime.Inputs.Single();
        int[] shape = [Samples, .. metadata.Dimensions.Skip(1)];
        var given = new Dictionary<string, (int[] Shape, double[] Values)>
        {
            [name] = (shape, [.. inputs.Select(value => double.CreateChecked(value))]),
        };
        if (network.Outputs.Count < 2)
        {
            return runtime.Run(given, runtime.Outputs.Single());
        }

        double[] joined = new double[network.OutputSize * Samples];
        foreach (FeatureRange range in network.Outputs)
        {
            double[] values = runtime.Run(given, range.Name);
            for (int i = 0; i < values.Length; i++)
            {
                int size = range.Shape.Size;
                joined[((i / size) * network.OutputSize) + range.Start + (i % size)] = values[i];
            }
        }

        return joined;
    }

    private static double Difference(double[] expected, double[] actual)
    {
        double scale = Math.Max(1, expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        return Differences.Worst(expected, actual, _ => scale);
    }
}
