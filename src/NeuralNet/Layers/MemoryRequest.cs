namespace NeuralNet.Layers;

/// <summary>
/// The memory that a layer asks for, for a batch: blocks that are remembered from the forward pass to the backward
/// pass, and scratch blocks that live for one call. A layer fills it in <see cref="Layer{T}.RequestMemory"/>.
/// </summary>
/// <remarks>
/// Blocks are matrices, and are found again in the contexts of the passes by the order in which they were asked for,
/// each sort counted from zero. Whoever runs the layer owns the memory and says where it lies.
/// </remarks>
public sealed class MemoryRequest
{
    // In place of the number of a child's block.
    private const int None = -1;
    private const int OutputOfLayer = -2;

    private readonly List<MemoryBlock> _remembered = [];
    private readonly List<MemoryBlock> _scratch = [];
    private readonly (int Size, int ColumnsPerSample)[] _childSizes;
    private readonly int[] _childOutputs;

    /// <summary>Makes a request.</summary>
    /// <param name="childSizes">
    /// Of each layer within, the output size and the number of columns that it sees of a sample.
    /// </param>
    internal MemoryRequest((int Size, int ColumnsPerSample)[] childSizes)
    {
        _childSizes = childSizes;
        _childOutputs = new int[childSizes.Length];
    }

    /// <summary>Number of samples of the batch.</summary>
    public int Samples { get; private set; }

    /// <summary>
    /// Whether a backward pass follows, for which the forward pass remembers what it needs: so it is in training, and
    /// where a prediction is differentiated. In a prediction alone nothing needs to be remembered.
    /// </summary>
    public bool HasBackward { get; private set; }

    /// <summary>Number of elements of all remembered blocks together.</summary>
    internal long RememberedLength { get; private set; }

    /// <summary>Number of elements of all scratch blocks together.</summary>
    internal long ScratchLength { get; private set; }

    /// <summary>
    /// Asks for a block that keeps its contents from the forward pass of a batch to its backward pass.
    /// </summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is negative.</exception>
    public void Remember(int rows, int columns) =>
        RememberedLength = Add(_remembered, rows, columns, RememberedLength);

    /// <summary>
    /// Asks for a block that is there during a call of Forward or Backward; its contents are unspecified at the start.
    /// </summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is negative.</exception>
    public void Scratch(int rows, int columns) => ScratchLength = Add(_scratch, rows, columns, ScratchLength);

    /// <summary>
    /// Asks for a block for the output of a layer within this one, remembered if a backward pass follows, else
    /// scratch. A child without one must, if a backward pass follows, write its output into that of this layer.
    /// </summary>
    /// <param name="child">The child's position among <see cref="Layer{T}.Children"/>, from zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such child.</exception>
    public void ChildOutput(int child)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(child);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(child, _childOutputs.Length);
        (int outputSize, int columnsPerSample) = _childSizes[child];
        int columns = Columns(columnsPerSample);
        _childOutputs[child] = (HasBackward ? _remembered : _scratch).Count;
        if (HasBackward)
        {
            Remember(outputSize, columns);
        }
        else
        {
            Scratch(outputSize, columns);
        }
    }

    /// <summary>Says that a layer within this one writes its output into that of this layer.</summary>
    internal void ChildWritesOutput(int child) => _childOutputs[child] = OutputOfLayer;

    /// <summary>Number of columns that a child sees of all samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more than can be counted.</exception>
    internal int ColumnsOf(int child) => Columns(_childSizes[child].ColumnsPerSample);

    internal void Begin(int samples, bool hasBackward)
    {
        Samples = samples;
        HasBackward = hasBackward;
        _remembered.Clear();
        _scratch.Clear();
        RememberedLength = 0;
        ScratchLength = 0;
        Array.Fill(_childOutputs, None);
    }

    internal MemoryBlock RememberedBlock(int index) => _remembered[index];

    internal MemoryBlock ScratchBlock(int index) => _scratch[index];

    /// <summary>Whether the output of a child is known to be that of this layer.</summary>
    internal bool DoesChildWriteOutput(int child) => _childOutputs[child] == OutputOfLayer;

    internal MemoryBlock? OutputBlock(int child) =>
        _childOutputs[child] < 0 ? null : (HasBackward ? _remembered : _scratch)[_childOutputs[child]];

    private int Columns(int perSample) => (long)perSample * Samples <= Array.MaxLength
        ? perSample * Samples
        : throw new ArgumentOutOfRangeException(
            nameof(perSample),
            perSample,
            $"{Samples:N0} samples of {perSample:N0} columns each are more columns than an array holds. Use smaller "
            + "batches.");

    private static long Add(List<MemoryBlock> blocks, int rows, int columns, long start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        blocks.Add(new(start, rows, columns));

        // What is too long already is refused, however much more is asked for; the sum must not overflow.
        return start > Array.MaxLength ? start : start + ((long)rows * columns);
    }
}
