using System.Buffers;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Preprocessing;

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

    private readonly InputColumn[]? _columns;

    /// <summary>Puts a pipeline together.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">What is done to features before the network sees them; nothing if null.</param>
    /// <param name="outputs">What was done to the targets of a regression, and is taken back of results; nothing if null.</param>
    /// <param name="labels">The names of the classes, one per output, or two for a single output; none if null.</param>
    /// <param name="threshold">
    /// What a single output must exceed for the second class; if null, ½ for a probability and 0 for a logit, whichever the
    /// last activation gives.
    /// </param>
    /// <param name="columns">What the raw features are called, and the categories of those that are such; unknown if null.</param>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit, a regression has labels or a threshold, several outputs have a threshold, or two columns have one name.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite.</exception>
    public Pipeline(
        Network<T> network,
        IFeatureTransform? inputs = null,
        IInvertibleTransform? outputs = null,
        LabelEncoder? labels = null,
        double? threshold = null,
        IReadOnlyList<InputColumn>? columns = null)
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

        if (threshold is not null && (labels is null || network.OutputSize > 1))
        {
            throw new ArgumentException(
                "A threshold tells two classes with labels apart by a single output, but "
                + (labels is null ? "there are no labels." : $"the network gives {network.OutputSize} outputs."),
                nameof(threshold));
        }

        if (threshold is { } value && !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), value, "The threshold must be a finite number.");
        }

        Network = network;
        Inputs = inputs;
        Outputs = outputs;
        Labels = labels;
        GivenThreshold = threshold;
        _columns = columns is null ? null : Checked([.. columns], InputSize);
    }

    /// <summary>The network.</summary>
    public Network<T> Network { get; }

    /// <summary>What is done to features before the network sees them; null for nothing.</summary>
    public IFeatureTransform? Inputs { get; }

    /// <summary>What was done to the targets of a regression, and is taken back of results; null for nothing.</summary>
    public IInvertibleTransform? Outputs { get; }

    /// <summary>The names of the classes, one per output; null if they have none.</summary>
    public LabelEncoder? Labels { get; }

    /// <summary>
    /// What a single output must exceed for the second class of <see cref="Labels"/>: as it was given, else ½ where the last
    /// activation gives probabilities, log ½ where it gives their logarithms, and 0 where it gives logits.
    /// </summary>
    public double Threshold => GivenThreshold ?? OutputKind switch
    {
        OutputKind.Probability => 0.5,
        OutputKind.LogProbability => Math.Log(0.5),
        _ => 0,
    };

    /// <summary>What the raw features are called, in their order, and the categories of those that are such; null if that is not known.</summary>
    public IReadOnlyList<InputColumn>? Columns => _columns;

    /// <summary>Number of raw features.</summary>
    public int InputSize => Inputs?.InputSize ?? Network.InputSize;

    /// <summary>Number of results.</summary>
    public int OutputSize => Outputs?.InputSize ?? Network.OutputSize;

    /// <summary>The threshold as it was given; null if it follows from the network.</summary>
    internal double? GivenThreshold { get; }

    // Of a layer without an activation of its own, such as a dropout, nothing is known: real numbers.
    private OutputKind OutputKind => Network.Layers[^1].Activation?.OutputKind ?? OutputKind.Real;

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

    /// <summary>Predicts a batch, such as the <c>Inputs</c> of a data set.</summary>
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
        T[] outputs = new T[ElementCount.Of(OutputSize, inputs.Length / InputSize, "The results of a batch")];
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
        int samples = PredictionCheck.Samples("pipeline", inputs, InputSize, outputs, OutputSize);
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
    /// With a single output, what it must exceed for the second class, a share for a probability, log-odds for a logit;
    /// <see cref="Threshold"/> if null.
    /// </param>
    /// <returns>The label.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no labels.</exception>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public string PredictLabel(Vector<T> input, double? threshold = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        return PredictLabel(input.AsArray() ?? input.ToArray(), threshold);
    }

    /// <summary>The name of the class that a sample is most likely of, without allocating once warm.</summary>
    /// <param name="input">The raw features, <see cref="InputSize"/> of them.</param>
    /// <param name="threshold">
    /// With a single output, what it must exceed for the second class, a share for a probability, log-odds for a logit;
    /// <see cref="Threshold"/> if null.
    /// </param>
    /// <returns>The label.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no labels.</exception>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public string PredictLabel(ReadOnlySpan<T> input, double? threshold = null)
    {
        LabelEncoder labels = RequireLabels();
        RequireInputSize(input.Length, nameof(input));
        T[] rented = ArrayPool<T>.Shared.Rent(OutputSize);
        try
        {
            Span<T> scores = rented.AsSpan(0, OutputSize);
            Predict(input, scores);
            return labels.Decode(ClassScores.Decide<T>(scores, threshold ?? Threshold));
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    /// <summary>The name of the class that each sample is most likely of, as <see cref="PredictLabel(Vector{T}, double?)"/> gives it.</summary>
    /// <param name="inputs">A sample of raw features per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="threshold">With a single output, what it must exceed for the second class; <see cref="Threshold"/> if null.</param>
    /// <returns>The labels, in the order of the samples.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no labels.</exception>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public string[] PredictLabels(ReadOnlyMatrixSpan<T> inputs, double? threshold = null)
    {
        LabelEncoder labels = RequireLabels();
        ReadOnlyMatrixSpan<T> scores = Predict(inputs);
        string[] names = new string[scores.Columns];
        for (int j = 0; j < names.Length; j++)
        {
            names[j] = labels.Decode(ClassScores.Decide(scores.Column(j), threshold ?? Threshold));
        }

        return names;
    }

    /// <summary>How probable the network takes each class to be.</summary>
    /// <remarks>
    /// What the last activation gives, if that is probabilities or their logarithms. Else the outputs are taken for logits, as
    /// of a network that was trained with <c>SoftmaxCrossEntropy</c> or, for a single output, <c>SigmoidCrossEntropy</c>: their
    /// softmax or sigmoid.
    /// </remarks>
    /// <param name="input">The raw features, <see cref="InputSize"/> of them.</param>
    /// <returns>A probability for each of <see cref="Labels"/>, in their order; of a single output p, they are 1 − p and p.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no labels.</exception>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public Vector<T> PredictProbabilities(Vector<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return PredictProbabilities(new ReadOnlyMatrixSpan<T>(input.AsArray() ?? input.ToArray(), input.Count, 1)).Column(0);
    }

    /// <summary>How probable the network takes each class to be, for a batch; see <see cref="PredictProbabilities(Vector{T})"/>.</summary>
    /// <param name="inputs">A sample of raw features per column: <see cref="InputSize"/> × batch.</param>
    /// <returns>Classes × batch: a probability for each of <see cref="Labels"/>, in their order.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no labels.</exception>
    /// <exception cref="ArgumentException">The number of features is another, or the transform refuses a value.</exception>
    public Matrix<T> PredictProbabilities(ReadOnlyMatrixSpan<T> inputs)
    {
        LabelEncoder labels = RequireLabels();
        return ClassScores.Probabilities<T>(Predict(inputs), OutputKind, labels.Labels.Count);
    }

    private static InputColumn[] Checked(InputColumn[] columns, int inputSize)
    {
        if (columns.Length != inputSize)
        {
            throw new ArgumentException($"There are {inputSize} raw features, but {columns.Length} columns.", nameof(columns));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (InputColumn column in columns)
        {
            ArgumentNullException.ThrowIfNull(column, nameof(columns));
            if (!names.Add(column.Name))
            {
                throw new ArgumentException($"Two columns are called '{column.Name}'; a name must be that of one.", nameof(columns));
            }
        }

        return columns;
    }

    private void RequireInputSize(int features, string argument)
    {
        if (features != InputSize)
        {
            throw new ArgumentException(
                $"The pipeline takes {InputSize} features per sample, but {features} were given.", argument);
        }
    }

    private LabelEncoder RequireLabels() =>
        Labels ?? throw new InvalidOperationException("The pipeline has no labels; it was put together without names of classes.");

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
