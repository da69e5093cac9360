using System.Buffers;
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
public sealed class Network<T> : Model<T>
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

    /// <inheritdoc/>
    public override int InputSize { get; }

    /// <inheritdoc/>
    public override int OutputSize => _layers[^1].OutputSize;

    /// <summary>The seed the network was made with.</summary>
    public int Seed { get; }

    /// <summary>The layers, from the inputs to the outputs.</summary>
    public IReadOnlyList<Layer<T>> Layers => _layers;

    /// <summary>The parameters of all layers, in order.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => _parameters;

    /// <summary>Number of elements of all parameters together.</summary>
    public long ParameterCount { get; }

    private protected override string Noun => "network";

    /// <summary>Finds a parameter by its name.</summary>
    /// <param name="name">For example <c>dense1.weights</c>.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="KeyNotFoundException">No parameter has that name.</exception>
    public Parameter<T> Parameter(string name) =>
        Array.Find(_parameters, parameter => parameter.Name == name)
        ?? throw new KeyNotFoundException(
            $"There is no parameter '{name}'; there are {string.Join(", ", _parameters.Select(p => p.Name))}.");

    /// <summary>A table of the layers: name, activation, output size, number of parameters.</summary>
    /// <returns>Several lines of text.</returns>
    public override string ToString() => NetworkSummary.Write(this);

    private protected override void PredictSamples(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs)
    {
        int samples = inputs.Columns;
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
                    inputs.ColumnRange(start, count),
                    outputs.ColumnRange(start, count),
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
}
