using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Layers;

/// <summary>
/// A matrix of numbers that training adjusts: the weights of a layer, its biases, its running statistics. Its name
/// within the network is stable, such as <c>dense1.weights</c>.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Parameter<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly T[] _values;

    internal Parameter(
        Layer<T> layer, string localName, int rows, int columns, bool isVector, IInitializer initializer)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(localName, "name");
        ArgumentNullException.ThrowIfNull(initializer);
        Layer = layer;
        LocalName = localName;
        Rows = rows;
        Columns = columns;
        IsVector = isVector;
        Initializer = initializer;
        _values = new T[ElementCount.Of(rows, columns, "The parameter", localName)];
        Value = Matrix<T>.Build.Dense(rows, columns, _values);
        Vector = Vector<T>.Build.Dense(_values);
    }

    /// <summary>The layer it belongs to.</summary>
    public Layer<T> Layer { get; }

    /// <summary>The name within its layer, such as <c>weights</c>.</summary>
    public string LocalName { get; }

    /// <summary>The name within its network, such as <c>dense1.weights</c>.</summary>
    public string Name => $"{Layer.Name}.{LocalName}";

    /// <summary>Number of rows; for weights, the layer's outputs.</summary>
    public int Rows { get; }

    /// <summary>Number of columns; for weights, the layer's inputs; for biases, 1.</summary>
    public int Columns { get; }

    /// <summary>Whether it is a vector, such as biases, and only written as a matrix of one column.</summary>
    public bool IsVector { get; }

    /// <summary>Number of elements.</summary>
    public int Count => _values.Length;

    /// <summary>The rule for the initial values.</summary>
    public IInitializer Initializer { get; }

    /// <summary>What training adds to the loss to keep the values small; nothing if null.</summary>
    public IPenalty? Penalty { get; internal init; }

    /// <summary>What holds for the values after every training step; nothing if null.</summary>
    public IConstraint? Constraint { get; internal init; }

    /// <summary>
    /// Whether it is a running statistic s of the data, such as a mean, and not adjusted by its gradient: a training
    /// step blends the batch's own statistic in, s ← (1 − m)·s + m·batch with m the <see cref="StatisticMomentum"/>.
    /// </summary>
    public bool IsStatistic => StatisticMomentum > 0;

    /// <summary>m, the share that a batch has in a running statistic; 0 for a parameter that is no statistic.</summary>
    public double StatisticMomentum { get; internal init; }

    /// <summary>
    /// Whether training leaves the values as they are. It may be set at any time between two steps, to train only a
    /// part of a network.
    /// </summary>
    public bool IsFrozen { get; set; }

    /// <summary>Whether an optimizer adjusts it: it is no statistic and not frozen.</summary>
    public bool IsTrainable => !IsStatistic && !IsFrozen;

    /// <summary>The values as a dense MathNet matrix: the parameter itself, not a copy, so writing to it sets it.</summary>
    public Matrix<T> Value { get; }

    /// <summary>The values as one dense MathNet vector, column after column: the parameter itself, not a copy.</summary>
    public Vector<T> Vector { get; }

    /// <summary>The values, column after column: the parameter itself, not a copy.</summary>
    public Span<T> Values => _values;

    /// <summary>The values as a view: the parameter itself, not a copy.</summary>
    public MatrixSpan<T> View => new(_values, Rows, Columns);

    /// <summary>The memory beneath.</summary>
    internal T[] Array => _values;

    /// <summary>Position in the parameter list of the network, from zero.</summary>
    internal int Index { get; set; }

    /// <summary>Replaces all values.</summary>
    /// <param name="values">A matrix of the same shape, copied.</param>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public void Set(Matrix<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.RowCount != Rows || values.ColumnCount != Columns)
        {
            throw new ArgumentException(
                $"'{Name}' is {Rows} × {Columns}, but the matrix given is {values.RowCount} × {values.ColumnCount}.",
                nameof(values));
        }

        values.CopyTo(Value);
    }

    /// <summary>Replaces all values.</summary>
    /// <param name="values">A vector with as many elements as the parameter, copied column after column.</param>
    /// <exception cref="ArgumentException">The number of elements is another.</exception>
    public void Set(Vector<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != Count)
        {
            throw new ArgumentException(
                $"'{Name}' has {Count} elements, but the vector given has {values.Count}.", nameof(values));
        }

        values.CopyTo(Vector);
    }

    /// <summary>The name and the shape.</summary>
    /// <returns>For example <c>dense1.weights (128 × 784)</c>.</returns>
    public override string ToString() => $"{Name} ({Rows} × {Columns})";
}
