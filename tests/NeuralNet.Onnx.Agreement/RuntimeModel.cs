using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NeuralNet.Onnx.Agreement;

/// <summary>A model in ONNX Runtime, run on numbers whatever the types of its inputs and outputs are.</summary>
internal sealed class RuntimeModel : IDisposable
{
    private readonly InferenceSession _session;

    public RuntimeModel(byte[] model)
    {
        using var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            IntraOpNumThreads = 1,
        };
        _session = new InferenceSession(model, options);
    }

    /// <summary>The inputs and their dimensions, −1 for one that is open.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Inputs => _session.InputMetadata;

    /// <summary>The names of the outputs.</summary>
    public IReadOnlyList<string> Outputs => _session.OutputNames;

    /// <summary>Runs the model.</summary>
    /// <param name="inputs">For each input its dimensions and its numbers.</param>
    /// <param name="output">The output to compute.</param>
    public double[] Run(IReadOnlyDictionary<string, (int[] Shape, double[] Values)> inputs, string output) =>
        Run(inputs, output, out _);

    /// <summary>Runs the model and gives the dimensions of the output, too.</summary>
    public double[] Run(
        IReadOnlyDictionary<string, (int[] Shape, double[] Values)> inputs, string output, out int[] shape)
    {
        NamedOnnxValue[] given =
        [
            .. Inputs.Select(input => Value(input.Key, input.Value, inputs[input.Key])),
        ];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run(given, [output]);
        shape = results[0].ElementType == TensorElementType.Double
            ? results[0].AsTensor<double>().Dimensions.ToArray()
            : results[0].ElementType == TensorElementType.Float
            ? results[0].AsTensor<float>().Dimensions.ToArray()
            : [];
        return Numbers(results[0]);
    }

    /// <summary>Runs the model and gives an output of texts or whole numbers as texts.</summary>
    public string[] RunTexts(IReadOnlyDictionary<string, (int[] Shape, double[] Values)> inputs, string output)
    {
        NamedOnnxValue[] given = [.. Inputs.Select(input => Value(input.Key, input.Value, inputs[input.Key]))];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run(given, [output]);
        return results[0].ElementType == TensorElementType.String
            ? [.. results[0].AsEnumerable<string>()]
            : [.. results[0].AsEnumerable<long>().Select(one => one.ToString(CultureInfo.InvariantCulture))];
    }

    public void Dispose() => _session.Dispose();

    private static NamedOnnxValue Value(string name, NodeMetadata metadata, (int[] Shape, double[] Values) given)
    {
        return metadata.ElementDataType switch
        {
            TensorElementType.Double => Create(value => value),
            TensorElementType.Int64 => Create(value => (long)value),
            TensorElementType.Int32 => Create(value => (int)value),
            TensorElementType.Bool => Create(value => value != 0),
            TensorElementType.String => NamedOnnxValue.CreateFromTensor(
                name,
                new DenseTensor<string>(
                    given.Values.Select(value => value.ToString(CultureInfo.InvariantCulture)).ToArray(), given.Shape)),
            _ => Create(value => (float)value),
        };

        NamedOnnxValue Create<T>(Func<double, T> convert) => NamedOnnxValue.CreateFromTensor(
            name, new DenseTensor<T>(given.Values.Select(convert).ToArray(), given.Shape));
    }

    private static double[] Numbers(DisposableNamedOnnxValue value) => value.ElementType switch
    {
        TensorElementType.Float => [.. value.AsEnumerable<float>().Select(one => (double)one)],
        TensorElementType.Double => [.. value.AsEnumerable<double>()],
        TensorElementType.Int64 => [.. value.AsEnumerable<long>().Select(one => (double)one)],
        TensorElementType.Int32 => [.. value.AsEnumerable<int>().Select(one => (double)one)],
        _ => throw new NotSupportedException($"The output is of {value.ElementType}."),
    };
}
