using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Networks;

/// <summary>
/// A model that predicts: it takes the features of a sample and gives its outputs. It is a <see cref="Network{T}"/>, or
/// a pipeline, which is a network together with its preprocessing.
/// </summary>
/// <remarks>
/// Any number of threads may predict with one model at once, without a lock; only changing the parameters, as training
/// does, must not overlap with predictions.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Model<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
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

    /// <summary>The word for the model in messages, such as "network".</summary>
    private protected abstract string Noun { get; }

    /// <summary>Predicts one sample.</summary>
    /// <param name="input">The features, <see cref="InputSize"/> of them.</param>
    /// <returns>The outputs, <see cref="OutputSize"/> of them: a new vector that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">
    /// The number of features is another, or a transform refuses a value.
    /// </exception>
    public Vector<T> Predict(Vector<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        RequireInputSize(input.Count, nameof(input));
        T[] output = new T[OutputSize];
        Predict(input.AsArray() ?? input.ToArray(), output);
        return Vector<T>.Build.Dense(output);
    }

    /// <summary>Predicts a batch.</summary>
    /// <param name="inputs">The features, a sample per column: <see cref="InputSize"/> × batch.</param>
    /// <returns>The outputs, <see cref="OutputSize"/> × batch: a new matrix that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">
    /// The number of features is another, or a transform refuses a value.
    /// </exception>
    public Matrix<T> Predict(Matrix<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Predict((ReadOnlyMatrixSpan<T>)inputs);
    }

    /// <summary>Predicts a batch, such as the <c>Inputs</c> of a data set.</summary>
    /// <param name="inputs">The features, a sample per column: <see cref="InputSize"/> × batch.</param>
    /// <returns>The outputs, <see cref="OutputSize"/> × batch: a new matrix that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">
    /// The number of features is another, or a transform refuses a value.
    /// </exception>
    public Matrix<T> Predict(ReadOnlyMatrixSpan<T> inputs)
    {
        RequireInputSize(inputs.Rows, nameof(inputs), inputs.Columns);
        Matrix<T> outputs = Matrix<T>.Build.Dense(OutputSize, inputs.Columns);
        Predict(inputs.Values, outputs.AsColumnMajorArray());
        return outputs;
    }

    /// <summary>Predicts samples in an array or a span.</summary>
    /// <param name="inputs">The features, sample after sample, <see cref="InputSize"/> each.</param>
    /// <returns>The outputs, sample after sample, <see cref="OutputSize"/> each: a new array.</returns>
    /// <exception cref="ArgumentException">
    /// The inputs are not a whole number of samples, or a transform refuses a value.
    /// </exception>
    public T[] Predict(ReadOnlySpan<T> inputs)
    {
        T[] outputs = new T[ElementCount.Of(OutputSize, inputs.Length / InputSize, "The outputs of a batch")];
        Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>Predicts samples from memory to memory, without allocating after the first time.</summary>
    /// <param name="inputs">The features, sample after sample, <see cref="InputSize"/> each.</param>
    /// <param name="outputs">
    /// Receives the outputs, sample after sample, <see cref="OutputSize"/> each; it must not overlap the inputs.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The inputs are not a whole number of samples, the outputs do not fit their number, the two overlap, or a
    /// transform refuses a value.
    /// </exception>
    public void Predict(ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        int samples = CountSamples(inputs, outputs);
        if (samples > 0)
        {
            PredictSamples(new(inputs, InputSize, samples), new(outputs, OutputSize, samples));
        }
    }

    /// <summary>Predicts a batch from view to view, without allocating after the first time.</summary>
    /// <param name="inputs">The features, a sample per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="outputs">
    /// Receives the outputs, <see cref="OutputSize"/> × batch; it must not overlap the inputs.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A shape does not fit, the two overlap, or a transform refuses a value.
    /// </exception>
    public void Predict(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs)
    {
        RequireInputSize(inputs.Rows, nameof(inputs), inputs.Columns);
        if (outputs.Rows != OutputSize || outputs.Columns != inputs.Columns)
        {
            throw new ArgumentException(
                $"The outputs of this batch are {OutputSize} × {inputs.Columns} (outputs × samples), "
                + $"but there is room for {outputs.Rows} × {outputs.Columns}.",
                nameof(outputs));
        }

        Predict(inputs.Values, outputs.Values);
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
    /// <param name="inputs">The features, a sample per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="outputs">Receives the outputs: <see cref="OutputSize"/> × batch.</param>
    private protected abstract void PredictSamples(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs);

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
