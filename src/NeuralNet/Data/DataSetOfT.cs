using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace NeuralNet.Data;

/// <summary>Samples in memory: inputs and the targets that belong to them, one sample per column.</summary>
/// <remarks>
/// Immutable as long as nobody writes to the matrices it was made from: dense ones are taken as they are, not copied.
/// <see cref="Take"/>, <see cref="Skip"/> and <see cref="Split(int)"/> share that memory.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DataSet<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly T[] _inputs;
    private readonly T[] _targets;
    private readonly int _start;

    /// <summary>Makes a data set.</summary>
    /// <param name="inputs">Features × samples.</param>
    /// <param name="targets">Outputs × samples.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of samples differ, there is none, or a value is NaN or infinite.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public DataSet(Matrix<T> inputs, Matrix<T> targets)
    {
        Precision.Require<T>();
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.ColumnCount != targets.ColumnCount)
        {
            throw new ArgumentException(
                $"There are {inputs.ColumnCount} inputs but {targets.ColumnCount} targets; each sample, "
                + "that is each column, needs both.",
                nameof(targets));
        }

        RequireFinite(inputs, nameof(inputs));
        RequireFinite(targets, nameof(targets));
        _inputs = inputs.AsColumnMajorArray() ?? inputs.ToColumnMajorArray();
        _targets = targets.AsColumnMajorArray() ?? targets.ToColumnMajorArray();
        InputSize = inputs.RowCount;
        TargetSize = targets.RowCount;
        Count = inputs.ColumnCount;
    }

    private DataSet(DataSet<T> whole, int start, int count)
    {
        _inputs = whole._inputs;
        _targets = whole._targets;
        _start = whole._start + start;
        InputSize = whole.InputSize;
        TargetSize = whole.TargetSize;
        Count = count;
    }

    /// <summary>Number of samples, at least 1.</summary>
    public int Count { get; }

    /// <summary>Number of features of an input.</summary>
    public int InputSize { get; }

    /// <summary>Number of elements of a target.</summary>
    public int TargetSize { get; }

    /// <summary>The inputs, features × samples.</summary>
    public ReadOnlyMatrixSpan<T> Inputs =>
        new(_inputs.AsSpan(_start * InputSize, Count * InputSize), InputSize, Count);

    /// <summary>The targets, outputs × samples.</summary>
    public ReadOnlyMatrixSpan<T> Targets =>
        new(_targets.AsSpan(_start * TargetSize, Count * TargetSize), TargetSize, Count);

    /// <summary>The first samples.</summary>
    /// <param name="count">How many, from 1 to <see cref="Count"/>.</param>
    /// <returns>A data set that shares this one's memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many, or it would be empty.</exception>
    public DataSet<T> Take(int count)
    {
        RequireInRange(count, 1, Count, nameof(count));
        return new(this, 0, count);
    }

    /// <summary>All but the first samples.</summary>
    /// <param name="count">How many to leave out, from 0 to <see cref="Count"/> − 1.</param>
    /// <returns>A data set that shares this one's memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many, or it would be empty.</exception>
    public DataSet<T> Skip(int count)
    {
        RequireInRange(count, 0, Count - 1, nameof(count));
        return new(this, count, Count - count);
    }

    /// <summary>Splits in two, in order. Shuffle first where the order means something.</summary>
    /// <param name="firstCount">Number of samples of the first part, from 1 to <see cref="Count"/> − 1.</param>
    /// <returns>The two parts, which share this one's memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part would be empty.</exception>
    public (DataSet<T> First, DataSet<T> Second) Split(int firstCount)
    {
        RequireInRange(firstCount, 1, Count - 1, nameof(firstCount));
        return (Take(firstCount), Skip(firstCount));
    }

    /// <summary>Splits in two, in order. Shuffle first where the order means something.</summary>
    /// <param name="firstFraction">Share of the first part, between 0 and 1, such as 0.8; rounded to whole samples.</param>
    /// <returns>The two parts, which share this one's memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1, or a part would be empty.</exception>
    public (DataSet<T> First, DataSet<T> Second) Split(double firstFraction)
    {
        if (!(firstFraction > 0 && firstFraction < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(firstFraction), firstFraction, "The share of the first part must be above 0 and below 1.");
        }

        return Split((int)Math.Round(firstFraction * Count));
    }

    /// <summary>The same samples in another order.</summary>
    /// <param name="seed">The same seed gives the same order.</param>
    /// <returns>A copy.</returns>
    public DataSet<T> Shuffle(int seed)
    {
        int[] order = new int[Count];
        Permutation.Draw(order, RandomStream.FromSeed(seed).Derive((long)RandomPurpose.Splitting));
        Matrix<T> inputs = Matrix<T>.Build.Dense(InputSize, Count);
        Matrix<T> targets = Matrix<T>.Build.Dense(TargetSize, Count);
        CopyTo(order, inputs.AsColumnMajorArray(), targets.AsColumnMajorArray());
        return new(inputs, targets);
    }

    /// <summary>Copies chosen samples, one after the other: how a batch is gathered.</summary>
    /// <param name="indices">Which samples, each from 0 to <see cref="Count"/> − 1.</param>
    /// <param name="inputs">Where their inputs go, <see cref="InputSize"/> numbers each.</param>
    /// <param name="targets">Where their targets go, <see cref="TargetSize"/> numbers each.</param>
    /// <exception cref="ArgumentException">There is too little room.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public void CopyTo(ReadOnlySpan<int> indices, Span<T> inputs, Span<T> targets)
    {
        ReadOnlyMatrixSpan<T> allInputs = Inputs;
        ReadOnlyMatrixSpan<T> allTargets = Targets;
        for (int i = 0; i < indices.Length; i++)
        {
            allInputs.Column(indices[i]).CopyTo(inputs[(i * InputSize)..]);
            allTargets.Column(indices[i]).CopyTo(targets[(i * TargetSize)..]);
        }
    }

    private static void RequireInRange(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"{name} must be from {least} to {most}, so that no part is empty; it is {value}.");
        }
    }

    private static void RequireFinite(ReadOnlyMatrixSpan<T> samples, string name)
    {
        if (samples.IsEmpty)
        {
            throw new ArgumentException(
                $"The {name} are empty ({samples.Rows} × {samples.Columns}); a data set needs at least one sample.", name);
        }

        if (TensorPrimitives.IsFiniteAll(samples.Values))
        {
            return;
        }

        for (int j = 0; j < samples.Columns; j++)
        {
            for (int i = 0; i < samples.Rows; i++)
            {
                if (!T.IsFinite(samples[i, j]))
                {
                    throw new ArgumentException(
                        $"The {name} hold {samples[i, j]} in row {i} of sample {j}; every value must be a finite number.",
                        name);
                }
            }
        }
    }
}
