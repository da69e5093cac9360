using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Guards;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;
using NeuralNet.Recurrence;

namespace NeuralNet.Backpropagation;

/// <summary>
/// Computes the loss of a batch and its gradient with respect to every parameter, by backpropagation.
/// </summary>
/// <remarks>
/// <para>Forward, layer by layer: z⁽ˡ⁾ = W⁽ˡ⁾·a⁽ˡ⁻¹⁾ + b⁽ˡ⁾, a⁽ˡ⁾ = σ(z⁽ˡ⁾); then L = (1/n) Σⱼ wⱼ·Lⱼ + Σ R(θ), the mean
/// of the n samples' losses, weighted if asked for, plus the parameters' penalties and what layers add, such as an
/// <see cref="ActivityPenalty{T}"/>. As in Keras a weighted sum is
/// divided by n, not by the sum of the weights: a sample of weight 2 pulls as hard as two samples, whatever else is in
/// its batch.</para>
/// <para>Backward, from the last layer to the first: δ⁽ˡ⁾ = ∂L/∂a⁽ˡ⁾ ⊙ σ'(z⁽ˡ⁾), ∂L/∂W⁽ˡ⁾ = δ⁽ˡ⁾·(a⁽ˡ⁻¹⁾)ᵀ,
/// ∂L/∂b⁽ˡ⁾ = Σ δ⁽ˡ⁾, ∂L/∂a⁽ˡ⁻¹⁾ = (W⁽ˡ⁾)ᵀ·δ⁽ˡ⁾. The loop over the layers stands in <see cref="Sequence{T}"/>, what is
/// done within a layer in the layer, see <see cref="Dense{T}"/>.</para>
/// <para>An engine owns the memory of its passes and serves one thread at a time; make one per thread. A pass that
/// begins before another one has ended is refused. After the first batch of the largest size it allocates
/// nothing.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class BackpropagationEngine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Workspace<T> _workspace;
    private readonly Parameter<T>[] _penalized;
    private readonly LossTerms _lossTerms = new();
    private readonly ExclusiveUse _inUse = new("engine");
    private bool _hasForwardPass;
    private bool _isTraining = true;

    /// <summary>Makes an engine.</summary>
    /// <param name="network">The network to differentiate.</param>
    /// <param name="loss">
    /// The loss of one sample; null where gradients come from elsewhere, see <see cref="Backward"/>.
    /// </param>
    /// <param name="threads">
    /// Most threads that share the work of a pass, where it is large enough to pay; as many as there are processors if
    /// null, 1 never leaves the caller's thread. The result is the same to the bit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="ArgumentException">
    /// The loss does not take what the network's last activation gives, such as probabilities for a loss that takes
    /// logits.
    /// </exception>
    public BackpropagationEngine(Network<T> network, ILoss? loss = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (loss is not null)
        {
            OutputPairing.Require(network, loss);
        }

        Network = network;
        Loss = loss;
        _workspace = new Workspace<T>(network);
        _penalized = network.Parameters.Where(parameter => parameter.Penalty is not null).ToArray();
        Team = new ForkJoin(threads ?? Environment.ProcessorCount);
    }

    /// <summary>The network.</summary>
    public Network<T> Network { get; }

    /// <summary>The loss of one sample; null where gradients come from elsewhere.</summary>
    public ILoss? Loss { get; }

    /// <summary>The network's outputs for the last batch, outputs × batch. Valid until the next call.</summary>
    public ReadOnlyMatrixSpan<T> Outputs => _workspace.Outputs;

    /// <summary>The threads that share the work.</summary>
    internal ForkJoin Team { get; private set; }

    /// <summary>The weighted loss of each sample of the last batch, without the parameters' penalties.</summary>
    internal ReadOnlySpan<T> SampleLosses => _workspace.Losses;

    /// <summary>What layers added to the loss of the last batch.</summary>
    internal double LossOfLayers => _lossTerms.Sum;

    /// <summary>The observer of the passes of every layer; none unless set.</summary>
    internal IPassObserver<T>? Observer { get; set; }

    /// <summary>Computes the loss of a batch and all gradients.</summary>
    /// <param name="inputs">a⁽⁰⁾, inputs × batch.</param>
    /// <param name="targets">The desired outputs, outputs × batch.</param>
    /// <param name="gradients">The memory for ∂L/∂parameter; overwritten.</param>
    /// <param name="inputGradient">The memory for ∂L/∂a⁽⁰⁾, inputs × batch; not computed if left out.</param>
    /// <param name="random">
    /// The random numbers of layers such as dropout; the same stream gives the same numbers.
    /// </param>
    /// <param name="sampleWeights">
    /// A weight per sample, at least 0, or, with a <see cref="LossPerOutput"/>, one for each output, sample after
    /// sample; 1 for each if left out.
    /// </param>
    /// <returns>
    /// L, the mean of the samples' losses, plus the parameters' penalties and what layers add.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the network, the batch is empty, or a sample's weight is negative or not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">The engine was made without a loss.</exception>
    public double Compute(
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets,
        Gradients<T> gradients,
        MatrixSpan<T> inputGradient = default,
        RandomStream random = default,
        ReadOnlySpan<T> sampleWeights = default)
    {
        using ExclusiveUse.Scope use = _inUse.Enter(nameof(Compute));
        BatchCheck.RequireGradients(Network, inputs, gradients, inputGradient);
        double loss = RunLoss(inputs, targets, random, sampleWeights);
        RunBackward(inputs, gradients, inputGradient);
        AddPenaltyGradients(gradients);
        return loss;
    }

    /// <summary>Computes the loss of a batch as in a training step, without gradients.</summary>
    /// <param name="inputs">a⁽⁰⁾, inputs × batch.</param>
    /// <param name="targets">The desired outputs, outputs × batch.</param>
    /// <param name="random">
    /// The random numbers of layers such as dropout; the same stream gives the same numbers.
    /// </param>
    /// <param name="sampleWeights">
    /// A weight per sample, at least 0, or, with a <see cref="LossPerOutput"/>, one for each output, sample after
    /// sample; 1 for each if left out.
    /// </param>
    /// <returns>
    /// L, the mean of the samples' losses, plus the parameters' penalties and what layers add.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the network, the batch is empty, or a sample's weight is negative or not finite.
    /// </exception>
    /// <exception cref="InvalidOperationException">The engine was made without a loss.</exception>
    public double ComputeLoss(
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets,
        RandomStream random = default,
        ReadOnlySpan<T> sampleWeights = default)
    {
        using ExclusiveUse.Scope use = _inUse.Enter(nameof(ComputeLoss));
        return RunLoss(inputs, targets, random, sampleWeights);
    }

    /// <summary>
    /// Computes the network's outputs for a batch as a training step does, or as a prediction, ready for a backward
    /// pass.
    /// </summary>
    /// <remarks>
    /// With <see cref="Backward"/> it serves where the loss is not one of a target per sample: in adversarial training,
    /// for policies, for your own losses over a batch.
    /// </remarks>
    /// <example><code>
    /// ReadOnlyMatrixSpan&lt;double&gt; outputs = engine.Forward(inputs);
    /// // compute the loss and its gradient ∂L/∂outputs, of the same shape
    /// engine.Backward(outputGradient, gradients);
    /// engine.AddPenaltyGradients(gradients);
    /// trainer.Step(gradients);
    /// </code></example>
    /// <param name="inputs">a⁽⁰⁾, inputs × batch; copied for the backward pass.</param>
    /// <param name="random">
    /// The random numbers for layers such as dropout; the same stream gives the same numbers.
    /// </param>
    /// <param name="isTraining">
    /// False to go forward and back through what <c>Predict</c> computes: dropout drops nothing, and batch
    /// normalization takes its running statistics.
    /// </param>
    /// <returns>The outputs, outputs × batch. Valid until the next call.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit the network, or the batch is empty.</exception>
    public ReadOnlyMatrixSpan<T> Forward(
        ReadOnlyMatrixSpan<T> inputs, RandomStream random = default, bool isTraining = true)
    {
        using ExclusiveUse.Scope use = _inUse.Enter(nameof(Forward));
        BatchCheck.RequireInputs(Network, inputs);
        RunForward(inputs, random, isTraining);
        _workspace.CopyInputs(inputs);
        _hasForwardPass = true;
        return Outputs;
    }

    /// <summary>
    /// From ∂L/∂outputs of the batch of the last <see cref="Forward"/> computes the gradient of every parameter.
    /// </summary>
    /// <remarks>
    /// L is the loss of the whole batch: for a mean over samples, ∂L/∂outputs contains the 1/n. The parameters'
    /// penalties are no part of it; add them with <see cref="AddPenaltyGradients"/>, once per step. What layers add to
    /// the loss is part of the gradients.
    /// </remarks>
    /// <param name="outputGradient">∂L/∂outputs, outputs × batch.</param>
    /// <param name="gradients">The place for ∂L/∂parameter, overwritten.</param>
    /// <param name="inputGradient">The place for ∂L/∂a⁽⁰⁾, inputs × batch; not computed if left out.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or the gradients are another network's.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no forward pass to go back through: each serves one backward pass.
    /// </exception>
    public void Backward(
        ReadOnlyMatrixSpan<T> outputGradient, Gradients<T> gradients, MatrixSpan<T> inputGradient = default)
    {
        using ExclusiveUse.Scope use = _inUse.Enter(nameof(Backward));
        if (!_hasForwardPass)
        {
            throw new InvalidOperationException(
                "There is no forward pass to go back through. Call Forward first; each serves one Backward.");
        }

        ReadOnlyMatrixSpan<T> inputs = _workspace.Inputs;
        BatchCheck.RequireGradients(Network, inputs, gradients, inputGradient);
        BatchCheck.RequireOutputs(Network, outputGradient, inputs.Columns, nameof(outputGradient));
        outputGradient.Values.CopyTo(_workspace.OutputGradients.Values);
        RunBackward(inputs, gradients, inputGradient);
    }

    /// <summary>Adds ∂R/∂parameter of every penalty R to the gradients.</summary>
    /// <param name="gradients">Gradients of the network.</param>
    /// <exception cref="ArgumentException">The gradients are another network's.</exception>
    public void AddPenaltyGradients(Gradients<T> gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        foreach (Parameter<T> parameter in _penalized)
        {
            parameter.Penalty!.AddGradient<T>(parameter.Values, gradients.Values(parameter));
        }
    }

    /// <summary>The output of a layer for the last batch, its output size × batch. Valid until the next call.</summary>
    /// <param name="layer">A layer of the network, within blocks and branches, too.</param>
    /// <returns>a⁽ˡ⁾.</returns>
    /// <exception cref="ArgumentException">
    /// The layer is not part of the network, or the layer around it, which is one of your own, did not ask for memory
    /// for its output with <see cref="MemoryRequest.ChildOutput"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">No batch went through yet.</exception>
    public ReadOnlyMatrixSpan<T> Activations(Layer<T> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (_workspace.BatchSize == 0)
        {
            throw new InvalidOperationException("No batch went through the network yet.");
        }

        return TryGetActivations(layer, out ReadOnlyMatrixSpan<T> output)
            ? output
            : throw new ArgumentException(
                $"'{layer.Name}' is no layer of this engine's network, or the layer around it keeps no output of it.",
                nameof(layer));
    }

    /// <summary>The output of a layer for the last batch, if it is known where it lies.</summary>
    internal bool TryGetActivations(Layer<T> layer, out ReadOnlyMatrixSpan<T> output)
    {
        bool isFound = _workspace.Layers.TryFindOutput(layer, _workspace.Outputs.Values, out MatrixSpan<T> found);
        output = found;
        return isFound;
    }

    /// <summary>
    /// What a recurrent layer that gives its last step alone remembers of all steps of the last batch, units · steps ×
    /// batch; empty if that is not known.
    /// </summary>
    internal ReadOnlyMatrixSpan<T> StatesOf(RecurrentLayer<T> layer) =>
        _workspace.Layers.Find(layer) is { } memory ? RecurrentLayer<T>.StatesIn(memory) : default;

    /// <summary>
    /// What a recurrent layer remembers of its gates at all steps of the last batch, gates · units × steps of all
    /// samples: their values after the forward pass, ∂L/∂(W·x + b) after the backward pass.
    /// </summary>
    internal ReadOnlyMatrixSpan<T> GatesOf(RecurrentLayer<T> layer) =>
        _workspace.Layers.Find(layer) is { } memory ? RecurrentLayer<T>.GatesIn(memory) : default;

    /// <summary>Leaves the work to the calling thread from now on.</summary>
    internal void WorkAlone() => Team = ForkJoin.Alone;

    /// <summary>
    /// The first layer, from the inputs on, whose output for the last batch is not finite; null if there is none.
    /// </summary>
    internal Layer<T>? FindNonFiniteLayer() => Network.Layers.FirstOrDefault(layer => !IsFinite(layer));

    private bool IsFinite(Layer<T> layer) => Finite.All<T>(Activations(layer).Values);

    private double RunLoss(
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets,
        RandomStream random,
        ReadOnlySpan<T> sampleWeights)
    {
        ILoss loss = Loss ?? throw new InvalidOperationException(
            "This engine was made without a loss. Give it one, or compute ∂L/∂outputs and call Forward and Backward.");
        BatchCheck.Require(Network, inputs, targets, sampleWeights);
        RunForward(inputs, random);

        // The loss of a batch is the mean over its samples, and so is its gradient.
        MatrixSpan<T> outputGradient = _workspace.OutputGradients;
        WeightedLoss.Compute(loss, Outputs, targets, sampleWeights, _workspace.Losses, outputGradient);
        TensorPrimitives.Divide(
            outputGradient.Values, T.CreateChecked(inputs.Columns), outputGradient.Values);
        double value = Mean(_workspace.Losses) + LossOfLayers;
        foreach (Parameter<T> parameter in _penalized)
        {
            value += parameter.Penalty!.Value<T>(parameter.Values);
        }

        return value;
    }

    private void RunForward(ReadOnlyMatrixSpan<T> inputs, RandomStream random, bool isTraining = true)
    {
        _hasForwardPass = false;
        _lossTerms.Clear();
        _isTraining = isTraining;
        _workspace.SetBatchSize(inputs.Columns);
        try
        {
            Network.Body.Forward(
                inputs,
                _workspace.Outputs,
                new(
                    _workspace.Layers,
                    _workspace.Scratch,
                    isTraining,
                    random,
                    Team,
                    Observer,
                    lossTerms: _lossTerms));
        }
        catch
        {
            _workspace.Forget();
            throw;
        }
    }

    private void RunBackward(ReadOnlyMatrixSpan<T> inputs, Gradients<T> gradients, MatrixSpan<T> inputGradient)
    {
        _hasForwardPass = false;
        Network.Body.Backward(
            inputs,
            _workspace.Outputs,
            _workspace.OutputGradients,
            inputGradient,
            new(
                _workspace.Layers,
                _workspace.Scratch,
                gradients.Arrays,
                Team,
                Observer,
                gradients.Columns,
                isTraining: _isTraining));
    }

    // In double whatever T is: the sum of many float losses would lose digits.
    private static double Mean(ReadOnlySpan<T> losses)
    {
        double sum = 0;
        foreach (T loss in losses)
        {
            sum += double.CreateChecked(loss);
        }

        return sum / losses.Length;
    }
}
