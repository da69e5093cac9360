using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Calibrations;
using NeuralNet.Decisions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>A network that is exported.</summary>
internal sealed class ExportCase<T> : IExportCase
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The last one has inputs ten times as far from 0.
    private static readonly int[] _batches = [1, 64, 65];

    private readonly Network<T> _network;
    private readonly OnnxExportOptions _options;
    private readonly Func<int, Matrix<T>>? _inputs;

    public ExportCase(
        string name,
        Func<NetworkBuilder<T>, NetworkBuilder<T>> layers,
        FeatureShape? inputShape = null,
        OnnxExportOptions? options = null,
        Func<int, Matrix<T>>? inputs = null,
        bool runs = true)
        : this(name, layers(Network.Create<T>(inputShape ?? 6, seed: 1)).Build(), options, inputs, runs)
    {
    }

    public ExportCase(
        string name,
        Network<T> network,
        OnnxExportOptions? options = null,
        Func<int, Matrix<T>>? inputs = null,
        bool runs = true)
    {
        Name = name;
        Runs = runs;
        _options = options ?? new();
        _inputs = inputs;
        _network = TestData.Randomized(network, seed: 2);
    }

    public string Name { get; }

    public bool Runs { get; }

    public IReadOnlySet<Type> Kinds => KindsOf(_network.Body).ToHashSet();

    private bool IsFloat => typeof(T) == typeof(float) || _options.Precision == OnnxPrecision.Single;

    public byte[] Model()
    {
        using var stream = new MemoryStream();
        _network.SaveOnnx(stream, _options);
        return stream.ToArray();
    }

    public CaseDescription Describe() => new(
        Name,
        Runs,
        IsFloat ? "float32" : "float64",
        _options.Preprocessing is { } preprocessing
            ? [new(_options.InputName ?? "input", [preprocessing.InputSize])]
            : Values(_network.Inputs, _options.InputName),
        Values(_network.Outputs, _options.OutputName),
        [.. _batches.Select(Batch)]);

    public double RoundTripDifference()
    {
        Network<T> loaded = Network.LoadOnnx<T>(new MemoryStream(Model()));
        Matrix<T> inputs = Inputs(64);
        return TestData.Difference(loaded.Predict(inputs), Predict(inputs));
    }

    private static CaseValue[] Values(FeatureLayout layout, string? name) =>
        [.. layout.Select(range => new CaseValue(name ?? range.Name, range.Shape.Dimensions))];

    private static IEnumerable<Type> KindsOf(Layer<T> layer) =>
    [
        layer.GetType().GetGenericTypeDefinition(),
        .. layer.Activation is { } activation ? (Type[])[activation.GetType()] : [],
        .. layer.Children.SelectMany(KindsOf),
    ];

    private CaseBatch Batch(int samples)
    {
        Matrix<T> inputs = Inputs(samples);
        return new(samples, Numbers(inputs), Numbers(Predict(inputs)));
    }

    private Matrix<T> Inputs(int samples) =>
        _inputs?.Invoke(samples) ?? TestData.Uniform<T>(
            _options.Preprocessing?.InputSize ?? _network.InputSize,
            samples,
            seed: samples,
            from: samples == _batches[^1] ? -30 : -3,
            to: samples == _batches[^1] ? 30 : 3);

    private Matrix<T> Predict(Matrix<T> inputs)
    {
        if (_options.Calibration is not null || _options.Scaling is not null)
        {
            return Piped().Predict(inputs);
        }

        Matrix<T> outputs = _network.Predict(_options.Preprocessing?.Transform(inputs) ?? inputs);
        if (_options.AppendSoftmax)
        {
            new Softmax().Forward<T>(
                outputs, new MatrixSpan<T>(outputs.AsColumnMajorArray(), outputs.RowCount, outputs.ColumnCount));
        }

        foreach (string name in _options.AppendSoftmaxTo)
        {
            FeatureRange range = _network.Outputs[name];
            Matrix<T> own = range.Of(outputs);
            new Softmax().Forward<T>(own, new MatrixSpan<T>(own.AsColumnMajorArray(), own.RowCount, own.ColumnCount));
            outputs.SetSubMatrix(range.Start, 0, own);
        }

        return outputs;
    }

    private Pipeline<T> Piped() => _options.Calibration is null
        ? Pipeline.Create(_network, _options.Preprocessing, _options.Scaling)
        : Pipeline.Create(
            _network,
            _options.Preprocessing,
            labels: new LabelEncoder([.. Enumerable.Range(0, Math.Max(2, _network.OutputSize)).Select(i => $"{i}")]),
            meaning: _options.Calibration is PerLabelCalibration ? OutputMeaning.Labels : OutputMeaning.Classes)
        .WithCalibration(_options.Calibration);

    private static double[] Numbers(Matrix<T> matrix) =>
        [.. matrix.ToColumnMajorArray().Select(double.CreateTruncating)];
}
