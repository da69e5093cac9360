using System.Buffers;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Networks;

/// <summary>
/// A feed-forward network: a sequence of layers, each taking the outputs of the one before. It holds parameters and
/// nothing else, so any number of threads may predict with one network at once, without a lock; only changing the
/// parameters, as training does, must not overlap with predictions.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Network<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>Samples that go through the layers together: enough for full speed, few enough to stay in the cache.</summary>
    private const int PredictionBatchSize = 256;

    /// <summary>Activations of one layer that are kept at a time; of a very wide layer, fewer samples go together.</summary>
    private const int PredictionBatchLength = 1 << 22;

    private readonly Layer<T>[] _layers;
    private readonly Parameter<T>[] _parameters;
    private readonly int _widest;

    internal Network(int inputSize, int seed, Layer<T>[] layers, bool drawParameters)
    {
        InputSize = inputSize;
        Seed = seed;
        _layers = layers;
        _widest = layers.Max(layer => layer.OutputSize);
        _parameters = layers.SelectMany(layer => layer.Parameters).ToArray();

        ParameterCount = _parameters.Sum(parameter => (long)parameter.Count);

        RandomStream stream = RandomStream.FromSeed(seed).Derive((long)RandomPurpose.Initialization);
        for (int i = 0; i < _parameters.Length; i++)
        {
            Parameter<T> parameter = _parameters[i];
            parameter.Index = i;
            if (drawParameters)
            {
                parameter.Initializer.Initialize(
                    parameter.Values, parameter.Columns, parameter.Rows, stream.Derive(i).CreateGenerator());
            }
        }
    }

    /// <summary>Number of input features.</summary>
    public int InputSize { get; }

    /// <summary>Number of outputs.</summary>
    public int OutputSize => _layers[^1].OutputSize;

    /// <summary>The seed the network was made with.</summary>
    public int Seed { get; }

    /// <summary>The layers, from the inputs to the outputs.</summary>
    public IReadOnlyList<Layer<T>> Layers => _layers;

    /// <summary>The parameters of all layers, in order.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => _parameters;

    /// <summary>Number of elements of all parameters together.</summary>
    public long ParameterCount { get; }

    /// <summary>Finds a parameter by its name.</summary>
    /// <param name="name">For example <c>dense1.weights</c>.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="KeyNotFoundException">No parameter has that name.</exception>
    public Parameter<T> Parameter(string name) =>
        Array.Find(_parameters, parameter => parameter.Name == name)
        ?? throw new KeyNotFoundException(
            $"There is no parameter '{name}'; there are {string.Join(", ", _parameters.Select(p => p.Name))}.");

    /// <summary>Predicts one sample.</summary>
    /// <param name="input">The features, <see cref="InputSize"/> of them.</param>
    /// <returns>The outputs, a new vector that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">The number of features is another.</exception>
    public Vector<T> Predict(Vector<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        RequireInputSize(input.Count, nameof(input));
        T[] output = new T[OutputSize];
        Predict(input.AsArray() ?? input.ToArray(), output);
        return Vector<T>.Build.Dense(output);
    }

    /// <summary>Predicts a batch.</summary>
    /// <param name="inputs">One sample per column: <see cref="InputSize"/> × batch.</param>
    /// <returns>The outputs, <see cref="OutputSize"/> × batch, a new matrix that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">The number of features is another.</exception>
    public Matrix<T> Predict(Matrix<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Predict((ReadOnlyMatrixSpan<T>)inputs);
    }

    /// <summary>Predicts a batch, such as the <c>Inputs</c> of a data set.</summary>
    /// <param name="inputs">One sample per column: <see cref="InputSize"/> × batch.</param>
    /// <returns>The outputs, <see cref="OutputSize"/> × batch, a new matrix that belongs to the caller.</returns>
    /// <exception cref="ArgumentException">The number of features is another.</exception>
    public Matrix<T> Predict(ReadOnlyMatrixSpan<T> inputs)
    {
        RequireInputSize(inputs.Rows, nameof(inputs));
        Matrix<T> outputs = Matrix<T>.Build.Dense(OutputSize, inputs.Columns);
        Predict(inputs.Values, outputs.AsColumnMajorArray());
        return outputs;
    }

    /// <summary>Predicts samples in an array or a span.</summary>
    /// <param name="inputs">Sample after sample, <see cref="InputSize"/> features each.</param>
    /// <returns>The outputs, sample after sample, <see cref="OutputSize"/> numbers each: a new array.</returns>
    /// <exception cref="ArgumentException">The inputs are not a whole number of samples.</exception>
    public T[] Predict(ReadOnlySpan<T> inputs)
    {
        T[] outputs = new T[ElementCount.Of(OutputSize, inputs.Length / InputSize, "The outputs of a batch")];
        Predict(inputs, outputs);
        return outputs;
    }

    /// <summary>Predicts samples from memory to memory, without allocating once warm.</summary>
    /// <param name="inputs">Sample after sample, <see cref="InputSize"/> features each.</param>
    /// <param name="outputs">
    /// To be overwritten: sample after sample, <see cref="OutputSize"/> numbers each; not in the memory of the inputs.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The inputs are not a whole number of samples, the outputs do not fit their number, or the two overlap.
    /// </exception>
    public void Predict(ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        int samples = PredictionCheck.Samples("network", inputs, InputSize, outputs, OutputSize);
        if (samples == 0)
        {
            return;
        }

        int batchSize = Math.Min(samples, Math.Clamp(PredictionBatchLength / _widest, 1, PredictionBatchSize));
        int width = _widest * batchSize;
        int stateLength = LongestState(batchSize);
        T[] scratch = ArrayPool<T>.Shared.Rent(checked((2 * width) + stateLength));
        try
        {
            for (int start = 0; start < samples; start += batchSize)
            {
                int count = Math.Min(batchSize, samples - start);
                PredictBatch(
                    new(inputs.Slice(start * InputSize, count * InputSize), InputSize, count),
                    new(outputs.Slice(start * OutputSize, count * OutputSize), OutputSize, count),
                    scratch.AsSpan(0, width),
                    scratch.AsSpan(width, width),
                    scratch.AsSpan(2 * width, stateLength));
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(scratch);
        }
    }

    /// <summary>Predicts a batch from view to view, without allocating once warm.</summary>
    /// <param name="inputs">One sample per column: <see cref="InputSize"/> × batch.</param>
    /// <param name="outputs">To be overwritten: <see cref="OutputSize"/> × batch.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public void Predict(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs)
    {
        RequireInputSize(inputs.Rows, nameof(inputs));
        if (outputs.Rows != OutputSize || outputs.Columns != inputs.Columns)
        {
            throw new ArgumentException(
                $"The outputs of this batch are {OutputSize} × {inputs.Columns} (outputs × samples), "
                + $"but there is room for {outputs.Rows} × {outputs.Columns}.",
                nameof(outputs));
        }

        Predict(inputs.Values, outputs.Values);
    }

    /// <summary>A table of the layers: name, activation, output size, number of parameters.</summary>
    /// <returns>Several lines of text.</returns>
    public override string ToString() => NetworkSummary.Write(this);

    private void PredictBatch(
        ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs, Span<T> current, Span<T> next, Span<T> state)
    {
        ReadOnlyMatrixSpan<T> previous = inputs;
        for (int l = 0; l < _layers.Length; l++)
        {
            Layer<T> layer = _layers[l];
            MatrixSpan<T> activations = l == _layers.Length - 1
                ? outputs
                : new(current[..(layer.OutputSize * inputs.Columns)], layer.OutputSize, inputs.Columns);

            layer.Forward(
                previous,
                activations,
                new(state[..layer.StateLength(inputs.Columns)], isTraining: false, random: default, ForkJoin.Alone));

            previous = activations;
            Span<T> free = next;
            next = current;
            current = free;
        }
    }

    private int LongestState(int batchSize)
    {
        int longest = 0;
        foreach (Layer<T> layer in _layers)
        {
            longest = Math.Max(longest, layer.StateLength(batchSize));
        }

        return longest;
    }

    private void RequireInputSize(int features, string argument)
    {
        if (features != InputSize)
        {
            throw new ArgumentException(
                $"The network takes {InputSize} features per sample, but {features} were given.", argument);
        }
    }
}
