using System.Globalization;
using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Layers;

/// <summary>
/// One step of a network: a function from a batch of inputs to a batch of outputs, with parameters, and its gradient.
/// </summary>
/// <remarks>
/// <para>
/// A layer holds its parameters and nothing else. What a forward pass must remember for the backward pass goes into
/// <see cref="ForwardContext{T}.State"/>, memory that the caller owns; gradients go into
/// <see cref="BackwardContext{T}.Gradient"/>. So any number of threads may run one layer at once.
/// </para>
/// <para>
/// To write one: derive, make the parameters in the constructor with <see cref="AddParameter"/> or
/// <see cref="AddVector"/>, and implement
/// <see cref="StateLength"/>, <see cref="Forward"/> and <see cref="Backward"/>, with the matrix products that the contexts lend
/// (<see cref="ForwardContext{T}.Multiply"/>); then hold the result against finite differences with <c>GradientCheck</c>, and
/// register it with <c>ModelKinds</c> to save it. A layer belongs to one network.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Parameter<T>> _parameters = [];
    private readonly List<Layer<T>> _children = [];
    private string? _name;
    private bool _hasParent;

    /// <summary>Sets what every layer has.</summary>
    /// <param name="kind">
    /// What the layer is, in lower case, such as <c>dense</c>: the first half of names such as <c>dense1</c>.
    /// </param>
    /// <param name="inputSize">Number of input features.</param>
    /// <param name="outputSize">Number of output features.</param>
    /// <param name="activation">The activation the layer ends in, if any.</param>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is empty, ends in a digit or holds a dot.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    protected Layer(string kind, int inputSize, int outputSize, IActivation? activation = null)
    {
        NumberType.Require<T>();
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        if (char.IsDigit(kind[^1]) || kind.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The kind '{kind}' must hold no dot and not end in a digit: a number is added to name the layer.", nameof(kind));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputSize, 1);
        Kind = kind;
        InputSize = inputSize;
        OutputSize = outputSize;
        Activation = activation;
    }

    /// <summary>What the layer is, such as <c>dense</c>.</summary>
    public string Kind { get; }

    /// <summary>The name within its network, such as <c>dense1</c>; until it is part of one, the kind.</summary>
    public string Name => _name ?? Kind;

    /// <summary>Number of input features.</summary>
    public int InputSize { get; }

    /// <summary>Number of output features.</summary>
    public int OutputSize { get; }

    /// <summary>The activation the layer ends in; null where it has none of its own.</summary>
    public IActivation? Activation { get; }

    /// <summary>The parameters, in the order they were added; those of the layers within it among them.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => _parameters;

    /// <summary>The layers within this one, in the order they were added; most layers have none.</summary>
    public IReadOnlyList<Layer<T>> Children => _children;

    /// <summary>
    /// How many numbers a pass over a batch needs in <see cref="ForwardContext{T}.State"/>; 0 where nothing is remembered.
    /// </summary>
    /// <param name="batchSize">Number of samples.</param>
    /// <returns>The length; it must not shrink as the batch grows.</returns>
    public abstract int StateLength(int batchSize);

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="input">a⁽ˡ⁻¹⁾, input size × batch.</param>
    /// <param name="output">a⁽ˡ⁾, output size × batch, to be overwritten; never the memory of the input.</param>
    /// <param name="context">The memory to remember things in, and whether this is training.</param>
    public abstract void Forward(
        ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context);

    /// <summary>
    /// From ∂L/∂output computes the gradient of every parameter, overwriting <see cref="BackwardContext{T}.Gradient"/>,
    /// and, where it is wanted, ∂L/∂input.
    /// </summary>
    /// <param name="input">The input of the forward pass.</param>
    /// <param name="output">The output of the forward pass.</param>
    /// <param name="outputGradient">∂L/∂a⁽ˡ⁾, output size × batch. The layer may use it as scratch memory.</param>
    /// <param name="inputGradient">∂L/∂a⁽ˡ⁻¹⁾, input size × batch, to be overwritten; empty where nobody needs it.</param>
    /// <param name="context">What the forward pass remembered, and where the gradients go.</param>
    public abstract void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context);

    /// <summary>Adds a parameter; its values are drawn when the network is built. Call it in the constructor only.</summary>
    /// <param name="name">The name within the layer, such as <c>weights</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="initializer">The rule for the initial values; fan-in is the columns, fan-out the rows.</param>
    /// <param name="penalty">What training adds to the loss to keep the values small; nothing if null.</param>
    /// <param name="constraint">What holds for the values after every training step; nothing if null.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentException">The name is empty, taken, or holds a dot.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is negative, or no array holds that many elements.</exception>
    /// <exception cref="InvalidOperationException">The layer is part of a network already.</exception>
    protected Parameter<T> AddParameter(
        string name,
        int rows,
        int columns,
        IInitializer initializer,
        IPenalty? penalty = null,
        IConstraint? constraint = null) =>
        Add(name, new(this, name, rows, columns, isVector: false, initializer) { Penalty = penalty, Constraint = constraint });

    /// <summary>
    /// Adds a parameter that is a vector, such as biases: a matrix of one column here, of one dimension in files. Call it
    /// in the constructor only.
    /// </summary>
    /// <param name="name">The name within the layer, such as <c>biases</c>.</param>
    /// <param name="length">Number of elements.</param>
    /// <param name="initializer">The rule for the initial values; fan-in is 1, fan-out the length.</param>
    /// <param name="penalty">What training adds to the loss to keep the values small; nothing if null.</param>
    /// <param name="constraint">What holds for the values after every training step; nothing if null.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentException">The name is empty, taken, or holds a dot.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative, or no array holds that many elements.</exception>
    /// <exception cref="InvalidOperationException">The layer is part of a network already.</exception>
    protected Parameter<T> AddVector(
        string name, int length, IInitializer initializer, IPenalty? penalty = null, IConstraint? constraint = null) =>
        Add(
            name,
            new(this, name, length, columns: 1, isVector: true, initializer) { Penalty = penalty, Constraint = constraint });

    /// <summary>
    /// Adds a vector of running statistics s of the data, such as means. They are no weights: in the backward pass the
    /// layer writes the batch's own statistics to <see cref="BackwardContext{T}.Gradient"/>, and the training step blends
    /// them in, s ← (1 − m)·s + m·batch. Call it in the constructor only.
    /// </summary>
    /// <param name="name">The name within the layer, such as <c>runningMean</c>.</param>
    /// <param name="length">Number of elements.</param>
    /// <param name="initializer">The rule for the initial values.</param>
    /// <param name="momentum">m, the share of a batch: above 0, at most 1.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentException">The name is empty, taken, or holds a dot.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The momentum is out of its range, the length is negative, or no array holds that many elements.
    /// </exception>
    /// <exception cref="InvalidOperationException">The layer is part of a network already.</exception>
    protected Parameter<T> AddStatistic(string name, int length, IInitializer initializer, double momentum)
    {
        Require.Share(momentum);
        return Add(name, new(this, name, length, columns: 1, isVector: true, initializer) { StatisticMomentum = momentum });
    }

    /// <summary>
    /// Adds a layer within this one, whose parameters become parameters of this one, too. Running it is up to this layer:
    /// see <see cref="ForwardContext{T}.ForChild"/>. Call it in the constructor only.
    /// </summary>
    /// <param name="child">The layer; it must be part of no network and of no other layer.</param>
    /// <exception cref="InvalidOperationException">
    /// The child is part of a network or of another layer, or this layer is part of a network already.
    /// </exception>
    protected void AddChild(Layer<T> child)
    {
        ArgumentNullException.ThrowIfNull(child);
        child.RequireUnattached();
        RequireOpen();
        child._hasParent = true;
        _children.Add(child);
        _parameters.AddRange(child.Parameters);
    }

    /// <summary>Keeps training from changing any parameter of the layer, until <see cref="Unfreeze"/>.</summary>
    public void Freeze() => SetFrozen(true);

    /// <summary>Lets training change every parameter of the layer again.</summary>
    public void Unfreeze() => SetFrozen(false);

    /// <summary>Names layers by kind and number, <c>dense1</c>, <c>dense2</c>, …, and makes them part of a network.</summary>
    internal static void Attach(IEnumerable<Layer<T>> layers, string prefix = "")
    {
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Layer<T> layer in layers)
        {
            int ordinal = ordinals[layer.Kind] = ordinals.GetValueOrDefault(layer.Kind) + 1;
            layer._name = prefix + layer.Kind + ordinal.ToString(CultureInfo.InvariantCulture);
            Attach(layer._children, layer._name + ".");
        }
    }

    /// <summary>Refuses a layer that is part of a network or of another layer.</summary>
    internal void RequireUnattached()
    {
        if (_name is not null)
        {
            throw new InvalidOperationException(
                $"The layer '{_name}' is part of a network already; a layer belongs to one network.");
        }

        if (_hasParent)
        {
            throw new InvalidOperationException(
                $"The layer '{Kind}' is part of another layer already; make another for each place.");
        }
    }

    private void RequireOpen()
    {
        if (_name is not null)
        {
            throw new InvalidOperationException($"The layer '{Name}' is part of a network; its parameters are fixed.");
        }
    }

    private void SetFrozen(bool isFrozen)
    {
        foreach (Parameter<T> parameter in _parameters)
        {
            parameter.IsFrozen = isFrozen;
        }
    }

    private Parameter<T> Add(string name, Parameter<T> parameter)
    {
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The name '{name}' holds a dot, which stands between the names of a layer and its parameter.", nameof(name));
        }

        if (_parameters.Exists(other => other.Layer == this && other.LocalName == name))
        {
            throw new ArgumentException($"The layer '{Name}' has a parameter '{name}' already.", nameof(name));
        }

        RequireOpen();
        _parameters.Add(parameter);
        return parameter;
    }
}
