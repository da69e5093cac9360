using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Layers;

/// <summary>
/// Numbers that training adjusts: the weights of a layer, its biases, its running statistics. Its name within the
/// network is stable, such as <c>dense1.weights</c>.
/// </summary>
/// <remarks>
/// It is an array of any number of dimensions, <see cref="Shape"/>, and can be read as a matrix, <see cref="Value"/>:
/// the first dimension × all others, whose last is the fastest. In memory that matrix stands column after column.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Parameter<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly int[] _shape;
    private readonly T[] _values;

    internal Parameter(
        Layer<T> layer,
        string localName,
        ReadOnlySpan<int> shape,
        IInitializer initializer,
        int? fanIn = null,
        int? fanOut = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(localName, "name");
        if (!MessageText.IsHarmless(localName))
        {
            throw new ArgumentException(
                $"The name {MessageText.Quoted(localName)} of a parameter must hold no invisible character.",
                nameof(localName));
        }

        ArgumentNullException.ThrowIfNull(initializer);
        if (shape.IsEmpty)
        {
            throw new ArgumentException($"The parameter '{localName}' needs at least one dimension.", nameof(shape));
        }

        Layer = layer;
        LocalName = localName;
        _shape = shape.ToArray();
        Shape = System.Array.AsReadOnly(_shape);
        Rows = shape[0];
        Columns = ProductOf(shape[1..], localName);
        Initializer = initializer;
        FanIn = RequireFan(fanIn, Columns, nameof(fanIn));
        FanOut = RequireFan(fanOut, Rows, nameof(fanOut));
        _values = new T[ElementCount.Of(Rows, Columns, "The parameter", localName)];
        Value = Matrix<T>.Build.Dense(Rows, Columns, _values);
        Vector = Vector<T>.Build.Dense(_values);
    }

    /// <summary>The layer it belongs to.</summary>
    public Layer<T> Layer { get; }

    /// <summary>The name within its layer, such as <c>weights</c>.</summary>
    public string LocalName { get; }

    /// <summary>The name within its network, such as <c>dense1.weights</c>.</summary>
    public string Name => $"{Layer.Name}.{LocalName}";

    /// <summary>The dimensions, as files have them: (outputs, inputs) of weights, (outputs) of biases.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of rows of the matrix: the first dimension; for weights, the layer's outputs.</summary>
    public int Rows { get; }

    /// <summary>
    /// Number of columns of the matrix: the product of all dimensions but the first; for weights, the layer's inputs;
    /// for biases, 1.
    /// </summary>
    public int Columns { get; }

    /// <summary>Inputs that an output of the layer sums up, by which initializers scale.</summary>
    public int FanIn { get; }

    /// <summary>Outputs of the layer that an input goes to, by which initializers scale.</summary>
    public int FanOut { get; }

    /// <summary>Number of elements.</summary>
    public int Count => _values.Length;

    /// <summary>The rule for the initial values.</summary>
    public IInitializer Initializer { get; }

    /// <summary>The penalty that training adds to the loss to keep the values small; null for none.</summary>
    public IPenalty? Penalty { get; internal init; }

    /// <summary>
    /// Whether a batch changes few columns of its gradient, as that of an embedding, and the layer says which.
    /// </summary>
    internal bool HasSparseGradient { get; set; }

    /// <summary>The constraint that the values are made to satisfy after every training step; null for none.</summary>
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

    /// <summary>
    /// The values as a dense MathNet matrix: the parameter itself, not a copy, so writing to it sets it.
    /// </summary>
    public Matrix<T> Value { get; }

    /// <summary>
    /// The values as one dense MathNet vector, column after column: the parameter itself, not a copy.
    /// </summary>
    public Vector<T> Vector { get; }

    /// <summary>The values, column after column: the parameter itself, not a copy.</summary>
    public Span<T> Values => _values;

    /// <summary>The values as a view: the parameter itself, not a copy.</summary>
    public MatrixSpan<T> View => new(_values, Rows, Columns);

    /// <summary>The array that holds the values.</summary>
    internal T[] Array => _values;

    /// <summary>Position in the parameter list of the network, from zero.</summary>
    internal int Index { get; set; }

    /// <summary>One element.</summary>
    /// <param name="index">Its place in every dimension, from zero.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers than dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public ref T this[params ReadOnlySpan<int> index]
    {
        get
        {
            if (index.Length != _shape.Length)
            {
                throw new ArgumentException(
                    $"'{Name}' has {Quantity.Of(_shape.Length, "dimension")}, but the index {index.Length}.",
                    nameof(index));
            }

            int column = 0;
            for (int i = 0; i < index.Length; i++)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(index[i], nameof(index));
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index[i], _shape[i], nameof(index));
                column = i == 0 ? 0 : (column * _shape[i]) + index[i];
            }

            return ref _values[(column * Rows) + index[0]];
        }
    }

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
                $"'{Name}' has {Quantity.Of(Count, "element")}, but the vector given has {values.Count}.",
                nameof(values));
        }

        values.CopyTo(Vector);
    }

    /// <summary>Copies the parameters of one layer or network into those of another, or a share of them.</summary>
    internal static void CopyAll(
        IReadOnlyList<Parameter<T>> other,
        IReadOnlyList<Parameter<T>> own,
        string otherName,
        string ownName,
        double share)
    {
        Require.Share(share);
        if (other.Count != own.Count)
        {
            throw new ArgumentException(
                $"'{ownName}' has {Quantity.Of(own.Count, "parameter")}, but '{otherName}' has {other.Count}.",
                nameof(other));
        }

        for (int i = 0; i < own.Count; i++)
        {
            if (other[i].LocalName != own[i].LocalName || !other[i]._shape.AsSpan().SequenceEqual(own[i]._shape))
            {
                throw new ArgumentException($"{own[i]} cannot take the values of {other[i]}.", nameof(other));
            }
        }

        for (int i = 0; i < own.Count; i++)
        {
            if (share == 1)
            {
                other[i].Values.CopyTo(own[i].Values);
            }
            else
            {
                TensorPrimitives.Lerp<T>(own[i].Values, other[i].Values, T.CreateChecked(share), own[i].Values);
            }
        }
    }

    /// <summary>The name and the shape.</summary>
    /// <returns>For example <c>dense1.weights (128 × 784)</c>.</returns>
    public override string ToString() => $"{Name} ({string.Join(" × ", _shape)})";

    private static int RequireFan(int? given, int otherwise, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(given ?? 1, 1, name);
        return given ?? otherwise;
    }

    private static int ProductOf(ReadOnlySpan<int> dimensions, string name)
    {
        int product = 1;
        foreach (int dimension in dimensions)
        {
            product = ElementCount.Of(product, dimension, "The parameter", name);
        }

        return product;
    }
}
