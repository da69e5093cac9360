using System.Collections.ObjectModel;
using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Layers;

/// <summary>
/// A part of a network: a function from a batch of inputs to a batch of outputs, with parameters, and its gradient.
/// </summary>
/// <remarks>
/// <para>
/// A layer holds its parameters and nothing else. The memory of a pass is the caller's: a layer says in
/// <see cref="RequestMemory"/> which blocks it needs and finds them in the contexts of its passes; gradients go into
/// <see cref="BackwardContext{T}.Gradient"/>. So any number of threads may run one layer at once.
/// </para>
/// <para>
/// To write one: derive, make the parameters in the constructor with <see cref="AddParameter"/>, and implement
/// <see cref="Forward"/> and <see cref="Backward"/>, with the matrix products that the contexts lend
/// (<see cref="ForwardContext{T}.Multiply"/>); then hold the result against finite differences with
/// <c>GradientCheck</c>, and register it with <c>ModelKinds</c> to save it. A layer belongs to one network.
/// </para>
/// <para>
/// A layer made of others adds them with <see cref="AddChild"/> and runs them with
/// <see cref="ForwardContext{T}.ForwardChild"/> and <see cref="BackwardContext{T}.BackwardChild"/>.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Null where there are none, as in most layers: a file may hold thousands.
    private List<Parameter<T>>? _parameters;
    private List<Layer<T>>? _children;
    private string? _name;

    /// <summary>Sets the kind, the shapes and the activation of the layer.</summary>
    /// <param name="kind">
    /// The kind of layer, in lower case, such as <c>dense</c>: the first half of names such as <c>dense1</c>.
    /// </param>
    /// <param name="inputShape">Shape of a sample of the input; an int is a number of features.</param>
    /// <param name="outputShape">Shape of a sample of the output.</param>
    /// <param name="activation">The activation the layer ends in, if any.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="kind"/> is empty, ends in a digit or holds a dot.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    protected Layer(
        string kind, FeatureShape inputShape, FeatureShape outputShape, IActivation? activation = null)
    {
        NumberType.Require<T>();
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(outputShape);
        LayerNames.RequireKind(kind);
        Kind = kind;
        InputShape = inputShape;
        OutputShape = outputShape;
        Activation = activation;
    }

    /// <summary>The kind of layer, such as <c>dense</c>.</summary>
    public string Kind { get; }

    /// <summary>The name within its network, such as <c>dense1</c>; until it is part of one, the kind.</summary>
    public string Name => _name ?? Kind;

    /// <summary>Shape of a sample of the input.</summary>
    public FeatureShape InputShape { get; }

    /// <summary>Shape of a sample of the output.</summary>
    public FeatureShape OutputShape { get; }

    /// <summary>Number of input features: the rows of an input matrix.</summary>
    public int InputSize => InputShape.Size;

    /// <summary>Number of output features: the rows of an output matrix.</summary>
    public int OutputSize => OutputShape.Size;

    /// <summary>The activation the layer ends in; null where it has none of its own.</summary>
    public IActivation? Activation { get; }

    /// <summary>
    /// The meaning of the layer's outputs as a loss sees them: that of its activation; null where the layer has none
    /// and nothing is known about them.
    /// </summary>
    public virtual OutputKind? OutputKind => Activation?.OutputKind;

    /// <summary>
    /// Whether the inputs are numbers of categories, which have no derivative and no scale: gradient checks leave them
    /// alone. False unless overridden.
    /// </summary>
    public virtual bool TakesCategories => false;

    /// <summary>
    /// Whether the layer works while training alone and a prediction passes it unchanged, as it does dropout. False
    /// unless overridden.
    /// </summary>
    public virtual bool IsForTrainingOnly => false;

    /// <summary>
    /// Whether steps of padding, at the end of the shorter ones of sequences, change neither the outputs at other steps
    /// nor a gradient: see <see cref="PaddedSequences{T}"/>. False unless overridden.
    /// </summary>
    public virtual bool TakesPadding => false;

    /// <summary>The parameters, in the order they were added, including those of the layers within it.</summary>
    public IReadOnlyList<Parameter<T>> Parameters { get; private set; } = ReadOnlyCollection<Parameter<T>>.Empty;

    /// <summary>The layers within this one, in the order they were added; most layers have none.</summary>
    public IReadOnlyList<Layer<T>> Children { get; private set; } = ReadOnlyCollection<Layer<T>>.Empty;

    /// <summary>
    /// Whether the layer has no name of its own but shares the name and the random numbers of the layer it is in, as
    /// the sequence within a residual block does.
    /// </summary>
    internal bool TakesNameOfParent => NameInParent is { Length: 0 };

    /// <summary>
    /// Number of columns it sees of each sample of the layer it is in: as many as steps, where it is applied to each.
    /// </summary>
    internal int ColumnsPerSample { get; private set; } = 1;

    /// <summary>The layer that it is within; null where there is none.</summary>
    internal Layer<T>? Parent { get; private set; }

    /// <summary>The name given to it within its parent; null if it is named by its kind and a number.</summary>
    internal string? NameInParent { get; private set; }

    /// <summary>Name, shapes, activation and number of parameters, as readable text.</summary>
    /// <returns>For example <c>dense1: 784 → 128, ReLU, 100,480 parameters</c>.</returns>
    public override string ToString() => LayerText.Of(this);

    /// <summary>
    /// Asks for the memory that the passes over a batch need beside input and output; none unless overridden.
    /// </summary>
    /// <remarks>
    /// It may depend on the request and on what the constructor was given, and on nothing else: it is asked for once
    /// for each size of batch.
    /// </remarks>
    /// <param name="memory">
    /// Says how many samples there are and whether they are for training; takes the request.
    /// </param>
    public virtual void RequestMemory(MemoryRequest memory)
    {
    }

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="input">a⁽ˡ⁻¹⁾, input size × batch.</param>
    /// <param name="output">a⁽ˡ⁾, output size × batch, to be overwritten; never the memory of the input.</param>
    /// <param name="context">The memory asked for, and whether this is training.</param>
    public abstract void Forward(
        ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context);

    /// <summary>
    /// From ∂L/∂output computes the gradient of every parameter, overwriting <see cref="BackwardContext{T}.Gradient"/>,
    /// and, where it is wanted, ∂L/∂input.
    /// </summary>
    /// <param name="input">The input of the forward pass.</param>
    /// <param name="output">The output of the forward pass.</param>
    /// <param name="outputGradient">∂L/∂a⁽ˡ⁾, output size × batch. The layer may use it as scratch memory.</param>
    /// <param name="inputGradient">
    /// ∂L/∂a⁽ˡ⁻¹⁾, input size × batch, to be overwritten; empty if it is not needed.
    /// </param>
    /// <param name="context">The memory as the forward pass left it, and the place of the gradients.</param>
    public abstract void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context);

    /// <summary>
    /// Copies all parameters of a layer of the same kind and sizes into this one, or moves this one's a share of the
    /// way: θ ← (1 − share)·θ + share·θ′.
    /// </summary>
    /// <param name="other">The layer to copy from, whose parameters θ′ stay as they are.</param>
    /// <param name="share">Share of the other's values, above 0 and at most 1; 1 copies.</param>
    /// <exception cref="ArgumentException">The parameters of the two differ in number, name or shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of its range.</exception>
    public void CopyParametersFrom(Layer<T> other, double share = 1)
    {
        ArgumentNullException.ThrowIfNull(other);
        Parameter<T>.CopyAll(other.Parameters, Parameters, other.Name, Name, share);
    }

    /// <summary>
    /// Adds a parameter; its values are drawn when the network is built. Call it in the constructor only.
    /// </summary>
    /// <param name="name">The name within the layer, such as <c>weights</c>.</param>
    /// <param name="shape">
    /// The dimensions, as files have them: (outputs, inputs) of weights, (outputs) of biases. A parameter of more than
    /// two is a matrix of the first dimension × all others, see <see cref="Parameter{T}.Value"/>.
    /// </param>
    /// <param name="initializer">The rule for the initial values.</param>
    /// <param name="fanIn">
    /// Inputs that an output sums up, by which initializers scale; if null, the product of all dimensions but the
    /// first.
    /// </param>
    /// <param name="fanOut">Outputs that an input goes to; if null, the first dimension.</param>
    /// <param name="penalty">The penalty that training adds to the loss to keep the values small; none if null.</param>
    /// <param name="constraint">
    /// The constraint that the values are made to satisfy after every training step; none if null.
    /// </param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentException">
    /// The name is empty, taken, or holds a dot, or there are no dimensions.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A dimension is negative, a fan below 1, or no array holds that many elements.
    /// </exception>
    /// <exception cref="InvalidOperationException">The layer is part of a network already.</exception>
    protected Parameter<T> AddParameter(
        string name,
        ReadOnlySpan<int> shape,
        IInitializer initializer,
        int? fanIn = null,
        int? fanOut = null,
        IPenalty? penalty = null,
        IConstraint? constraint = null) =>
        Add(name, new(this, name, shape, initializer, fanIn, fanOut) { Penalty = penalty, Constraint = constraint });

    /// <summary>Adds biases b, called <c>biases</c>, unless the layer is to have none.</summary>
    /// <returns>The parameter; null where there is none.</returns>
    /// <exception cref="ArgumentException">There is an initializer, but no biases.</exception>
    private protected Parameter<T>? AddBiases(bool biases, int count, IInitializer? biasInitializer)
    {
        if (biases)
        {
            return AddParameter("biases", [count], biasInitializer ?? new Zero());
        }

        return biasInitializer is null
            ? null
            : throw new ArgumentException(
                "A layer without biases needs no initializer for them; leave it out.", nameof(biasInitializer));
    }

    /// <summary>True where z must be kept for the backward pass of σ; else it shares the memory of a.</summary>
    private protected bool KeepsPreActivation(bool hasBackward) => hasBackward && Activation!.BackwardReadsInput;

    /// <summary>Asks for memory for z, the first that is remembered, where it must be kept.</summary>
    private protected void RememberPreActivation(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (KeepsPreActivation(memory.HasBackward))
        {
            memory.Remember(OutputSize, memory.Samples);
        }
    }

    /// <summary>
    /// Adds a vector of running statistics s of the data, such as means. They are no weights: in the backward pass the
    /// layer writes the batch's own statistics to <see cref="BackwardContext{T}.Gradient"/>, and the training step
    /// blends them in, s ← (1 − m)·s + m·batch. Call it in the constructor only.
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
        return Add(name, new(this, name, [length], initializer) { StatisticMomentum = momentum });
    }

    /// <summary>
    /// Adds a layer within this one, whose parameters become parameters of this one, too. Running it is up to this
    /// layer: see <see cref="ForwardContext{T}.ForwardChild"/>. Call it in the constructor only.
    /// </summary>
    /// <param name="child">The layer; it must be part of no network and of no other layer.</param>
    /// <param name="name">
    /// Its name within this layer; its kind and a number if null. Empty where it takes the name of this layer, as the
    /// only child may: the layers within it are then named as if they stood in this one.
    /// </param>
    /// <param name="columnsPerSample">
    /// Number of columns that it sees of each sample of this layer, such as the steps of a sequence: it is run on
    /// matrices of columns per sample × samples columns.
    /// </param>
    /// <exception cref="ArgumentException">The name is taken or holds a dot.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no column per sample.</exception>
    /// <exception cref="InvalidOperationException">
    /// The child is part of a network or of another layer, or this layer is part of a network already.
    /// </exception>
    protected void AddChild(Layer<T> child, string? name = null, int columnsPerSample = 1)
    {
        ArgumentNullException.ThrowIfNull(child);
        Require.AtLeast(columnsPerSample, 1);
        child.RequireUnattached();
        RequireOpen();
        LayerNames.RequireChild(this, child, name);
        child.Parent = this;
        child.NameInParent = name;
        child.ColumnsPerSample = columnsPerSample;
        if (_children is null)
        {
            _children = [];
            Children = _children.AsReadOnly();
        }

        _children.Add(child);
        foreach (Parameter<T> parameter in child.Parameters)
        {
            AddToList(parameter);
        }
    }

    /// <summary>Keeps training from changing any parameter of the layer, until <see cref="Unfreeze"/>.</summary>
    public void Freeze() => SetFrozen(true);

    /// <summary>Lets training change every parameter of the layer again.</summary>
    public void Unfreeze() => SetFrozen(false);

    /// <summary>Makes the layer and those within it part of a network, and names them.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="prefix">The beginning of the names of the layers within it: its name and a dot, or nothing.</param>
    internal void Attach(string name, string prefix)
    {
        _name = name;
        LayerNames.NameChildren(this, prefix);
    }

    /// <summary>This layer and all within it, each before those within it.</summary>
    internal List<Layer<T>> SelfAndDescendants()
    {
        List<Layer<T>> layers = [];
        AddTo(layers);
        return layers;
    }

    /// <summary>Whether the layer is part of a network.</summary>
    internal bool IsAttached => _name is not null;

    /// <summary>
    /// Refuses layers of which one is part of a network or of another layer, or is there twice, before any is taken.
    /// </summary>
    internal static void RequireUnattached(IReadOnlyList<Layer<T>> layers)
    {
        var seen = new HashSet<Layer<T>>(layers.Count);
        foreach (Layer<T> layer in layers)
        {
            layer.RequireUnattached();
            if (!seen.Add(layer))
            {
                throw new InvalidOperationException(
                    $"The layer '{layer.Kind}' is there twice; make another for each place.");
            }
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

        if (Parent is not null)
        {
            throw new InvalidOperationException(
                $"The layer '{Kind}' is part of another layer already; make another for each place.");
        }
    }

    private void AddTo(List<Layer<T>> layers)
    {
        layers.Add(this);
        foreach (Layer<T> child in Children)
        {
            child.AddTo(layers);
        }
    }

    private void RequireOpen()
    {
        if (_name is not null || Parent is not null)
        {
            throw new InvalidOperationException(
                $"The layer '{Name}' is part of a network or of another layer; its parameters are fixed.");
        }
    }

    private void SetFrozen(bool isFrozen)
    {
        foreach (Parameter<T> parameter in Parameters)
        {
            parameter.IsFrozen = isFrozen;
        }
    }

    private Parameter<T> Add(string name, Parameter<T> parameter)
    {
        LayerNames.RequireParameter(this, name);
        RequireOpen();
        AddToList(parameter);
        return parameter;
    }

    private void AddToList(Parameter<T> parameter)
    {
        if (_parameters is null)
        {
            _parameters = [];
            Parameters = _parameters.AsReadOnly();
        }

        _parameters.Add(parameter);
    }
}
