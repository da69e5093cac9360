using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Recurrence;

/// <summary>
/// A layer that reads a sequence step by step and carries a state h from each step to the next: the base of
/// <see cref="Lstm{T}"/>, <see cref="Gru{T}"/> and <see cref="SimpleRecurrent{T}"/>.
/// </summary>
/// <remarks>
/// <para>
/// At each step the gates are functions of W·xₜ + b + U·hₜ₋₁ + c, with input weights W (gates · units × features),
/// recurrent weights U (gates · units × units) and biases b and c, which are added to each other: PyTorch has both. The
/// gates lie one below the other, in PyTorch's order.
/// </para>
/// <para>
/// The product with the inputs is one product over all steps. The gradient runs back through the steps, from which
/// ∂L/∂W = Σ over steps and samples of δₜ·xₜᵀ, ∂L/∂U = Σ δₜ·hₜ₋₁ᵀ, ∂L/∂b = ∂L/∂c = Σ δₜ and ∂L/∂xₜ = Wᵀ·δₜ.
/// </para>
/// <para>
/// The layer holds no state: each sequence begins with h = 0 or a state that is learned. A stream is predicted step by
/// step with a <c>RecurrentState</c>.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class RecurrentLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The places of blocks in the memory that the layer asks for.
    private const int GatesBlock = 0;
    private const int KeptBlock = 1;
    private const int HiddenBlock = 2;
    private const int MaskBlock = 3;
    private const int PackedScratch = 0;
    private const int NoBiasesScratch = 1;
    private const int ProductScratch = 2;
    private const int StateScratch = 3;
    private const int CellStateScratch = 4;
    private const int OperandStateScratch = 5;
    private const int GatesScratch = 6;
    private const int PreviousScratch = 6;
    private const int SecondOperandScratch = 7;
    private const int RecurrentGradientScratch = 8;
    private const int MaskedScratch = 9;

    private readonly CellSizes _sizes;

    private protected RecurrentLayer(
        string kind,
        FeatureShape inputShape,
        int units,
        bool returnSteps,
        RecurrentOptions? options,
        CellSizes sizes,
        IInitializer biasInitializer,
        IActivation? activation = null)
        : base(kind, inputShape, OutputShapeOf(inputShape, units, returnSteps), activation)
    {
        options ??= new();
        _sizes = sizes;
        Units = units;
        ReturnsSteps = returnSteps;
        IsReversed = options.IsReversed;
        GradientSteps = options.GradientSteps is { } steps
            ? Require.AtLeast(steps, 1, nameof(options)) : null;
        RecurrentDropout = Require.Fraction(options.RecurrentDropout, nameof(options));
        int rows = ElementCount.Of(sizes.Gates, units, "The gates of a recurrent layer");

        // The kernels count on it: no block that the layer asks for is larger for a sample.
        ElementCount.Of(rows, inputShape[0], "The gates of all steps of a recurrent layer");
        InputWeights = AddParameter(
            "inputWeights",
            [rows, inputShape.Channels],
            options.WeightInitializer ?? new GlorotUniform(),
            penalty: options.WeightPenalty,
            constraint: options.WeightConstraint);
        RecurrentWeights = AddParameter(
            "recurrentWeights",
            [rows, units],
            options.RecurrentInitializer ?? new Orthogonal(),
            penalty: options.RecurrentPenalty,
            constraint: options.RecurrentConstraint);
        if (options.HasBiases)
        {
            InputBiases = AddParameter("inputBiases", [rows], options.BiasInitializer ?? biasInitializer);
            RecurrentBiases = AddParameter("recurrentBiases", [rows], options.BiasInitializer ?? new Zero());
        }
        else if (options.BiasInitializer is not null)
        {
            throw new ArgumentException(
                "There is an initializer for biases, but no biases; leave one of the two options.", nameof(options));
        }

        if (options.LearnsInitialState)
        {
            InitialHidden = AddParameter("initialHidden", [units], new Zero());
            InitialCell = sizes.HasCellState ? AddParameter("initialCell", [units], new Zero()) : null;
        }
    }

    /// <summary>Number of units: the length of h, and so the features of a step of the output.</summary>
    public int Units { get; }

    /// <summary>Number of steps of a sequence.</summary>
    public int Steps => InputShape[0];

    /// <summary>Whether the output is h of every step; else that of the last step read.</summary>
    public bool ReturnsSteps { get; }

    /// <summary>Whether sequences are read from their last step to their first.</summary>
    public bool IsReversed { get; }

    /// <summary>
    /// Number of steps of the pieces that sequences are cut into, between which no gradient runs back; null where it
    /// runs through all steps.
    /// </summary>
    public int? GradientSteps { get; }

    /// <summary>
    /// p, the probability that a unit of h is dropped on its way to the gates while training, at all steps of a
    /// sequence at once; 0 for no dropout.
    /// </summary>
    public double RecurrentDropout { get; }

    /// <summary>W, gates · units × features.</summary>
    public Parameter<T> InputWeights { get; }

    /// <summary>U, gates · units × units.</summary>
    public Parameter<T> RecurrentWeights { get; }

    /// <summary>b, an element per gate and unit; null where the layer has no biases.</summary>
    public Parameter<T>? InputBiases { get; }

    /// <summary>c, an element per gate and unit; null where the layer has no biases.</summary>
    public Parameter<T>? RecurrentBiases { get; }

    /// <summary>h that sequences begin with; null where it is 0.</summary>
    public Parameter<T>? InitialHidden { get; }

    /// <summary>The cell state that sequences begin with; null where it is 0 or there is none.</summary>
    public Parameter<T>? InitialCell { get; }

    /// <summary>Number of elements of the state: h and, where there is one, the cell state.</summary>
    internal int StateSize => _sizes.HasCellState ? 2 * Units : Units;

    /// <summary>Number of elements of scratch memory that a step of one stream needs.</summary>
    internal int StepScratchLength => (3 * Rows) + Units;

    // Rows of what dropout needs.
    private int MaskedUnits => RecurrentDropout > 0 ? Units : 0;

    /// <summary>Number of rows of the weights.</summary>
    private int Rows => _sizes.Gates * Units;

    /// <inheritdoc/>
    public override bool TakesPadding => true;

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        int samples = memory.Samples;

        // A single sequence takes the weights as they are. A correction of gradients finds room there, too.
        int packed = samples == 1 ? 0 : RecurrentPass.PackedLength<T>(_sizes.Gates, Units);
        int correction = memory.HasBackward && _sizes.HasSecondPhase ? RecurrentWeights.Count : 0;
        memory.Scratch(Math.Max(packed, correction), 1);
        memory.Scratch(InputBiases is null ? Rows : 0, 1);
        memory.Scratch(RecurrentPass.ProductStep<T>(Rows), samples);
        memory.Scratch(Units, samples);
        memory.Scratch(_sizes.HasCellState ? Units : 0, samples);
        memory.Scratch(_sizes.HasSecondPhase ? Units : 0, samples);
        if (!memory.HasBackward)
        {
            memory.Scratch(Rows * Steps, samples);
            return;
        }

        memory.Scratch(Units * Steps, samples);
        memory.Scratch(_sizes.HasSecondPhase ? Units * Steps : 0, samples);
        memory.Scratch(_sizes.SeparatesGradients ? Rows * Steps : 0, samples);
        memory.Scratch(MaskedUnits, samples);
        memory.Remember(Rows * Steps, samples);
        memory.Remember(_sizes.Kept * Units * Steps, samples);
        memory.Remember(ReturnsSteps ? 0 : Units * Steps, samples);
        memory.Remember(MaskedUnits, samples);
    }

    /// <inheritdoc/>
    public override unsafe void Forward(
        ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        bool hasBackward = context.HasBackward;
        MatrixSpan<T> gates = ByStep(
            hasBackward ? context.Remembered(GatesBlock) : context.Scratch(GatesScratch), Rows);
        Span<T> kept = hasBackward ? context.Remembered(KeptBlock).Values : [];
        Span<T> hidden = ReturnsSteps ? output.Values : hasBackward ? context.Remembered(HiddenBlock).Values : [];
        MatrixProduct.Multiply(
            Transpose.No,
            InputWeights.View,
            Transpose.No,
            input.ByChannel(InputShape),
            gates,
            accumulate: false,
            context.Team);

        Span<T> mask = hasBackward ? context.Remembered(MaskBlock).Values : [];
        if (context.IsTraining)
        {
            DropoutMask.Draw(mask, RecurrentDropout, context.Random);
        }
        else
        {
            mask.Fill(T.One);
        }

        Span<T> noBiases = context.Scratch(NoBiasesScratch).Values;
        noBiases.Clear();
        fixed (T* inputBiases = InputBiases is null ? noBiases : InputBiases.Values)
        fixed (T* recurrentBiases = RecurrentBiases is null ? noBiases : RecurrentBiases.Values)
        fixed (T* factors = mask, masked = hasBackward ? context.Scratch(MaskedScratch).Values : [])
        fixed (T* initialHidden = ValuesOf(InitialHidden), initialCell = ValuesOf(InitialCell))
        fixed (T* weights = RecurrentWeights.Values, gate = gates.Values, keep = kept)
        fixed (T* steps = hidden, last = output.Values, packed = context.Scratch(PackedScratch).Values)
        fixed (T* product = context.Scratch(ProductScratch).Values, state = context.Scratch(StateScratch).Values)
        fixed (T* cell = context.Scratch(CellStateScratch).Values)
        fixed (T* operand = context.Scratch(OperandStateScratch).Values, lengths = context.Lengths)
        {
            RecurrentOperands<T> operands = Operands(input.Columns, weights);
            operands.InputBiases = inputBiases;
            operands.RecurrentBiases = recurrentBiases;
            operands.Mask = factors;
            operands.MaskedStates = masked;
            operands.InitialHidden = initialHidden;
            operands.InitialCell = initialCell;
            operands.Lengths = lengths;
            operands.Gates = gate;

            // A cell that keeps nothing beside its gates is told so by any place that is not null.
            operands.Kept = !hasBackward ? null : kept.IsEmpty ? gate : keep;
            operands.Hidden = steps;
            operands.LastHidden = ReturnsSteps ? null : last;
            operands.Packed = packed;
            operands.Products = product;
            operands.States = state;
            operands.CellStates = cell;
            operands.OperandStates = operand;
            RunForward(operands, context.Team);
        }
    }

    /// <inheritdoc/>
    public override unsafe void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        MatrixSpan<T> gates = ByStep(context.Remembered(GatesBlock), Rows);
        MatrixSpan<T> previous = ByStep(context.Scratch(PreviousScratch), Units);
        MatrixSpan<T> second = ByStep(context.Scratch(SecondOperandScratch), Units);
        MatrixSpan<T> separate = ByStep(context.Scratch(RecurrentGradientScratch), Rows);
        MatrixSpan<T> states = context.Scratch(StateScratch);
        MatrixSpan<T> cells = context.Scratch(CellStateScratch);
        ReadOnlySpan<T> hidden = ReturnsSteps ? output.Values : context.Remembered(HiddenBlock).Values;
        fixed (T* initialHidden = ValuesOf(InitialHidden), initialCell = ValuesOf(InitialCell))
        fixed (T* weights = RecurrentWeights.Values, gate = gates.Values)
        fixed (T* keep = context.Remembered(KeptBlock).Values, steps = hidden, ofOutput = outputGradient.Values)
        fixed (T* packed = context.Scratch(PackedScratch).Values, product = context.Scratch(ProductScratch).Values)
        fixed (T* state = states.Values, cell = cells.Values, operand = context.Scratch(OperandStateScratch).Values)
        fixed (T* before = previous.Values, secondOperand = second.Values, recurrent = separate.Values)
        fixed (T* lengths = context.Lengths, factors = context.Remembered(MaskBlock).Values)
        fixed (T* masked = context.Scratch(MaskedScratch).Values)
        {
            RecurrentOperands<T> operands = Operands(input.Columns, weights);
            operands.Mask = factors;
            operands.MaskedStates = masked;
            operands.InitialHidden = initialHidden;
            operands.InitialCell = initialCell;
            operands.Lengths = lengths;
            operands.Gates = gate;
            operands.Kept = keep;
            operands.Hidden = steps;
            operands.Packed = packed;
            operands.Products = product;
            operands.States = state;
            operands.CellStates = cell;
            operands.OperandStates = operand;
            operands.OutputGradient = ofOutput;
            operands.HasGradientOfEveryStep = ReturnsSteps;
            operands.PreviousHidden = before;
            operands.SecondOperand = secondOperand;
            operands.RecurrentGradient = recurrent;
            operands.GradientSteps = GradientSteps ?? 0;
            RunBackward(operands, context.Team);
        }

        MultiplyByMask(previous, context);
        MultiplyByMask(second, context);
        MatrixSpan<T> ofRecurrent = _sizes.SeparatesGradients ? separate : gates;
        GradientOf(InputWeights, gates, input.ByChannel(InputShape), context);
        GradientOf(RecurrentWeights, ofRecurrent, previous, context);
        if (_sizes.HasSecondPhase)
        {
            CorrectSecondPhase(gates, second, context);
        }

        if (InputBiases is not null)
        {
            Columns.Sum(gates, context.Gradient(InputBiases).Values, context.Team);
            Columns.Sum(ofRecurrent, context.Gradient(RecurrentBiases!).Values, context.Team);
        }

        if (InitialHidden is not null)
        {
            Columns.Sum(states, context.Gradient(InitialHidden).Values, context.Team);
        }

        if (InitialCell is not null)
        {
            Columns.Sum(cells, context.Gradient(InitialCell).Values, context.Team);
        }

        if (!inputGradient.IsEmpty)
        {
            MatrixProduct.Multiply<T>(
                Transpose.Yes,
                InputWeights.View,
                Transpose.No,
                gates,
                inputGradient.ByChannel(InputShape),
                accumulate: false,
                context.Team);
        }
    }

    /// <summary>Reads the next step of a stream.</summary>
    /// <param name="input">The features of the step.</param>
    /// <param name="output">The place for h.</param>
    /// <param name="states">h and, behind it, the cell state: those before the step, and then those after it.</param>
    /// <param name="scratch">Memory with unspecified contents.</param>
    internal unsafe void Step(ReadOnlySpan<T> input, Span<T> output, Span<T> states, Span<T> scratch)
    {
        MatrixSpan<T> gates = new(scratch[..Rows], Rows, 1);
        Span<T> noBiases = scratch.Slice((2 * Rows) + Units, InputBiases is null ? Rows : 0);
        noBiases.Clear();
        MatrixProduct.Multiply(
            Transpose.No,
            InputWeights.View,
            Transpose.No,
            new(input, input.Length, 1),
            gates,
            accumulate: false,
            ForkJoin.Alone);
        fixed (T* inputBiases = InputBiases is null ? noBiases : InputBiases.Values)
        fixed (T* recurrentBiases = RecurrentBiases is null ? noBiases : RecurrentBiases.Values)
        fixed (T* weights = RecurrentWeights.Values, memory = scratch, state = states, last = output)
        {
            RecurrentOperands<T> operands = Operands(1, weights);
            operands.Steps = 1;
            operands.IsReversed = false;
            operands.InputBiases = inputBiases;
            operands.RecurrentBiases = recurrentBiases;
            operands.InitialHidden = state;
            operands.InitialCell = state + Units;
            operands.Gates = memory;
            operands.Products = memory + Rows;
            operands.OperandStates = operands.Products + Rows;
            operands.States = state;
            operands.CellStates = state + Units;
            operands.LastHidden = last;
            RunForward(operands, ForkJoin.Alone);
        }
    }

    /// <summary>
    /// h of all steps, units · steps × batch, as the forward pass of training remembers it where it is not the output.
    /// </summary>
    internal static ReadOnlyMatrixSpan<T> StatesIn(LayerMemory<T> memory) => memory.Remembered(HiddenBlock);

    /// <summary>
    /// The gates at all steps, as the forward pass of training remembers them; the backward pass puts their gradients
    /// in their place.
    /// </summary>
    internal static ReadOnlyMatrixSpan<T> GatesIn(LayerMemory<T> memory) => memory.Remembered(GatesBlock);

    private protected abstract void RunForward(in RecurrentOperands<T> operands, ForkJoin team);

    private protected abstract void RunBackward(in RecurrentOperands<T> operands, ForkJoin team);

    private static FeatureShape OutputShapeOf(FeatureShape inputShape, int units, bool returnSteps)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Require.AtLeast(units, 1);
        if (inputShape.Rank != 2)
        {
            throw new ArgumentException(
                $"A recurrent layer reads sequences, of shape (steps, features), but the input is "
                + $"{inputShape.Describe()}; of one number per step, the shape is new FeatureShape(steps, 1).",
                nameof(inputShape));
        }

        return returnSteps ? new FeatureShape(inputShape[0], units) : units;
    }

    private static void GradientOf(
        Parameter<T> weights, ReadOnlyMatrixSpan<T> delta, ReadOnlyMatrixSpan<T> factor, BackwardContext<T> context) =>
        MatrixProduct.Multiply(
            Transpose.No, delta, Transpose.Yes, factor, context.Gradient(weights), accumulate: false, context.Team);

    // What U was multiplied by, of every step, has the factors of its sample.
    private void MultiplyByMask(MatrixSpan<T> operands, BackwardContext<T> context)
    {
        MatrixSpan<T> mask = context.Remembered(MaskBlock);
        for (int j = 0; j < operands.Columns && !mask.IsEmpty; j++)
        {
            TensorPrimitives.Multiply(operands.Column(j), mask.Column(j / Steps), operands.Column(j));
        }
    }

    private static MatrixSpan<T> ByStep(MatrixSpan<T> block, int rows) =>
        new(block.Values, rows, block.Values.Length / rows);

    // The gates of the second phase are multiplied with an operand of their own in place of h.
    private void CorrectSecondPhase(
        ReadOnlyMatrixSpan<T> delta, ReadOnlyMatrixSpan<T> operand, BackwardContext<T> context)
    {
        var product = new MatrixSpan<T>(context.Scratch(PackedScratch).Values[..(Rows * Units)], Rows, Units);
        MatrixProduct.Multiply(
            Transpose.No, delta, Transpose.Yes, operand, product, accumulate: false, context.Team);
        MatrixSpan<T> gradient = context.Gradient(RecurrentWeights);
        int first = _sizes.GatesOfFirstPhase * Units;
        for (int column = 0; column < Units; column++)
        {
            product.Column(column)[first..].CopyTo(gradient.Column(column)[first..]);
        }
    }

    private static ReadOnlySpan<T> ValuesOf(Parameter<T>? parameter) => parameter is null ? [] : parameter.Values;

    private unsafe RecurrentOperands<T> Operands(int samples, T* weights) => new()
    {
        Steps = Steps,
        Samples = samples,
        Units = Units,
        IsReversed = IsReversed,
        Weights = weights,
        ProductStep = RecurrentPass.ProductStep<T>(Rows),
    };
}
