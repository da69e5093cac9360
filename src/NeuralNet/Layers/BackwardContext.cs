using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>The memory, the places for gradients and the threads that a layer may use during a backward pass.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct BackwardContext<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerMemory<T> _memory;
    private readonly Span<T> _scratch;
    private readonly ReadOnlySpan<T[]> _gradients;
    private readonly ReadOnlySpan<ColumnSet?> _columns;
    private readonly IPassObserver<T>? _observer;

    internal BackwardContext(
        LayerMemory<T> memory,
        Span<T> scratch,
        ReadOnlySpan<T[]> gradients,
        ForkJoin team,
        IPassObserver<T>? observer = null,
        ReadOnlySpan<ColumnSet?> columns = default,
        ReadOnlySpan<T> lengths = default,
        bool isTraining = true)
    {
        IsTraining = isTraining;
        Lengths = lengths;
        _memory = memory;
        _scratch = scratch;
        _gradients = gradients;
        _columns = columns;
        _observer = observer;
        Team = team;
    }

    /// <summary>Whether the forward pass was that of a training step; else it was that of a prediction.</summary>
    public bool IsTraining { get; }

    /// <summary>
    /// Number of steps of each sample, where sequences of different lengths are padded at the end; empty where none
    /// are.
    /// </summary>
    public ReadOnlySpan<T> Lengths { get; }

    /// <summary>The threads that share the work.</summary>
    internal ForkJoin Team { get; }

    /// <summary>A block of memory as the forward pass of the same batch left it.</summary>
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
    /// The output of a layer within this one, where <see cref="MemoryRequest.ChildOutput"/> asked for a block.
    /// </summary>
    /// <param name="child">The child's position among <see cref="Layer{T}.Children"/>, from zero.</param>
    /// <returns>The block, output size × batch.</returns>
    public MatrixSpan<T> ChildOutput(int child) => _memory.ChildOutput(child, _scratch);

    /// <summary>
    /// The place for ∂L/∂parameter: the parameter's shape, with unspecified contents, to be overwritten. Of a running
    /// statistic, the batch's own goes there.
    /// </summary>
    /// <param name="parameter">A parameter of the layer.</param>
    /// <returns>The gradient, to be written.</returns>
    public MatrixSpan<T> Gradient(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new(_gradients[parameter.Index], parameter.Rows, parameter.Columns);
    }

    /// <summary>
    /// The columns in which the place for a sparse gradient differs from 0 as it is, and those in which it is to
    /// differ; null where the whole place is to be overwritten.
    /// </summary>
    internal ColumnSet? ColumnsOfGradient(Parameter<T> parameter) =>
        _columns.IsEmpty ? null : _columns[parameter.Index];

    /// <summary>The gradient of a child's output, from that of the output that all were joined to.</summary>
    internal void Separate(
        Merge merge,
        int child,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> childGradient) =>
        MergeJob<T>.Backward(merge, _memory, child, output, outputGradient, childGradient, Team);

    /// <summary>Runs the backward pass of a layer within this one.</summary>
    /// <param name="child">The child's position among <see cref="Layer{T}.Children"/>, from zero.</param>
    /// <param name="input">The child's input of the forward pass.</param>
    /// <param name="output">Its output of the forward pass.</param>
    /// <param name="outputGradient">∂L/∂output of the child, which it may use as scratch memory.</param>
    /// <param name="inputGradient">The place for ∂L/∂input of the child; empty if it is not needed.</param>
    /// <exception cref="ArgumentException">A matrix has another size than the child's.</exception>
    public void BackwardChild(
        int child,
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient) =>
        BackwardSequences(child, input, output, outputGradient, inputGradient, Lengths);

    /// <summary>Runs the backward pass of a layer within this one on sequences of other lengths.</summary>
    internal void BackwardSequences(
        int child,
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        ReadOnlySpan<T> lengths)
    {
        LayerMemory<T> memory = _memory.Children[child];
        Layer<T> layer = memory.Layer;
        int samples = input.Columns;
        ChildCheck.Require(layer.Name, input, layer.InputSize, samples, nameof(input));
        ChildCheck.Require(layer.Name, output, layer.OutputSize, samples, nameof(output));
        ChildCheck.Require<T>(layer.Name, outputGradient, layer.OutputSize, samples, nameof(outputGradient));
        if (!inputGradient.IsEmpty)
        {
            ChildCheck.Require<T>(layer.Name, inputGradient, layer.InputSize, samples, nameof(inputGradient));
        }

        _observer?.BeforeBackward(layer, outputGradient);
        layer.Backward(
            input,
            output,
            outputGradient,
            inputGradient,
            new(
                memory,
                _scratch[_memory.OwnScratchLength..],
                _gradients,
                Team,
                _observer,
                _columns,
                lengths,
                IsTraining));
        _observer?.AfterBackward(layer, inputGradient);
    }

    /// <inheritdoc cref="ForwardContext{T}.Multiply"/>
    public void Multiply(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        MatrixSpan<T> result,
        bool transposeLeft = false,
        bool transposeRight = false,
        bool accumulate = false) =>
        LayerProduct.Multiply(left, right, result, transposeLeft, transposeRight, accumulate, Team);
}
