using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Layers;

/// <summary>The memory, random numbers and threads that a layer may use during a forward pass.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct ForwardContext<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerMemory<T> _memory;
    private readonly Span<T> _scratch;
    private readonly IPassObserver<T>? _observer;
    private readonly LossTerms? _lossTerms;

    internal ForwardContext(
        LayerMemory<T> memory,
        Span<T> scratch,
        bool isTraining,
        RandomStream random,
        ForkJoin team,
        IPassObserver<T>? observer = null,
        ReadOnlySpan<T> lengths = default,
        LossTerms? lossTerms = null)
    {
        Lengths = lengths;
        _lossTerms = lossTerms;
        _memory = memory;
        _scratch = scratch;
        _observer = observer;
        IsTraining = isTraining;
        Random = random;
        Team = team;
    }

    /// <summary>
    /// Whether the layer computes as in a training step (dropout drops, batch statistics count) or as in a prediction.
    /// </summary>
    public bool IsTraining { get; }

    /// <summary>
    /// Whether a backward pass follows, for which what it needs must be remembered: in training, and where a prediction
    /// is differentiated.
    /// </summary>
    public bool HasBackward => _memory.HasBackward;

    /// <summary>The random numbers of the layer in this step; the same for the same seed and step.</summary>
    public RandomStream Random { get; }

    /// <summary>
    /// Number of steps of each sample, where sequences of different lengths are padded at the end; empty where none
    /// are.
    /// </summary>
    public ReadOnlySpan<T> Lengths { get; }

    /// <summary>The threads that share the work.</summary>
    internal ForkJoin Team { get; }

    /// <summary>
    /// A block of memory with unspecified contents, which the backward pass of the same batch sees as this pass leaves
    /// it.
    /// </summary>
    /// <param name="index">
    /// Which one, in the order of the <see cref="MemoryRequest.Remember"/> calls, from zero.
    /// </param>
    /// <returns>The block, with the sides asked for.</returns>
    public MatrixSpan<T> Remembered(int index) => _memory.Remembered(index);

    /// <summary>A block of memory with unspecified contents for the length of this call.</summary>
    /// <param name="index">Which one, in the order of the <see cref="MemoryRequest.Scratch"/> calls, from zero.</param>
    /// <returns>The block, with the sides asked for.</returns>
    public MatrixSpan<T> Scratch(int index) => _memory.Scratch(index, _scratch);

    /// <summary>
    /// The block that was asked for with <see cref="MemoryRequest.ChildOutput"/>; empty where none was asked for.
    /// </summary>
    /// <param name="child">The child's position among <see cref="Layer{T}.Children"/>, from zero.</param>
    /// <returns>The block, output size × batch.</returns>
    public MatrixSpan<T> ChildOutput(int child) => _memory.ChildOutput(child, _scratch);

    /// <summary>
    /// Adds a term to the loss of the batch, such as a penalty on what the layer gives. In its backward pass, the layer
    /// adds the gradient of the term to ∂L/∂input and to those of its parameters. In a prediction nothing happens.
    /// </summary>
    /// <param name="term">The term for the whole batch, which has its mean where it is one of samples.</param>
    public void AddToLoss(double term) => _lossTerms?.Add(term);

    /// <summary>Runs the forward pass of a layer within this one. It draws random numbers of its own.</summary>
    /// <remarks>
    /// A child runs at most once per pass: a second run overwrites what the first remembered for the backward pass.
    /// </remarks>
    /// <param name="child">The child's position among <see cref="Layer{T}.Children"/>, from zero.</param>
    /// <param name="input">The child's input, its input size × batch.</param>
    /// <param name="output">The place for its output, its output size × batch; not in the memory of the input.</param>
    /// <exception cref="ArgumentException">A matrix has another size.</exception>
    public void ForwardChild(int child, ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output) =>
        ForwardSequences(child, input, output, Lengths);

    /// <summary>Runs the forward pass of a layer within this one on sequences of other lengths.</summary>
    internal void ForwardSequences(
        int child, ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ReadOnlySpan<T> lengths)
    {
        LayerMemory<T> memory = _memory.Children[child];
        Layer<T> layer = memory.Layer;
        ChildCheck.Require<T>(layer.Name, input, layer.InputSize, input.Columns, nameof(input));
        ChildCheck.Require<T>(layer.Name, output, layer.OutputSize, input.Columns, nameof(output));
        layer.Forward(
            input,
            output,
            new(
                memory,
                _scratch[_memory.OwnScratchLength..],
                IsTraining,
                layer.TakesNameOfParent ? Random : Random.Derive(child),
                Team,
                _observer,
                lengths,
                _lossTerms));
        _observer?.AfterForward(layer, input, output);
    }

    /// <summary>Joins the outputs of all children, for which memory was asked.</summary>
    internal void Join(Merge merge, MatrixSpan<T> output) =>
        MergeJob<T>.Forward(merge, _memory, _scratch, output, Team);

    /// <summary>
    /// Multiplies matrices at full speed, on the threads that share the work of the pass: C = op(A)·op(B).
    /// </summary>
    /// <remarks>
    /// A parameter's <see cref="Parameter{T}.Value"/> is a matrix that may be given as it is. The result does not
    /// depend on the number of threads.
    /// </remarks>
    /// <param name="left">A.</param>
    /// <param name="right">B.</param>
    /// <param name="result">C, in other memory than A and B.</param>
    /// <param name="transposeLeft">Whether op(A) is Aᵀ; else it is A.</param>
    /// <param name="transposeRight">Whether op(B) is Bᵀ; else it is B.</param>
    /// <param name="accumulate">Whether the product is added to what C holds; else it overwrites it.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or C overlaps A or B.</exception>
    public void Multiply(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        MatrixSpan<T> result,
        bool transposeLeft = false,
        bool transposeRight = false,
        bool accumulate = false) =>
        LayerProduct.Multiply(left, right, result, transposeLeft, transposeRight, accumulate, Team);
}
