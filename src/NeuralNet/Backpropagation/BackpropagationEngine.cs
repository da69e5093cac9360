using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Backpropagation;

/// <summary>
/// Computes the loss of a batch and its gradient with respect to every parameter, by backpropagation.
/// </summary>
/// <remarks>
/// <para>Forward, layer by layer: z⁽ˡ⁾ = W⁽ˡ⁾·a⁽ˡ⁻¹⁾ + b⁽ˡ⁾, a⁽ˡ⁾ = σ(z⁽ˡ⁾); then L = (1/n) Σⱼ wⱼ·Lⱼ + Σ R(θ), the mean
/// of the n samples' losses, weighted if asked for, plus the parameters' penalties. As in Keras, a weighted sum is
/// divided by n, not by the sum of the weights: a sample of weight 2 counts as much as two samples, whatever else is in
/// its batch.</para>
/// <para>Backward, from the last layer to the first: δ⁽ˡ⁾ = ∂L/∂a⁽ˡ⁾ ⊙ σ'(z⁽ˡ⁾), ∂L/∂W⁽ˡ⁾ = δ⁽ˡ⁾·(a⁽ˡ⁻¹⁾)ᵀ, ∂L/∂b⁽ˡ⁾ =
/// Σ δ⁽ˡ⁾, ∂L/∂a⁽ˡ⁻¹⁾ = (W⁽ˡ⁾)ᵀ·δ⁽ˡ⁾. The formulas within a layer are in the layer; see <see cref="Dense{T}"/>.</para>
/// <para>An engine owns the memory of its passes and is for one thread at a time; make one per thread. After the first
/// batch of the largest size it allocates nothing.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class BackpropagationEngine<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Workspace<T> _workspace;
    private readonly Parameter<T>[] _penalized;

    /// <summary>Makes an engine.</summary>
    /// <param name="network">The network to differentiate.</param>
    /// <param name="loss">The loss of one sample.</param>
    /// <param name="threads">
    /// Largest number of threads that share the work of a pass, if it is large enough; the number of processors if
    /// null; 1 for the caller's thread alone. The result is the same to the bit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="ArgumentException">
    /// The loss does not take what the network's last activation gives, such as probabilities for a loss that takes
    /// logits.
    /// </exception>
    public BackpropagationEngine(Network<T> network, ILoss loss, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        OutputPairing.Require(network.Layers[^1], loss);
        Network = network;
        Loss = loss;
        _workspace = new Workspace<T>(network);
        _penalized = network.Parameters.Where(parameter => parameter.Penalty is not null).ToArray();
        Team = new ForkJoin(threads ?? Environment.ProcessorCount);
    }

    /// <summary>The network.</summary>
    public Network<T> Network { get; }

    /// <summary>The loss of one sample.</summary>
    public ILoss Loss { get; }

    /// <summary>The network's outputs for the last batch, outputs × batch. Valid until the next call.</summary>
    public ReadOnlyMatrixSpan<T> Outputs => _workspace.Activations(Network.Layers.Count - 1);

    /// <summary>The threads that share the work.</summary>
    internal ForkJoin Team { get; private set; }

    /// <summary>Uses the calling thread alone from now on.</summary>
    internal void WorkAlone() => Team = ForkJoin.Alone;

    /// <summary>Computes the loss of a batch and all gradients.</summary>
    /// <param name="inputs">a⁽⁰⁾, inputs × batch.</param>
    /// <param name="targets">The desired outputs, outputs × batch.</param>
    /// <param name="gradients">The memory for ∂L/∂parameter; overwritten.</param>
    /// <param name="inputGradient">The memory for ∂L/∂a⁽⁰⁾, inputs × batch; not computed if left out.</param>
    /// <param name="random">
    /// The random numbers of layers such as dropout; the same stream gives the same numbers.
    /// </param>
    /// <param name="sampleWeights">A weight per sample, at least 0; 1 for each if left out.</param>
    /// <returns>L, the mean of the samples' losses, plus the parameters' penalties.</returns>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the network, the batch is empty, or a sample's weight is negative or not finite.
    /// </exception>
    public double Compute(
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets,
        Gradients<T> gradients,
        MatrixSpan<T> inputGradient = default,
        RandomStream random = default,
        ReadOnlySpan<T> sampleWeights = default)
    {
        BatchCheck.RequireGradients(Network, inputs, gradients, inputGradient);
        double loss = ComputeLoss(inputs, targets, random, sampleWeights);

        IReadOnlyList<Layer<T>> layers = Network.Layers;
        for (int l = layers.Count - 1; l >= 0; l--)
        {
            layers[l].Backward(
                l > 0 ? _workspace.Activations(l - 1) : inputs,
                _workspace.Activations(l),
                _workspace.OutputGradient(l),
                l > 0 ? _workspace.OutputGradient(l - 1) : inputGradient,
                new(_workspace.State(l), gradients.Arrays, Team));
        }

        foreach (Parameter<T> parameter in _penalized)
        {
            parameter.Penalty!.AddGradient<T>(parameter.Values, gradients.Values(parameter));
        }

        return loss;
    }

    /// <summary>Computes the loss of a batch as in a training step, without gradients.</summary>
    /// <param name="inputs">a⁽⁰⁾, inputs × batch.</param>
    /// <param name="targets">The desired outputs, outputs × batch.</param>
    /// <param name="random">
    /// The random numbers of layers such as dropout; the same stream gives the same numbers.
    /// </param>
    /// <param name="sampleWeights">A weight per sample, at least 0; 1 for each if left out.</param>
    /// <returns>L, the mean of the samples' losses, plus the parameters' penalties.</returns>
    /// <exception cref="ArgumentException">
    /// A shape does not fit the network, the batch is empty, or a sample's weight is negative or not finite.
    /// </exception>
    public double ComputeLoss(
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlyMatrixSpan<T> targets,
        RandomStream random = default,
        ReadOnlySpan<T> sampleWeights = default)
    {
        BatchCheck.Require(Network, inputs, targets, sampleWeights);
        _workspace.SetBatchSize(inputs.Columns);

        IReadOnlyList<Layer<T>> layers = Network.Layers;
        for (int l = 0; l < layers.Count; l++)
        {
            layers[l].Forward(
                l > 0 ? _workspace.Activations(l - 1) : inputs,
                _workspace.Activations(l),
                new(_workspace.State(l), isTraining: true, random.Derive(l), Team));
        }

        // The loss of a batch is the mean over its samples, and so is its gradient.
        MatrixSpan<T> outputGradient = _workspace.OutputGradient(layers.Count - 1);
        Loss.Compute(Outputs, targets, _workspace.Losses, outputGradient);
        if (!sampleWeights.IsEmpty)
        {
            TensorPrimitives.Multiply(_workspace.Losses, sampleWeights, _workspace.Losses);
            for (int j = 0; j < sampleWeights.Length; j++)
            {
                TensorPrimitives.Multiply(outputGradient.Column(j), sampleWeights[j], outputGradient.Column(j));
            }
        }

        TensorPrimitives.Divide(
            outputGradient.Values, T.CreateChecked(inputs.Columns), outputGradient.Values);
        double loss = Mean(_workspace.Losses);
        foreach (Parameter<T> parameter in _penalized)
        {
            loss += parameter.Penalty!.Value<T>(parameter.Values);
        }

        return loss;
    }

    /// <summary>Activations of layer <paramref name="l"/>, counted from 0, for the last batch.</summary>
    internal ReadOnlyMatrixSpan<T> Activations(int l) => _workspace.Activations(l);

    /// <summary>The weighted loss of each sample of the last batch, without the parameters' penalties.</summary>
    internal ReadOnlySpan<T> SampleLosses => _workspace.Losses;

    /// <summary>
    /// Finds the layer that gave the first non-finite activation of the last batch; null if there is none.
    /// </summary>
    internal Layer<T>? FindNonFiniteLayer()
    {
        for (int l = 0; l < Network.Layers.Count; l++)
        {
            if (!Finite.All<T>(_workspace.Activations(l).Values))
            {
                return Network.Layers[l];
            }
        }

        return null;
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
