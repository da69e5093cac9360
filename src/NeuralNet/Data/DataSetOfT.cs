using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;
using NeuralNet.Randomness;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace NeuralNet.Data;

/// <summary>Samples in memory: inputs and their targets, one sample per column, with optional weights.</summary>
/// <remarks>
/// Immutable as long as nobody writes to the matrices that it was made from: dense matrices are used directly, not
/// copied. <see cref="Take"/>, <see cref="Skip"/>, <see cref="Split"/> and <see cref="SplitAt"/> share that memory.
/// Inputs given as a <see cref="ByteMatrix"/> stay bytes, also in copies, and are converted batch by batch.
/// </remarks>
/// <example><code>
/// float[][] features = …;     // an array per sample
/// float[] prices = …;         // a number per sample
/// var data = new DataSet&lt;float&gt;(
///     Matrix&lt;float&gt;.Build.DenseOfColumnArrays(features),
///     Matrix&lt;float&gt;.Build.Dense(1, prices.Length, prices));
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DataSet<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly SampleStore<T> _inputs;
    private readonly SampleStore<T> _targets;
    private readonly T[]? _weights;
    private readonly int _start;
    private WeakReference<T[]>? _convertedInputs;
    private WeakReference<T[]>? _convertedTargets;

    /// <summary>Makes a data set.</summary>
    /// <param name="inputs">Features × samples.</param>
    /// <param name="targets">Outputs × samples.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of samples differ, there is none, or a value is NaN or infinite.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public DataSet(Matrix<T> inputs, Matrix<T> targets)
    {
        NumberType.Require<T>();
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        RequirePairs(inputs.RowCount, inputs.ColumnCount, targets);
        RequireFinite(inputs, nameof(inputs));
        RequireFinite(targets, nameof(targets));
        _inputs = Store(inputs);
        _targets = Store(targets);
        Count = inputs.ColumnCount;
    }

    /// <summary>Makes a data set of a copy of numbers in memory, such as those of another data set.</summary>
    /// <param name="inputs">Features × samples.</param>
    /// <param name="targets">Outputs × samples.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of samples differ, there is none, or a value is NaN or infinite.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    /// <example>An autoencoder learns to give what it gets:
    /// <code>new DataSet&lt;float&gt;(data.Inputs, data.Inputs)</code></example>
    public DataSet(ReadOnlyMatrixSpan<T> inputs, ReadOnlyMatrixSpan<T> targets)
        : this(inputs.ToMatrix(), targets.ToMatrix())
    {
    }

    /// <summary>Makes a data set whose inputs are kept as bytes and converted when they are used.</summary>
    /// <param name="inputs">Features × samples.</param>
    /// <param name="targets">Outputs × samples.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of samples differ, a target is NaN or infinite, or a byte stands for a number that
    /// <typeparamref name="T"/> does not hold.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public DataSet(ByteMatrix inputs, Matrix<T> targets)
    {
        NumberType.Require<T>();
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        RequirePairs(inputs.RowCount, inputs.ColumnCount, targets);
        RequireFinite(targets, nameof(targets));
        var bytes = new ByteInputs<T>(inputs);
        if (!bytes.IsFinite)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"With the scale {inputs.Scale}, 255 becomes infinite as a {typeof(T).Name}."),
                nameof(inputs));
        }

        _inputs = bytes;
        _targets = Store(targets);
        Count = inputs.ColumnCount;
    }

    /// <summary>Makes a data set with a weight per sample.</summary>
    /// <param name="inputs">Features × samples.</param>
    /// <param name="targets">Outputs × samples.</param>
    /// <param name="weights">A weight per sample, finite and at least 0; copied.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of samples differ, there is none, a value is NaN or infinite, or a weight is out of range.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public DataSet(Matrix<T> inputs, Matrix<T> targets, ReadOnlySpan<T> weights)
        : this(inputs, targets)
    {
        RequireWeights(weights, Count, InputSize);
        _weights = weights.ToArray();
    }

    /// <summary>Makes a data set of samples whose numbers are known to be finite.</summary>
    internal DataSet(SampleStore<T> inputs, SampleStore<T> targets, int count)
        : this(inputs, targets, weights: null, weightSize: 1, count)
    {
    }

    private DataSet(SampleStore<T> inputs, SampleStore<T> targets, T[]? weights, int weightSize, int count)
    {
        _inputs = inputs;
        _targets = targets;
        _weights = weights;
        WeightSize = weightSize;
        Count = count;
    }

    private DataSet(DataSet<T> whole, T[] weights, int weightSize)
        : this(whole, 0, whole.Count) => (_weights, WeightSize) = (weights, weightSize);

    private DataSet(DataSet<T> whole, int start, int count)
    {
        _inputs = whole._inputs;
        _targets = whole._targets;
        _weights = whole._weights;
        _start = whole._start + start;
        WeightSize = whole.WeightSize;
        Count = count;
    }

    /// <summary>Number of samples, at least 1.</summary>
    public int Count { get; }

    /// <summary>Number of features of an input.</summary>
    public int InputSize => _inputs.Size;

    /// <summary>Number of elements of a target.</summary>
    public int TargetSize => _targets.Size;

    /// <summary>The inputs, features × samples.</summary>
    /// <remarks>
    /// Inputs kept as bytes or as windows are all converted here, into memory of their own that lives while it is
    /// read; read a few of them by <see cref="CopyTo"/>, or here after <see cref="Take"/> and <see cref="Skip"/>.
    /// </remarks>
    public ReadOnlyMatrixSpan<T> Inputs => ReadAll(_inputs, ref _convertedInputs);

    /// <summary>The targets, outputs × samples.</summary>
    /// <remarks>Targets kept as numbers of classes are all converted here, as <see cref="Inputs"/> are.</remarks>
    public ReadOnlyMatrixSpan<T> Targets => ReadAll(_targets, ref _convertedTargets);

    /// <summary>
    /// The weights of each sample in the loss, sample after sample, <see cref="WeightSize"/> each; empty if all are 1.
    /// </summary>
    public ReadOnlySpan<T> Weights =>
        _weights is null ? default : _weights.AsSpan(_start * WeightSize, Count * WeightSize);

    /// <summary>
    /// Number of weights of a sample: 1, or one for each output of a network where <see cref="WithOutputWeights"/> gave
    /// them.
    /// </summary>
    public int WeightSize { get; } = 1;

    /// <summary>Returns the first samples.</summary>
    /// <param name="count">Number of samples, from 1 to <see cref="Count"/>.</param>
    /// <returns>A data set that shares this one's memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There are fewer samples, or the data set would be empty.
    /// </exception>
    public DataSet<T> Take(int count)
    {
        RequireInRange(count, 1, Count, nameof(count));
        return new(this, 0, count);
    }

    /// <summary>Returns all but the first samples.</summary>
    /// <param name="count">Number of samples to leave out, from 0 to <see cref="Count"/> − 1.</param>
    /// <returns>A data set that shares this one's memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There are fewer samples, or the data set would be empty.
    /// </exception>
    public DataSet<T> Skip(int count)
    {
        RequireInRange(count, 0, Count - 1, nameof(count));
        return new(this, count, Count - count);
    }

    /// <summary>Splits the data set in two, in order. Shuffle it first if its order is not random.</summary>
    /// <param name="firstCount">Number of samples of the first part, from 1 to <see cref="Count"/> − 1.</param>
    /// <returns>The two parts, which share this one's memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A part would be empty.</exception>
    public (DataSet<T> First, DataSet<T> Second) SplitAt(int firstCount)
    {
        RequireInRange(firstCount, 1, Count - 1, nameof(firstCount));
        return (Take(firstCount), Skip(firstCount));
    }

    /// <summary>Splits the data set in two, in order. Shuffle it first if its order is not random.</summary>
    /// <param name="firstFraction">
    /// Share of the first part, between 0 and 1, such as 0.8; rounded to whole samples.
    /// </param>
    /// <returns>The two parts, which share this one's memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The fraction is not between 0 and 1, or a part would be empty.
    /// </exception>
    public (DataSet<T> First, DataSet<T> Second) Split(double firstFraction)
    {
        return SplitAt(FirstCount(firstFraction));
    }

    /// <summary>Returns the samples in random order.</summary>
    /// <param name="seed">The same seed gives the same order.</param>
    /// <returns>A copy.</returns>
    public DataSet<T> Shuffle(int seed)
    {
        int[] order = new int[Count];
        Permutation.Draw(order, RandomStream.FromSeed(seed).Derive((long)RandomPurpose.Splitting));
        return Select(order);
    }

    /// <summary>Returns chosen samples.</summary>
    /// <param name="indices">
    /// The indices of the samples, each from 0 to <see cref="Count"/> − 1, in any order; one may occur several times.
    /// </param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">None is chosen.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such sample, or there are too many for one array.
    /// </exception>
    public DataSet<T> Select(ReadOnlySpan<int> indices)
    {
        if (indices.IsEmpty)
        {
            throw new ArgumentException("A data set needs at least one sample, but none is chosen.", nameof(indices));
        }

        RequireIndices(indices);
        T[]? weights = _weights is null ? null : new T[ElementCount.Of(WeightSize, indices.Length, "The weights")];
        if (weights is not null)
        {
            CopyWeightsTo(indices, weights);
        }

        return new(
            _inputs.Select(_start, indices), _targets.Select(_start, indices), weights, WeightSize, indices.Length);
    }

    /// <summary>
    /// Splits the data set in two at random, with the same share of every class in both parts, as nearly as possible.
    /// </summary>
    /// <remarks>
    /// The class of a sample is the row of the 1 in a one-hot target, or the value of a target of one number.
    /// </remarks>
    /// <param name="firstFraction">
    /// Share of the first part, between 0 and 1, such as 0.8; rounded to whole samples.
    /// </param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The two parts, copies.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The fraction is not between 0 and 1, or a part would be empty.
    /// </exception>
    /// <exception cref="InvalidOperationException">The targets are not classes.</exception>
    public (DataSet<T> First, DataSet<T> Second) StratifiedSplit(double firstFraction, int seed)
    {
        int firstCount = FirstCount(firstFraction);
        RequireInRange(firstCount, 1, Count - 1, nameof(firstFraction));
        (int[] classes, int classCount) = Stratification.Classes(Targets);
        int[] quotas = Stratification.Quotas(classes, classCount, firstCount);
        int[] first = new int[firstCount];
        int[] second = new int[Count - firstCount];
        int inFirst = 0;
        int inSecond = 0;
        foreach (int sample in Stratification.Order(Count, seed, purpose: 2))
        {
            if (quotas[classes[sample]]-- > 0)
            {
                first[inFirst++] = sample;
            }
            else
            {
                second[inSecond++] = sample;
            }
        }

        return (Select(first), Select(second));
    }

    /// <summary>
    /// Divides the samples at random into k parts and returns each in turn for validation, with the others for
    /// training: k-fold cross-validation.
    /// </summary>
    /// <remarks>
    /// The folds are made one at a time, when they are read. If stratified, every fold has the same share of every
    /// class, as nearly as possible; the class of a sample is the row of the 1 in a one-hot target, or the value of a
    /// target of one number. Fit a transform, such as a standardization, inside the loop, to the training part alone.
    /// </remarks>
    /// <param name="folds">k, the number of parts, from 2 to <see cref="Count"/>; 5 and 10 are usual.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <param name="stratified">True to give every fold the same share of every class.</param>
    /// <returns>k pairs of copies.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">
    /// The folds are stratified, and the targets are not classes, or no class has k samples.
    /// </exception>
    public IEnumerable<(DataSet<T> Training, DataSet<T> Validation)> Folds(int folds, int seed, bool stratified = false)
    {
        RequireInRange(folds, 2, Count, nameof(folds));
        (int[] classes, int classCount) = stratified ? Stratification.Classes(Targets) : (new int[Count], 1);
        int largest = Stratification.Counts(classes, classCount).Max();
        if (largest < folds)
        {
            throw new InvalidOperationException(
                $"The largest of {Quantity.Of(classCount, "class", "classes")} has {Quantity.Of(largest, "sample")}, "
                + $"too few for {folds} stratified folds. Are the targets classes?");
        }

        int[] order = Stratification.Order(Count, seed, purpose: 1);
        int[] part = Stratification.Deal(order, classes, classCount, folds);
        return Enumerable.Range(0, folds).Select(fold => (
            Select(Array.FindAll(order, sample => part[sample] != fold)),
            Select(Array.FindAll(order, sample => part[sample] == fold))));
    }

    /// <summary>Returns the same samples with other weights.</summary>
    /// <param name="weights">A weight per sample, finite and at least 0; copied.</param>
    /// <returns>A data set that shares this one's inputs and targets.</returns>
    /// <exception cref="ArgumentException">There is not one weight per sample, or one is out of range.</exception>
    public DataSet<T> WithWeights(ReadOnlySpan<T> weights)
    {
        RequireWeights(weights, Count, InputSize);
        return WithAll(weights, weightSize: 1);
    }

    /// <summary>
    /// Returns the same samples, each with a weight for each output of a network that has several. At 0, a sample does
    /// not count for an output, as where its target is not known: any finite number may stand in its place.
    /// </summary>
    /// <param name="weights">
    /// Outputs × samples: as many rows as the network has outputs, and each weight finite and at least 0; copied.
    /// </param>
    /// <returns>A data set that shares this one's inputs and targets.</returns>
    /// <exception cref="ArgumentException">
    /// There is not a column per sample, or a weight is out of range.
    /// </exception>
    public DataSet<T> WithOutputWeights(Matrix<T> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.ColumnCount != Count)
        {
            throw new ArgumentException(
                $"There {Quantity.Are(Count, "sample")} but {Quantity.Of(weights.ColumnCount, "column")} of weights; "
                + "each sample has one." + SampleLayout.Advice(weights.ColumnCount, Count, InputSize),
                nameof(weights));
        }

        var view = (ReadOnlyMatrixSpan<T>)weights;
        RequireWeightValues(view.Values, view.Rows);
        return WithAll(view.Values, view.Rows);
    }

    private DataSet<T> WithAll(ReadOnlySpan<T> weights, int weightSize)
    {
        // Same layout as that of the inputs and targets, whose memory is shared.
        T[] all = new T[ElementCount.Of(weightSize, _start + Count, "The weights")];
        weights.CopyTo(all.AsSpan(_start * weightSize));
        return new(this, all, weightSize);
    }

    /// <summary>Returns the same samples, each with the weight of its class; the targets must be one-hot.</summary>
    /// <param name="classWeights">
    /// The weight of each class, such as that of <see cref="ClassWeights.Balanced"/>.
    /// </param>
    /// <returns>A data set that shares this one's inputs and targets.</returns>
    /// <exception cref="ArgumentException">There is not one weight per class, or one is out of range.</exception>
    /// <exception cref="InvalidOperationException">The targets are not one-hot.</exception>
    public DataSet<T> WithClassWeights(ReadOnlySpan<double> classWeights)
    {
        if (TargetSize == 1 || classWeights.Length != TargetSize)
        {
            throw new ArgumentException(
                $"There must be a weight for each class of one-hot targets, but there "
                + $"{Quantity.Are(classWeights.Length, "weight")} and targets of {TargetSize}.",
                nameof(classWeights));
        }

        return WithWeights(ClassWeights.OfSamples<T>(Stratification.Classes(Targets).Classes, classWeights));
    }

    /// <summary>Returns the same samples with transformed inputs.</summary>
    /// <remarks>
    /// Inputs kept as bytes stay so under a <see cref="ChannelStandardization"/>; any other transform makes numbers of
    /// them.
    /// </remarks>
    /// <param name="transform">The transform, such as a standardization fitted to training data.</param>
    /// <returns>A new data set, with the same targets and weights.</returns>
    /// <exception cref="ArgumentException">
    /// The transform takes another number of features, or gives a value that is not finite.
    /// </exception>
    public DataSet<T> TransformInputs(IFeatureTransform transform)
    {
        SampleStore<T>? inputs = transform is IChannelTransform byChannel
            ? _inputs.Transform(byChannel)?.Range(_start, Count)
            : null;
        inputs ??= new NumberStore<T>(Transform(transform, Inputs, nameof(transform)), transform.OutputSize);
        return new(inputs, _targets.Range(_start, Count), OwnWeights(), WeightSize, Count);
    }

    /// <summary>
    /// Returns the same samples with transformed targets, for a regression whose targets are large or small.
    /// <see cref="IInvertibleTransform.Invert"/> turns predictions back.
    /// </summary>
    /// <param name="transform">The transform, such as a standardization fitted to training data.</param>
    /// <returns>A new data set, with the same inputs and weights.</returns>
    /// <exception cref="ArgumentException">
    /// The transform takes another number of features, or gives a value that is not finite.
    /// </exception>
    public DataSet<T> TransformTargets(IFeatureTransform transform)
    {
        var targets = new NumberStore<T>(Transform(transform, Targets, nameof(transform)), transform.OutputSize);
        return new(_inputs.Range(_start, Count), targets, OwnWeights(), WeightSize, Count);
    }

    /// <summary>Copies chosen samples, one after the other, as into a batch.</summary>
    /// <param name="indices">The indices of the samples, each from 0 to <see cref="Count"/> − 1.</param>
    /// <param name="inputs">The memory for their inputs, <see cref="InputSize"/> numbers each.</param>
    /// <param name="targets">The memory for their targets, <see cref="TargetSize"/> numbers each.</param>
    /// <exception cref="ArgumentException">The memory is too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public void CopyTo(ReadOnlySpan<int> indices, Span<T> inputs, Span<T> targets)
    {
        RequireIndices(indices);
        for (int i = 0; i < indices.Length; i++)
        {
            _targets.CopyTo(_start + indices[i], targets[(i * TargetSize)..]);
            _inputs.CopyTo(_start + indices[i], inputs[(i * InputSize)..]);
        }
    }

    /// <summary>Copies the weights of chosen samples; 1 for each if the data set has none.</summary>
    /// <param name="indices">The indices of the samples, each from 0 to <see cref="Count"/> − 1.</param>
    /// <param name="weights">The memory for their weights, <see cref="WeightSize"/> numbers each.</param>
    /// <exception cref="ArgumentException">The memory is too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public void CopyWeightsTo(ReadOnlySpan<int> indices, Span<T> weights)
    {
        if (weights.Length < (long)indices.Length * WeightSize)
        {
            throw new ArgumentException(
                $"There is room for {Quantity.Of(weights.Length, "weight")}, but "
                + $"{Quantity.Of(indices.Length, "sample")} {(indices.Length == 1 ? "is" : "are")} chosen.",
                nameof(weights));
        }

        RequireIndices(indices);
        ReadOnlySpan<T> all = Weights;
        for (int i = 0; i < indices.Length; i++)
        {
            Span<T> ofSample = weights.Slice(i * WeightSize, WeightSize);
            if (all.IsEmpty)
            {
                ofSample.Fill(T.One);
            }
            else
            {
                all.Slice(indices[i] * WeightSize, WeightSize).CopyTo(ofSample);
            }
        }
    }

    /// <summary>Numbers of samples, inputs and targets, as readable text.</summary>
    /// <returns>For example <c>60000 samples of 784 inputs, kept as bytes, and 10 targets</c>.</returns>
    public override string ToString() =>
        $"{Quantity.Of(Count, "sample")} of {Quantity.Of(InputSize, "input")}"
        + (_inputs is ByteInputs<T> ? ", kept as bytes," : "")
        + $" and {Quantity.Of(TargetSize, "target")}"
        + (_weights is null ? "" : ", weighted");

    /// <summary>
    /// The inputs of successive samples; a scratch array is for those that must be converted, and grows with them.
    /// </summary>
    internal ReadOnlyMatrixSpan<T> ReadInputs(int start, int count, scoped ref T[] scratch) =>
        new(_inputs.Read(_start + start, count, ref scratch), InputSize, count);

    /// <summary>The targets of successive samples, as <see cref="ReadInputs"/>.</summary>
    internal ReadOnlyMatrixSpan<T> ReadTargets(int start, int count, scoped ref T[] scratch) =>
        new(_targets.Read(_start + start, count, ref scratch), TargetSize, count);

    private ReadOnlyMatrixSpan<T> ReadAll(SampleStore<T> store, ref WeakReference<T[]>? converted)
    {
        // One conversion serves a loop over the samples, but keeps no memory from the garbage collector.
        if (converted is not null && converted.TryGetTarget(out T[]? numbers))
        {
            return new(numbers, store.Size, Count);
        }

        numbers = [];
        var samples = new ReadOnlyMatrixSpan<T>(store.Read(_start, Count, ref numbers), store.Size, Count);
        if (numbers.Length > 0)
        {
            converted = new(numbers);
        }

        return samples;
    }

    private static NumberStore<T> Store(Matrix<T> samples) =>
        new(samples.AsColumnMajorArray() ?? samples.ToColumnMajorArray(), samples.RowCount);

    private void RequireIndices(ReadOnlySpan<int> indices)
    {
        int outside = indices.IndexOfAnyExceptInRange(0, Count - 1);
        if (outside >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(indices),
                indices[outside],
                $"There {Quantity.Are(Count, "sample")}, counted from 0, but sample {indices[outside]} was asked for.");
        }
    }

    // The samples' own part of the memory, which begins with the first of them.
    private T[] Own(T[] values, int size) =>
        _start == 0 ? values : values.AsSpan(_start * size, Count * size).ToArray();

    private T[]? OwnWeights() => _weights is null ? null : Own(_weights, WeightSize);

    private int FirstCount(double firstFraction) =>
        (int)Math.Round(Require.ShareOfBoth(firstFraction) * Count);

    private static T[] Transform(IFeatureTransform transform, ReadOnlyMatrixSpan<T> samples, string name)
    {
        ArgumentNullException.ThrowIfNull(transform, name);
        T[] result = new T[ElementCount.Of(transform.OutputSize, samples.Columns, "A transformed data set")];
        var output = new MatrixSpan<T>(result, transform.OutputSize, samples.Columns);
        transform.Transform(samples, output);
        RequireFinite(output, "transformed values");
        return result;
    }

    private static void RequirePairs(int inputSize, int inputCount, Matrix<T> targets)
    {
        if (inputCount != targets.ColumnCount)
        {
            throw new ArgumentException(
                $"There {Quantity.Are(inputCount, "input")} but {Quantity.Of(targets.ColumnCount, "target")}; "
                + "each sample, that is each column, needs both."
                + SampleLayout.AdviceForPair(inputSize, inputCount, targets.RowCount, targets.ColumnCount),
                nameof(targets));
        }
    }

    private static void RequireWeights(ReadOnlySpan<T> weights, int count, int inputSize)
    {
        if (weights.Length != count)
        {
            throw new ArgumentException(
                $"There {Quantity.Are(count, "sample")} but {Quantity.Of(weights.Length, "weight")}; each sample has "
                + "one." + SampleLayout.Advice(weights.Length, count, inputSize),
                nameof(weights));
        }

        RequireWeightValues(weights, weightSize: 1);
    }

    private static void RequireWeightValues(ReadOnlySpan<T> weights, int weightSize)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= T.Zero && T.IsFinite(weights[i])))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"The weight of sample {i / weightSize} is {weights[i]}; a weight must be a finite number, ")
                    + "at least 0.",
                    nameof(weights));
            }
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
                $"The {name} are empty ({samples.Rows} × {samples.Columns}); a data set needs at least one sample.",
                name);
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
                        $"The {name} hold {samples[i, j]} in row {i} of sample {j}; every value must be a finite "
                        + "number.",
                        name);
                }
            }
        }
    }
}
