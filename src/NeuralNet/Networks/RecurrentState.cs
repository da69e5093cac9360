using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.Recurrence;

namespace NeuralNet.Networks;

/// <summary>
/// The state of one stream that a recurrent network reads step by step, as it comes: each step is predicted at the cost
/// of a step, however long the stream.
/// </summary>
/// <remarks>
/// <para>
/// The network was built, and perhaps trained, for sequences of some number of steps; a stream may have any number. At
/// each step the prediction is what the network would give at the end of the sequence up to there: recurrent layers
/// carry their states on, all other layers see the one step.
/// </para>
/// <para>
/// One stream at a time uses a state, but any number of streams, each with a state of its own, may use one network at
/// once. A prediction allocates nothing.
/// </para>
/// </remarks>
/// <example><code>
/// var state = new RecurrentState&lt;float&gt;(network);
/// foreach (float[] measured in sensor)
/// {
///     float[] predicted = state.Predict(measured);
/// }
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed class RecurrentState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Layer<T>[] _layers;
    private readonly LayerMemory<T>?[] _memories;
    private readonly T[][] _outputs;
    private readonly T[] _values;
    private readonly T[] _scratch;

    /// <summary>Begins a stream.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="NotSupportedException">
    /// The network has no recurrent layer, or a layer that needs the whole sequence, such as one that reads it from its
    /// end.
    /// </exception>
    public RecurrentState(Network<T> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        (_layers, StepSize) = StreamLayers.Of(network);
        _memories = new LayerMemory<T>?[_layers.Length];
        _outputs = new T[_layers.Length][];
        int scratch = 0;
        int values = 0;
        int size = StepSize;
        for (int l = 0; l < _layers.Length; l++)
        {
            if (_layers[l] is RecurrentLayer<T> recurrent)
            {
                size = recurrent.Units;
                values += recurrent.StateSize;
                scratch = Math.Max(scratch, recurrent.StepScratchLength);
            }
            else
            {
                size = StreamLayers.OutputSizeOf(_layers[l]);
                _memories[l] = new(_layers[l]);
                _memories[l]!.Prepare(samples: 1, hasBackward: false);
                scratch = Math.Max(scratch, _memories[l]!.ScratchLength);
            }

            _outputs[l] = new T[size];
        }

        OutputSize = size;
        _scratch = new T[scratch];
        _values = new T[values];
        Reset();
    }

    /// <summary>The network.</summary>
    public Network<T> Network { get; }

    /// <summary>Number of features of a step.</summary>
    public int StepSize { get; }

    /// <summary>Number of outputs of a prediction.</summary>
    public int OutputSize { get; }

    /// <summary>
    /// The states of all recurrent layers, one behind the other: to be stored, and set again to go on from there.
    /// </summary>
    public Span<T> Values => _values;

    /// <summary>Begins another stream: the states are those that a sequence begins with.</summary>
    public void Reset()
    {
        int start = 0;
        foreach (RecurrentLayer<T> layer in _layers.OfType<RecurrentLayer<T>>())
        {
            Span<T> state = _values.AsSpan(start, layer.StateSize);
            state.Clear();
            layer.InitialHidden?.Values.CopyTo(state);
            layer.InitialCell?.Values.CopyTo(state[layer.Units..]);
            start += layer.StateSize;
        }
    }

    /// <summary>Reads the next step of the stream and predicts.</summary>
    /// <param name="step">The features of the step.</param>
    /// <returns>A new array with the outputs.</returns>
    /// <exception cref="ArgumentException">The step has another number of features.</exception>
    public T[] Predict(ReadOnlySpan<T> step)
    {
        T[] output = new T[OutputSize];
        Predict(step, output);
        return output;
    }

    /// <summary>Reads the next step of the stream and predicts, without allocating.</summary>
    /// <param name="step">The features of the step.</param>
    /// <param name="output">The place for the outputs.</param>
    /// <exception cref="ArgumentException">
    /// The step has another number of features, or the place another number of outputs.
    /// </exception>
    public void Predict(ReadOnlySpan<T> step, Span<T> output)
    {
        RequireLength(step.Length, StepSize, "feature", nameof(step));
        RequireLength(output.Length, OutputSize, "output", nameof(output));
        int start = 0;
        ReadOnlySpan<T> input = step;
        for (int l = 0; l < _layers.Length; l++)
        {
            Span<T> result = l == _layers.Length - 1 ? output : _outputs[l];
            if (_layers[l] is RecurrentLayer<T> recurrent)
            {
                recurrent.Step(input, result, _values.AsSpan(start, recurrent.StateSize), _scratch);
                start += recurrent.StateSize;
            }
            else
            {
                _layers[l].Forward(
                    new(input, input.Length, 1),
                    new(result, result.Length, 1),
                    new(_memories[l]!, _scratch, isTraining: false, random: default, ForkJoin.Alone));
            }

            input = result;
        }
    }

    private static void RequireLength(int given, int expected, string noun, string name)
    {
        if (given != expected)
        {
            throw new ArgumentException(
                $"A step has {Quantity.Of(expected, noun)}, but {given} were given.", name);
        }
    }
}
