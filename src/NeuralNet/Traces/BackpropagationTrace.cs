using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Guards;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Traces;

/// <summary>
/// The forward and backward pass of one sample, with every term of the equations: to look at, to print, and to compare
/// with calculations by hand.
/// </summary>
/// <remarks>
/// <para>Forward, layer by layer: z⁽ˡ⁾ = W⁽ˡ⁾·a⁽ˡ⁻¹⁾ + b⁽ˡ⁾, a⁽ˡ⁾ = σ(z⁽ˡ⁾); then L. Backward, from the last layer to
/// the first: δ⁽ˡ⁾ = ∂L/∂a⁽ˡ⁾ ⊙ σ'(z⁽ˡ⁾), ∂L/∂W⁽ˡ⁾ = δ⁽ˡ⁾·(a⁽ˡ⁻¹⁾)ᵀ, ∂L/∂b⁽ˡ⁾ = δ⁽ˡ⁾, ∂L/∂a⁽ˡ⁻¹⁾ = (W⁽ˡ⁾)ᵀ·δ⁽ˡ⁾; of a
/// convolution the same at every place of its output, the gradients summed over the places. Loss, activations and
/// gradients are those of <see cref="BackpropagationEngine{T}"/> for a batch of this one sample, to the bit.</para>
/// <para>All of it is copies, safe to keep while training goes on; nothing here is fast. It is for double only: the
/// numbers are meant to be compared, and in float neither the finite differences nor sums by hand agree to more than
/// three digits.</para>
/// </remarks>
/// <example><code>
/// BackpropagationTrace trace = BackpropagationTrace.Run(network, new MeanSquaredError(), input, target);
/// DenseTrace last = trace.Dense("dense2");
/// Vector&lt;double&gt; delta = last.Delta;
/// Vector&lt;double&gt; ofNeuron0 = last.GradientOfNeuron(0);
/// Console.WriteLine(last.Weight(neuron: 0, input: 1));
/// </code></example>
public sealed class BackpropagationTrace
{
    private BackpropagationTrace(
        ILoss loss, double value, Vector<double> target, IReadOnlyList<LayerTrace> layers)
    {
        LossName = loss.Name;
        Loss = value;
        Target = target;
        Layers = layers;
    }

    /// <summary>The name of the loss.</summary>
    public string LossName { get; }

    /// <summary>L: the sample's loss, plus the parameters' penalties, if any.</summary>
    public double Loss { get; }

    /// <summary>a⁽⁰⁾, the input of the network.</summary>
    public Vector<double> Input => Layers[0].Input;

    /// <summary>The output of the network.</summary>
    public Vector<double> Output => Layers[^1].Output;

    /// <summary>The desired output.</summary>
    public Vector<double> Target { get; }

    /// <summary>The layers, from the inputs to the outputs.</summary>
    public IReadOnlyList<LayerTrace> Layers { get; }

    /// <summary>Runs the forward and backward pass of one sample. The network is not changed.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="input">The sample, an element for every input of the network.</param>
    /// <param name="target">The desired output, an element for every output of the network.</param>
    /// <param name="random">
    /// The random numbers for layers such as dropout; the same stream gives the same numbers.
    /// </param>
    /// <returns>The trace.</returns>
    /// <exception cref="ArgumentException">
    /// The input or the target has another size than the network's, or the loss does not take what the network gives.
    /// </exception>
    public static BackpropagationTrace Run(
        Network<double> network, ILoss loss, Vector<double> input, Vector<double> target, RandomStream random = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
        RequireCount(input, network.InputSize, "takes", nameof(input));
        RequireCount(target, network.OutputSize, "gives", nameof(target));

        var point = new TracePoint(network, loss, input, target, random);
        var recorder = new TraceRecorder(network);
        double value = recorder.Run(loss, input, target, random);
        return new(
            loss,
            value,
            Vector<double>.Build.Dense(target.ToArray()),
            recorder.Layers(point));
    }

    /// <summary>The trace of a dense layer by its name.</summary>
    /// <param name="name">For example <c>dense1</c>, or <c>residual1.dense2</c> for one within a block.</param>
    /// <returns>The trace of that layer.</returns>
    /// <exception cref="KeyNotFoundException">No dense layer has that name.</exception>
    public DenseTrace Dense(string name) => Find<DenseTrace>(name, "dense layer");

    /// <summary>The trace of a convolution by its name.</summary>
    /// <param name="name">
    /// For example <c>convolution1</c>, or <c>residual1.convolution2</c> for one within a block.
    /// </param>
    /// <returns>The trace of that layer.</returns>
    /// <exception cref="KeyNotFoundException">No convolution has that name.</exception>
    public ConvolutionTrace Convolution(string name) => Find<ConvolutionTrace>(name, "convolution");

    /// <summary>The trace of a recurrent layer by its name.</summary>
    /// <param name="name">For example <c>lstm1</c>, or <c>residual1.gru2</c> for one within a block.</param>
    /// <returns>The trace of that layer.</returns>
    /// <exception cref="KeyNotFoundException">No recurrent layer has that name.</exception>
    public RecurrentTrace Recurrent(string name) => Find<RecurrentTrace>(name, "recurrent layer");

    /// <summary>Lists the loss, then every layer with its terms. Long vectors are cut off.</summary>
    /// <returns>Several lines of text.</returns>
    public override string ToString() => TraceText.Write(this);

    private TLayer Find<TLayer>(string name, string kind)
        where TLayer : LayerTrace
    {
        TLayer[] layers = [.. Layers.SelectMany(layer => layer.SelfAndWithin()).OfType<TLayer>()];
        return Array.Find(layers, layer => layer.Name == name)
            ?? throw new KeyNotFoundException(
                $"There is no {kind} '{name}'; there are "
                + $"{MessageText.Listed(layers.Select(layer => layer.Name), most: layers.Length)}."
                + NearestName.Question(name, layers.Select(layer => layer.Name)));
    }

    private static void RequireCount(Vector<double> vector, int size, string verb, string argument)
    {
        if (vector.Count != size)
        {
            throw new ArgumentException(
                $"The network {verb} {size} numbers per sample, but the {argument} has {vector.Count}.", argument);
        }
    }
}
