using System.Buffers;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Preprocessing;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace NeuralNet.Pipelines;

/// <summary>
/// A network together with what was fitted on its training data: raw features go in, and results in the unit of the data,
/// or the name of a class, come out. It is what a program that predicts wants to load.
/// </summary>
/// <remarks>
/// Immutable but for the network's parameters; any number of threads may predict at once, without a lock. The network is
/// trained on features that went through <see cref="Inputs"/> and, of a regression, targets that went through
/// <see cref="Outputs"/>, such as <c>DataSet.TransformInputs</c> gives.
/// </remarks>
/// <example><code>
/// Standardization scaling = Standardization.Fit(training.Inputs);
/// // … train the network on training.TransformInputs(scaling) …
/// var pipeline = new Pipeline&lt;float&gt;(network, inputs: scaling);
/// pipeline.Save("model.safetensors");
/// Vector&lt;float&gt; scores = pipeline.Predict(rawFeatures);
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Pipeline<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>Samples that go through together.</summary>
    private const int BatchSize = 256;

    /// <summary>Puts a pipeline together.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">What is done to features before the network sees them; nothing if null.</param>
    /// <param name="outputs">What was done to the targets of a regression, and is taken back of results; nothing if null.</param>
    /// <param name="labels">The names of the classes, one per output; none if null.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, or a regression has labels.</exception>
    public Pipeline(
        Network<T> network,
        IFeatureTransform? inputs = null,
        IInvertibleTransform? outputs = null,
        LabelEncoder? labels = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (inputs is not null && inputs.OutputSize != network.InputSize)
        {
            throw new ArgumentException(
                $"The network takes {network.InputSize} features, but the transform gives {inputs.OutputSize}.", nameof(inputs));
        }

        if (outputs is not null && outputs.OutputSize != network.OutputSize)
        {
            throw new ArgumentException(
                $"The network gives {network.OutputSize} outputs, but the transform of the targets gave {outputs.OutputSize}.",
                nameof(outputs));
        }

        if (labels is not null && outputs is not null)
        {
            throw new ArgumentException("Classes have names or numbers a transform, not both.", nameof(labels));
        }

        if (labels is not null && labels.Labels.Count != Math.Max(2, network.OutputSize))
        {
            throw new ArgumentException(
                $"The network tells {Math.Max(2, network.OutputSize)} classes apart, but there are {labels.Labels.Count} labels.",
                nameof(labels));
        }

        Network = network;
        Inputs = inputs;
        Outputs = outputs;
        Labels = labels;
    }

    /// <summary>The network.</summary>
    public Network<T> Network { get; }

    /// <summary>What is done to features before the network sees them; null for nothing.</summary>
    public IFeatureTransform? Inputs { get; }

    /// <summary>What was done to the targets of a regression, and is taken back of results; null for nothing.</summary>
    public IInvertibleTransform? Outputs { get; }

    /// <summary>The names of the classes, one per output; null if they have none.</summary>
    public LabelEncoder? Labels { get; }

    /// <summary>Number of raw features.</summary>
    public int InputSize => Inputs?.InputSize ?? Network.InputSize;

    /// <summary>Number of results.</summary>
    public int OutputSize => Outputs?.InputSize ?? Network.OutputSize;

    /// <summary>Predicts one sample.</summary>
    /// <param name="input">The raw features, <see cref="InputSize"/> of them.</param>
    /// <returns>The results, a new vector that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public Vector<T> Predict(Vector<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        RequireInputSize(input.Count, nameof(input));
        T[] output = new T[OutputSize];
        Predict(input.AsArray() ?? input.ToArray(), output);
        return Vector<T>.Build.Dense(output);
    }

    /// <summary>Predicts a batch.</summary>
    /// <param name="inputs">A sample of raw features per column: <see cref="InputSize"/> × batch.</param>
    /// <returns>The results, <see cref="OutputSize"/> × batch, a new matrix that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public Matrix<T> Predict(Matrix<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Predict((ReadOnlyMatrixSpan<T>)inputs);
    }

    /// <summary>Predicts a batch, such as the inputs of a data set.</summary>
    /// <param name="inputs">A sample of raw features per column: <see cref="InputSize"/> × batch.</param>
    /// <returns>The results, <see cref="OutputSize"/> × batch, a new matrix that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public Matrix<T> Predict(ReadOnlyMatrixSpan<T> inputs)
    {
        RequireInputSize(inputs.Rows, nameof(inputs));
        Matrix<T> outputs = Matrix<T>.Build.Dense(OutputSize, inputs.Columns);
        Predict(inputs.Values, outputs.AsColumnMajorArray());
        return outputs;
    }

    /// <summary>Predicts samples in an array or a span.</summary>
    /// <param name="inputs">Sample after sample, <see cref="InputSize"/> raw features each.</param>
    /// <returns>The results, sample after sample, <see cref="OutputSize"/> numbers each: a new array.</returns>
    /// <exception cref="ArgumentException">
    /// The inputs are not a whole number of samples, or the transform refuses a value.
    /// </exception>
    public T[] Predict(ReadOnlySpan<T> inputs)
    {
        T[] outputs = new T[Shape.Length(OutputSize, inputs.Length / InputSize, "The results of a batch")];
        Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>Predicts a batch from view to view, without allocating once warm.</summary>
    /// <param name="inputs">A sample of raw features per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="outputs">To be overwritten: <see cref="OutputSize"/> × batch.</param>
    /// <exception cref="ArgumentException">A shape does not fit, the two overlap, or the transform refuses a value.</exception>
    public void Predict(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs)
    {
        RequireInputSize(inputs.Rows, nameof(inputs));
        if (outputs.Rows != OutputSize || outputs.Columns != inputs.Columns)
        {
            throw new ArgumentException(
                $"The results of this batch are {OutputSize} × {inputs.Columns} (outputs × samples), "
                + $"but there is room for {outputs.Rows} × {outputs.Columns}.",
                nameof(outputs));
        }

        Predict(inputs.Values, outputs.Values);
    }

    /// <summary>Predicts samples from memory to memory, without allocating once warm.</summary>
    /// <param name="inputs">Sample after sample, <see cref="InputSize"/> raw features each.</param>
    /// <param name="outputs">To be overwritten: sample after sample, <see cref="OutputSize"/> results each.</param>
    /// <exception cref="ArgumentException">
    /// The inputs are not a whole number of samples, the outputs do not fit their number, the two overlap, or the transform
    /// refuses a value.
    /// </exception>
    public void Predict(ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        int samples = PredictionShape.Samples("pipeline", inputs, InputSize, outputs, OutputSize);
        int batchSize = Math.Min(samples, BatchSize);
        T[] scratch = ArrayPool<T>.Shared.Rent((Network.InputSize + Network.OutputSize) * Math.Max(1, batchSize));
        try
        {
            for (int start = 0; start < samples; start += batchSize)
            {
                int count = Math.Min(batchSize, samples - start);
                PredictBatch(
                    new(inputs.Slice(start * InputSize, count * InputSize), InputSize, count),
                    new(outputs.Slice(start * OutputSize, count * OutputSize), OutputSize, count),
                    scratch);
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(scratch);
        }
    }

    /// <summary>The name of the class that a sample is most likely of.</summary>
    /// <param name="input">The raw features, <see cref="InputSize"/> of them.</param>
    /// <param name="threshold">
    /// With a single output, what it must exceed for the second class: ½ for a probability, 0 for a logit.
    /// </param>
    /// <returns>The label.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no labels.</exception>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public string PredictLabel(Vector<T> input, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(input);
        return PredictLabel(input.AsArray() ?? input.ToArray(), threshold);
    }

    /// <summary>The name of the class that a sample is most likely of, without allocating once warm.</summary>
    /// <param name="input">The raw features, <see cref="InputSize"/> of them.</param>
    /// <param name="threshold">
    /// With a single output, what it must exceed for the second class: ½ for a probability, 0 for a logit.
    /// </param>
    /// <returns>The label.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no labels.</exception>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public string PredictLabel(ReadOnlySpan<T> input, double threshold = 0.5)
    {
        LabelEncoder labels = RequireLabels();
        RequireInputSize(input.Length, nameof(input));
        T[] rented = ArrayPool<T>.Shared.Rent(OutputSize);
        try
        {
            Span<T> scores = rented.AsSpan(0, OutputSize);
            Predict(input, scores);
            return Label(labels, scores, threshold);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    /// <summary>The names of the classes that the samples of a batch are most likely of.</summary>
    /// <param name="inputs">A sample of raw features per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="threshold">
    /// With a single output, what it must exceed for the second class: ½ for a probability, 0 for a logit.
    /// </param>
    /// <returns>A label per sample.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no labels.</exception>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public string[] PredictLabels(ReadOnlyMatrixSpan<T> inputs, double threshold = 0.5)
    {
        LabelEncoder labels = RequireLabels();
        ReadOnlyMatrixSpan<T> scores = Predict(inputs);
        string[] result = new string[scores.Columns];
        for (int j = 0; j < result.Length; j++)
        {
            result[j] = Label(labels, scores.Column(j), threshold);
        }

        return result;
    }

    private static string Label(LabelEncoder labels, ReadOnlySpan<T> scores, double threshold) => labels.Decode(
        scores.Length > 1 ? TensorPrimitives.IndexOfMax(scores) : double.CreateTruncating(scores[0]) > threshold ? 1 : 0);

    private LabelEncoder RequireLabels() =>
        Labels ?? throw new InvalidOperationException("The pipeline has no labels; it was put together without names of classes.");

    private void RequireInputSize(int features, string argument)
    {
        if (features != InputSize)
        {
            throw new ArgumentException(
                $"The pipeline takes {InputSize} features per sample, but {features} were given.", argument);
        }
    }

    private void PredictBatch(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs, Span<T> scratch)
    {
        ReadOnlyMatrixSpan<T> features = inputs;
        if (Inputs is not null)
        {
            var transformed = new MatrixSpan<T>(scratch[..(Network.InputSize * inputs.Columns)], Network.InputSize, inputs.Columns);
            Inputs.Transform(inputs, transformed);
            features = transformed;
        }

        if (Outputs is null)
        {
            Network.Predict(features, outputs);
            return;
        }

        Span<T> rest = scratch[(Network.InputSize * inputs.Columns)..];
        var results = new MatrixSpan<T>(rest[..(Network.OutputSize * inputs.Columns)], Network.OutputSize, inputs.Columns);
        Network.Predict(features, results);
        Outputs.Invert(results, outputs);
    }
}
