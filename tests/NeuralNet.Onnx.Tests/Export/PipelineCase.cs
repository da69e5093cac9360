using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Decisions;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>A pipeline with labels that is exported, with its labels and probabilities.</summary>
internal sealed class PipelineCase<T>(string name, Pipeline<T> pipeline) : IExportCase
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public string Name { get; } = name;

    public bool Runs => true;

    public IReadOnlySet<Type> Kinds { get; } = new HashSet<Type>();

    public byte[] Model()
    {
        using var stream = new MemoryStream();
        pipeline.SaveOnnx(stream);
        return stream.ToArray();
    }

    public CaseDescription Describe() => new(
        Name,
        Runs,
        typeof(T) == typeof(float) ? "float32" : "float64",
        [new("input", [pipeline.InputSize])],
        [new("probabilities", [pipeline.Labels!.Labels.Count])],
        [Batch(1), Batch(64), Batch(500)]);

    public double RoundTripDifference()
    {
        Matrix<T> inputs = Inputs(64);
        return TestData.Difference(
            Pipeline.LoadOnnx<T>(new MemoryStream(Model())).Predict(inputs), pipeline.PredictProbabilities<T>(inputs));
    }

    private CaseBatch Batch(int samples)
    {
        Matrix<T> inputs = Inputs(samples);
        return new(
            samples, Numbers(inputs), Numbers(pipeline.PredictProbabilities<T>(inputs)), [.. Labels(inputs)]);
    }

    // Of labels, 1 or 0 for each.
    private IEnumerable<string> Labels(Matrix<T> inputs) => pipeline.Meaning == OutputMeaning.Classes
        ? pipeline.PredictLabels<T>(inputs)
        : pipeline.PredictLabelSets<T>(inputs).SelectMany(
            set => pipeline.Labels!.Labels.Select(label => set.Contains(label) ? "1" : "0"));

    // Where what is missing is replaced, something is.
    private Matrix<T> Inputs(int samples)
    {
        Matrix<T> inputs = TestData.Uniform<T>(pipeline.InputSize, samples, seed: samples, from: -3, to: 3);
        if (samples > 1 && pipeline.Inputs is TransformSequence)
        {
            inputs[0, 1] = T.NaN;
        }

        return inputs;
    }

    private static double[] Numbers(Matrix<T> matrix) =>
        [.. matrix.ToColumnMajorArray().Select(double.CreateTruncating)];
}
