using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Networks;

/// <summary>
/// A model that predicts: it takes the features of a sample and gives its outputs. It is a <see cref="Network{T}"/>, or
/// a pipeline, which is a network together with its preprocessing.
/// </summary>
/// <remarks>
/// Any number of threads may predict with one model at once, without a lock; only changing the parameters, as training
/// does, must not overlap with predictions. A prediction stays on its caller's thread unless it is given more: a server
/// has a thread for each request anyway, while a program that predicts one large batch may give it all processors,
/// <c>model.Predict(inputs, threads: Environment.ProcessorCount)</c>.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Model<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly TeamPool _teams = new();

    private protected Model()
    {
    }

    /// <summary>Shape of a sample of the input.</summary>
    public abstract FeatureShape InputShape { get; }

    /// <summary>Shape of a sample of the output.</summary>
    public abstract FeatureShape OutputShape { get; }

    /// <summary>Number of features of a sample: the rows of an input matrix.</summary>
    public int InputSize => InputShape.Size;

    /// <summary>Number of outputs of a sample: the rows of an output matrix.</summary>
    public int OutputSize => OutputShape.Size;

    /// <summary>The size of the blocks in which the model predicts many samples, and the work of a sample.</summary>
    internal abstract PredictionPlan Plan { get; }

    /// <summary>The word for the model in messages, such as "network".</summary>
    private protected abstract string Noun { get; }

    /// <summary>Predicts one sample.</summary>
    /// <param name="input">The features, <see cref="InputSize"/> of them.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The outputs, <see cref="OutputSize"/> of them: a new vector that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">
    /// The number of features is another, or a transform refuses a value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public Vector<T> Predict(Vector<T> input, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(input);
        RequireInputSize(input.Count, nameof(input));
        T[] output = new T[OutputSize];
        Predict(input.AsArray() ?? input.ToArray(), output, threads);
        return Vector<T>.Build.Dense(output);
    }

    /// <summary>Predicts a batch.</summary>
    /// <param name="inputs">The features, a sample per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The outputs, <see cref="OutputSize"/> × batch: a new matrix that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">
    /// The number of features is another, or a transform refuses a value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public Matrix<T> Predict(Matrix<T> inputs, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Predict((ReadOnlyMatrixSpan<T>)inputs, threads);
    }

    /// <summary>Predicts a batch, such as the <c>Inputs</c> of a data set.</summary>
    /// <param name="inputs">The features, a sample per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The outputs, <see cref="OutputSize"/> × batch: a new matrix that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">
    /// The number of features is another, or a transform refuses a value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public Matrix<T> Predict(ReadOnlyMatrixSpan<T> inputs, int threads = 1)
    {
        RequireInputSize(inputs.Rows, nameof(inputs), inputs.Columns);
        Matrix<T> outputs = Matrix<T>.Build.Dense(OutputSize, inputs.Columns);
        Predict(inputs.Values, outputs.AsColumnMajorArray(), threads);
        return outputs;
    }

    /// <summary>Predicts samples in an array or a span.</summary>
    /// <param name="inputs">The features, sample after sample, <see cref="InputSize"/> each.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The outputs, sample after sample, <see cref="OutputSize"/> each: a new array.</returns>
    /// <exception cref="ArgumentException">
    /// The inputs are not a whole number of samples, or a transform refuses a value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public T[] Predict(ReadOnlySpan<T> inputs, int threads = 1)
    {
        T[] outputs = new T[ElementCount.Of(OutputSize, inputs.Length / InputSize, "The outputs of a batch")];
        Predict(inputs, outputs, threads);
        return outputs;
    }

    /// <summary>Predicts samples from memory to memory, without allocating after the first time.</summary>
    /// <param name="inputs">The features, sample after sample, <see cref="InputSize"/> each.</param>
    /// <param name="outputs">
    /// Receives the outputs, sample after sample, <see cref="OutputSize"/> each; it must not overlap the inputs.
    /// </param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The inputs are not a whole number of samples, the outputs do not fit their number, the two overlap, or a
    /// transform refuses a value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public void Predict(ReadOnlySpan<T> inputs, Span<T> outputs, int threads = 1)
    {
        Require.AtLeast(threads, 1);
        int samples = CountSamples(inputs, outputs);
        if (samples == 0)
        {
            return;
        }

        ForkJoin team = _teams.Take(threads);
        try
        {
            PredictSamples(new(inputs, InputSize, samples), new(outputs, OutputSize, samples), team);
        }
        finally
        {
            _teams.Return(team);
        }
    }

    /// <summary>Predicts a batch from view to view, without allocating after the first time.</summary>
    /// <param name="inputs">The features, a sample per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="outputs">
    /// Receives the outputs, <see cref="OutputSize"/> × batch; it must not overlap the inputs.
    /// </param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A shape does not fit, the two overlap, or a transform refuses a value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public void Predict(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs, int threads = 1)
    {
        RequireInputSize(inputs.Rows, nameof(inputs), inputs.Columns);
        if (outputs.Rows != OutputSize || outputs.Columns != inputs.Columns)
        {
            throw new ArgumentException(
                $"The outputs of this batch are {OutputSize} × {inputs.Columns} (outputs × samples), "
                + $"but there is room for {outputs.Rows} × {outputs.Columns}.",
                nameof(outputs));
        }

        Predict(inputs.Values, outputs.Values, threads);
    }

    /// <summary>Refuses samples with another number of features.</summary>
    /// <param name="features">The number of features.</param>
    /// <param name="argument">The name of the argument.</param>
    /// <param name="samples">The number of columns of a matrix; 0 for a vector.</param>
    /// <exception cref="ArgumentException">The number of features is another.</exception>
    internal void RequireInputSize(int features, string argument, int samples = 0)
    {
        if (features != InputSize)
        {
            throw new ArgumentException(
                $"The {Noun} takes {InputShape.Describe()} per sample, but {features} {Were(features)} given."
                + SampleLayout.Advice(InputSize, features, samples),
                argument);
        }
    }

    /// <summary>
    /// Predicts at least one sample from memory that was found to fit, without allocating after the first time.
    /// </summary>
    /// <remarks>
    /// The samples go through the model in blocks, which follow from their number alone; so no bit depends on the
    /// threads. Threads do a block each, as nobody waits for another within a block; of blocks that are too few to keep
    /// all threads busy, all threads do one after the other.
    /// </remarks>
    /// <param name="inputs">The features, a sample per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="outputs">Receives the outputs: <see cref="OutputSize"/> × batch.</param>
    /// <param name="team">The threads that share the work.</param>
    /// <param name="cancellationToken">Ends the prediction between two blocks.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal unsafe void PredictSamples(
        ReadOnlyMatrixSpan<T> inputs,
        MatrixSpan<T> outputs,
        ForkJoin team,
        CancellationToken cancellationToken = default)
    {
        var blocks = Partition.OfAtMost(Plan.SamplesAtOnce, inputs.Columns);
        int shared = blocks.Parts - (blocks.Parts % team.Threads);
        int shares = (int)Math.Min(shared, team.MostPartsFor(blocks.Start(shared) * Plan.ProductsPerSample));
        fixed (T* source = inputs.Values, target = outputs.Values)
        {
            var job = new BlockJob<T>(this, source, target, blocks, cancellationToken);
            if (team.Threads == 1 || shares <= 1)
            {
                job.Predict(0, blocks.Parts, team);
            }
            else
            {
                team.Run(job with { Shares = new(shared, shares) }, shares);
                job.Predict(shared, blocks.Parts, team);
            }
        }
    }

    /// <summary>Predicts one block of samples, without allocating after the first time.</summary>
    /// <param name="inputs">The features, a sample per column: <see cref="InputSize"/> × block.</param>
    /// <param name="outputs">Receives the outputs: <see cref="OutputSize"/> × block.</param>
    /// <param name="team">The threads that share the work.</param>
    internal abstract void PredictBlock(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs, ForkJoin team);

    private static string Were(int count) => count == 1 ? "was" : "were";

    /// <summary>Counts the samples; refuses parts of one, outputs that do not fit their number, and overlaps.</summary>
    private int CountSamples(ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        (int samples, int rest) = int.DivRem(inputs.Length, InputSize);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"The {Noun} takes {InputShape.Describe()} per sample, but {Quantity.Of(inputs.Length, "value")} "
                + $"{Were(inputs.Length)} given, which is no whole number of samples.",
                nameof(inputs));
        }

        if (outputs.Length != (long)samples * OutputSize)
        {
            throw new ArgumentException(
                $"{Quantity.Of(samples, "sample")} {(samples == 1 ? "gives" : "give")} "
                + $"{Quantity.Of((long)samples * OutputSize, "output")}, {OutputSize} each, "
                + $"but there is room for {outputs.Length}.",
                nameof(outputs));
        }

        return inputs.Overlaps(outputs)
            ? throw new ArgumentException("The outputs must not lie in the memory of the inputs.", nameof(outputs))
            : samples;
    }
}
