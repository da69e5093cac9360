using System.Buffers;
using System.Collections.Concurrent;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Randomness;

namespace NeuralNet.Networks;

/// <summary>
/// A feed-forward network: a sequence of layers, each taking the outputs of the one before. Its layers hold parameters
/// and nothing else, so any number of threads may predict with one network at once, without a lock; only changing the
/// parameters, as training does, must not overlap with predictions.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Network<T> : Model<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>
    /// The number of samples that go through the layers together: enough for full speed, few enough to stay in the
    /// cache.
    /// </summary>
    private const int PredictionBatchSize = 256;

    /// <summary>Numbers of scratch memory at a time; of very wide layers, fewer samples go together.</summary>
    private const int PredictionScratch = 1 << 23;

    /// <summary>The name of the input of a network whose inputs have none.</summary>
    internal const string UnnamedInput = "input";

    /// <summary>The name of the output of a network whose outputs have none.</summary>
    internal const string UnnamedOutput = "output";

    private readonly Parameter<T>[] _parameters;

    // The layouts of scratch memory for predictions, one for each thread that predicts at the same time.
    private readonly ConcurrentQueue<LayerMemory<T>> _memories = [];

    // Made by the first prediction; two at the same time make the same.
    private PredictionPlan? _plan;

    internal Network(
        Sequence<T> body, int seed, bool drawParameters, FeatureLayout? inputs = null, FeatureLayout? outputs = null)
    {
        Body = body;
        Seed = seed;
        Inputs = inputs ?? new((UnnamedInput, body.InputShape));
        Outputs = outputs ?? new((UnnamedOutput, body.OutputShape));
        _parameters = [.. body.Parameters];
        Parameters = Array.AsReadOnly(_parameters);

        ParameterCount = _parameters.Sum(parameter => (long)parameter.Count);

        RandomStream stream = RandomStream.FromSeed(seed).Derive((long)RandomPurpose.Initialization);
        for (int i = 0; i < _parameters.Length; i++)
        {
            Parameter<T> parameter = _parameters[i];
            parameter.Index = i;
            if (drawParameters && parameter.Count > 0)
            {
                parameter.Initializer.Initialize(
                    parameter.View, parameter.FanIn, parameter.FanOut, stream.Derive(i).CreateGenerator());
            }
        }
    }

    /// <inheritdoc/>
    public override FeatureShape InputShape => Body.InputShape;

    /// <inheritdoc/>
    public override FeatureShape OutputShape => Body.OutputShape;

    /// <summary>
    /// The inputs, one below the other in the column of a sample; a single one called <c>input</c> where none was
    /// named.
    /// </summary>
    public FeatureLayout Inputs { get; }

    /// <summary>
    /// The outputs, one below the other in the column of a sample; a single one called <c>output</c> where none was
    /// named.
    /// </summary>
    public FeatureLayout Outputs { get; }

    /// <summary>
    /// The meaning of the outputs, by the activation they come from; null where the last layer says nothing about it,
    /// as one of your own may, and where there are several outputs: see <see cref="OutputKindOf"/>.
    /// </summary>
    public OutputKind? OutputKind => Body.OutputKind;

    /// <summary>
    /// The activation that the outputs come from: that of the last layer, of a sequence that of its last; null if it
    /// has none of its own.
    /// </summary>
    public IActivation? OutputActivation
    {
        get
        {
            Layer<T> last = Body;
            while (last is Sequence<T> { Children.Count: > 0 })
            {
                last = last.Children[^1];
            }

            return last.Activation;
        }
    }

    /// <summary>
    /// The layer that decides what a prediction gives: the last, but for those that pass it unchanged.
    /// </summary>
    internal Layer<T> DecidingLayer => DecidingLayerOf(Body);

    /// <summary>The seed the network was made with.</summary>
    public int Seed { get; }

    /// <summary>
    /// The layers from the inputs to the outputs as one sequence, which does the network's computation.
    /// </summary>
    public Sequence<T> Body { get; }

    /// <summary>The layers, from the inputs to the outputs.</summary>
    public IReadOnlyList<Layer<T>> Layers => Body.Children;

    /// <summary>The parameters of all layers, in order.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Number of elements of all parameters together.</summary>
    public long ParameterCount { get; }

    /// <summary>The use of the network by a trainer, which may change its parameters: one at a time.</summary>
    internal ExclusiveUse InTraining { get; } = new("network");

    internal override PredictionPlan Plan => _plan ??= MakePlan();

    private protected override string Noun => "network";

    /// <summary>Finds a parameter by its name.</summary>
    /// <param name="name">For example <c>dense1.weights</c>.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="KeyNotFoundException">No parameter has that name.</exception>
    public Parameter<T> Parameter(string name) =>
        Array.Find(_parameters, parameter => parameter.Name == name)
        ?? throw new KeyNotFoundException(
            $"There is no parameter {MessageText.Quoted(name)}; there are "
            + $"{MessageText.Listed(_parameters.Select(p => p.Name))}."
            + NearestName.Question(name, _parameters.Select(p => p.Name)));

    /// <summary>Finds a layer by its name, within blocks and branches, too.</summary>
    /// <param name="name">For example <c>dense1</c> or <c>residual1.dense2</c>.</param>
    /// <returns>The layer.</returns>
    /// <exception cref="KeyNotFoundException">No layer has that name.</exception>
    public Layer<T> Layer(string name)
    {
        IEnumerable<Layer<T>> layers = Body.SelfAndDescendants().Skip(1).Where(layer => !layer.TakesNameOfParent);
        return layers.FirstOrDefault(layer => layer.Name == name)
            ?? throw new KeyNotFoundException(
                $"There is no layer {MessageText.Quoted(name)}; there are "
                + $"{MessageText.Listed(layers.Select(layer => layer.Name))}."
                + NearestName.Question(name, layers.Select(layer => layer.Name)));
    }

    /// <summary>The meaning of one of several outputs, by the activation it comes from.</summary>
    /// <param name="output">The name of the output.</param>
    /// <returns>The meaning; null where the layers say nothing about it.</returns>
    /// <exception cref="KeyNotFoundException">There is no such output.</exception>
    public OutputKind? OutputKindOf(string output) => DecidingLayerOf(Outputs[output])?.OutputKind;

    /// <summary>
    /// Finds a parameter that is NaN or infinite, running statistics included, as when training has diverged.
    /// </summary>
    /// <returns>The first such element; null if all are finite.</returns>
    public NonFiniteElement<T>? FindNonFinite()
    {
        foreach (Parameter<T> parameter in _parameters)
        {
            if (NonFiniteElement<T>.Find(parameter, parameter.Values) is { } element)
            {
                return element;
            }
        }

        return null;
    }

    /// <summary>
    /// Copies all parameters of a network of the same layers into this one, or moves this one's a share of the way:
    /// θ ← (1 − share)·θ + share·θ′, as a target network in reinforcement learning follows the one that learns.
    /// </summary>
    /// <param name="other">The network to copy from, whose parameters θ′ stay as they are.</param>
    /// <param name="share">Share of the other's values, above 0 and at most 1; 1 copies.</param>
    /// <exception cref="ArgumentException">The parameters of the two differ in number, name or shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of its range.</exception>
    public void CopyParametersFrom(Network<T> other, double share = 1)
    {
        ArgumentNullException.ThrowIfNull(other);
        Parameter<T>.CopyAll(other._parameters, _parameters, "the other network", "the network", share);
    }

    /// <summary>
    /// A table of the layers: name, activation, output shape, number of parameters and which are frozen; below it, the
    /// memory of a training step of 32 samples for what passes through the layers and for gradients.
    /// </summary>
    /// <returns>Several lines of text.</returns>
    public override string ToString() => NetworkSummary.Write(this);

    /// <summary>
    /// The outputs with the layer that decides what each gives, null if unknown, and with its part of a loss.
    /// </summary>
    internal IReadOnlyList<OutputHead<T>> Heads(ILoss? loss)
    {
        var own = loss as LossPerOutput;
        return [.. Outputs.Select((output, k) => OutputHead<T>.Of(
            output, DecidingLayerOf(output), own is null ? loss : own.Losses[k].Loss))];
    }

    internal override void PredictBlock(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> outputs, ForkJoin team)
    {
        LayerMemory<T> memory = TakeMemory(inputs.Columns);
        T[] scratch = ArrayPool<T>.Shared.Rent(memory.ScratchLength);
        try
        {
            Body.Forward(inputs, outputs, new(memory, scratch, isTraining: false, random: default, team));
        }
        finally
        {
            ArrayPool<T>.Shared.Return(scratch);
            _memories.Enqueue(memory);
        }
    }

    private Layer<T>? DecidingLayerOf(FeatureRange output) =>
        Outputs.Count == 1 ? DecidingLayer : DecidingLayerOf(Layers[^1], output);

    private Layer<T>? DecidingLayerOf(Layer<T> last, FeatureRange output)
    {
        if (last is Branches<T> members && members.Merge == Merge.Average)
        {
            // All members of an ensemble decide alike, or nothing is known.
            Layer<T>?[] deciding = [.. members.Children.Select(member => DecidingLayerOf(member.Children[^1], output))];
            return Array.TrueForAll(deciding, layer => layer?.OutputKind == deciding[0]?.OutputKind)
                ? deciding[0]
                : null;
        }

        return last is Branches<T> heads && heads.Merge == Merge.Concatenation && heads.OutputShape.IsFlat
            && heads.Children.Select(head => head.OutputSize).SequenceEqual(Outputs.Select(range => range.Size))
            ? DecidingLayerOf(heads.Children[Outputs.IndexOf(output.Name)])
            : null;
    }

    // Layers for training alone, identities and reshapes pass a prediction unchanged.
    private static Layer<T> DecidingLayerOf(Layer<T> layer)
    {
        while (layer is Sequence<T> { Children.Count: > 0 })
        {
            layer = layer.Children.LastOrDefault(
                child => child is not ({ IsForTrainingOnly: true } or Reshape<T>
                    or ActivationLayer<T> { Activation: Identity }))
                ?? layer.Children[^1];
        }

        return layer;
    }

    private LayerMemory<T> TakeMemory(int samples)
    {
        LayerMemory<T> memory = _memories.TryDequeue(out LayerMemory<T>? free) ? free : new(Body);
        memory.Prepare(samples, hasBackward: false);
        return memory;
    }

    private PredictionPlan MakePlan()
    {
        // What a sample more takes: layers ask for memory of their own, too, whatever the number of samples.
        LayerMemory<T> memory = TakeMemory(samples: 2);
        int scratch = memory.ScratchLength;
        memory.Prepare(samples: 3, hasBackward: false);
        scratch = memory.ScratchLength - scratch;
        _memories.Enqueue(memory);
        return new(
            Math.Clamp(PredictionScratch / Math.Max(1, scratch), 1, PredictionBatchSize),
            ParameterCount + ((long)ForkJoin.ProductsPerElement * (InputSize + (long)scratch + OutputSize)));
    }
}
