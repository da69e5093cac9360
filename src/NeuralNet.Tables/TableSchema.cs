using System.Numerics;
using System.Text;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>
/// Turns the columns of a table into the inputs and targets of a network: fitted once to training data, then the same
/// for every table.
/// </summary>
/// <remarks>
/// It knows what each column of the training data holds and how its texts are read, so that new rows mean the same,
/// wherever they come from. <see cref="ToPipeline"/> saves all of it with the network. Immutable. Its text tells what
/// becomes of each column.
/// </remarks>
/// <example><code>
/// TableSchema schema = training.FitBinaryClassification("left", positive: "yes");
/// Network&lt;float&gt; network = schema.BuildNetwork&lt;float&gt;(seed: 1);
/// var trainer = new Trainer&lt;float&gt;(network, schema.Loss, new Adam());
/// trainer.Fit(schema.ToTrainingSet&lt;float&gt;(training, seed: 1), new() { Epochs = 20 });
/// trainer.Evaluate(schema.ToDataSet&lt;float&gt;(test), [new BinaryAccuracy()]);
/// </code></example>
public sealed class TableSchema
{
    private const int MostShown = 10;
    internal const string AsInTraining = " as in the training data";

    private readonly SchemaColumn[] _columns;
    private readonly string[] _targetNames;

    internal TableSchema(
        IReadOnlyList<SchemaColumn> columns,
        IFeatureTransform inputs,
        string[] targetNames,
        IInvertibleTransform? targets,
        LabelEncoder? labels,
        bool isBinary = false)
    {
        _columns = [.. columns];
        _targetNames = targetNames;
        Inputs = inputs;
        Targets = targets;
        Labels = labels;
        IsBinary = isBinary;
    }

    /// <summary>The raw features, in the order in which <see cref="Inputs"/> takes them.</summary>
    public IReadOnlyList<SchemaColumn> Columns => _columns;

    /// <summary>The transform of the raw features; it takes categories as numbers.</summary>
    public IFeatureTransform Inputs { get; }

    /// <summary>The columns to predict, or the column of the class.</summary>
    public IReadOnlyList<string> TargetNames => _targetNames;

    /// <summary>The transform of a regression's targets, which also turns predictions back; null for none.</summary>
    public IInvertibleTransform? Targets { get; }

    /// <summary>The classes; null for a regression.</summary>
    public LabelEncoder? Labels { get; }

    /// <summary>
    /// True if there is a single target, which is 1 for the second of two classes and 0 for the first.
    /// </summary>
    public bool IsBinary { get; }

    /// <summary>
    /// True if the network is to give its own inputs back, as that of <see cref="Table.FitReconstruction"/>.
    /// </summary>
    public bool IsReconstruction { get; internal init; }

    /// <summary>Number of inputs of the network.</summary>
    public int InputSize => Inputs.OutputSize;

    /// <summary>Number of outputs of the network.</summary>
    public int TargetSize => IsReconstruction ? InputSize
        : IsBinary ? 1
        : Labels?.Labels.Count ?? Targets?.OutputSize ?? _targetNames.Length;

    /// <summary>
    /// The raw features that a network takes by the number of their category, for an embedding, in the order of their
    /// inputs, which are the last. Each has one number more than categories, for the unknown.
    /// </summary>
    public IReadOnlyList<SchemaColumn> Embedded { get; internal init; } = [];

    /// <summary>
    /// The loss for a network whose last layer has no activation: the squared error of a regression and of inputs that
    /// are given back, the cross-entropy behind softmax or, of a single output for two classes, behind the sigmoid.
    /// </summary>
    public ILoss Loss => IsBinary ? new SigmoidCrossEntropy()
        : Labels is not null ? new SoftmaxCrossEntropy()
        : new MeanSquaredError();

    /// <summary>This schema with targets in the unit of the data.</summary>
    internal TableSchema WithPlainTargets() => new(_columns, Inputs, _targetNames, targets: null, Labels, IsBinary)
    {
        TargetRules = TargetRules,
        Embedded = Embedded,
        IsReconstruction = IsReconstruction,
    };

    internal double UnknownShare { get; init; }

    // How training read the targets, in their order.
    internal IReadOnlyList<ColumnRule> TargetRules { get; init; } = [];

    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// Makes a data set of a table with targets, such as the test data. For the training data there is
    /// <see cref="ToTrainingSet"/>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="table">The table. Its columns are found by their names.</param>
    /// <returns>
    /// The data set; a classification's targets are one-hot, a binary one's 0 or 1, a reconstruction's the inputs.
    /// </returns>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a class is not known; a target is missing; or a number is too large
    /// for <typeparamref name="T"/>.
    /// </exception>
    public DataSet<T> ToDataSet<T>(Table table)
        where T : unmanaged, IFloatingPointIeee754<T> => MakeDataSet<T>(table, Raw<T>(table));

    /// <summary>
    /// Makes the data set of the training data: as <see cref="ToDataSet"/>, but a few rows show a category as unknown,
    /// so that the network learns what to make of one that the training data lack; see
    /// <see cref="SchemaOptions.UnknownShare"/>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="seed">The same seed chooses the same rows.</param>
    /// <inheritdoc cref="ToDataSet" path="/returns|/exception"/>
    public DataSet<T> ToTrainingSet<T>(Table table, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] raw = Raw<T>(table);
        Randomness.RandomStream stream = Randomness.RandomStream.FromSeed(seed);
        int[] order = [.. Enumerable.Range(0, table.RowCount)];
        for (int i = 0; i < _columns.Length && UnknownShare > 0; i++)
        {
            if (_columns[i].Kind != ColumnKind.Category)
            {
                continue;
            }

            stream.Derive(i).CreateGenerator().Shuffle(order);
            int count = Math.Max(1, (int)Math.Round(UnknownShare * order.Length));
            foreach (int row in order.AsSpan(0, count))
            {
                raw[(row * _columns.Length) + i] = _columns[i].Unknown;
            }
        }

        return MakeDataSet<T>(table, raw);
    }

    /// <summary>Makes the inputs of a network from a table of new rows, which needs no targets.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="table">The table. Its columns are found by their names.</param>
    /// <returns>A sample per column.</returns>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known, where such are refused; or a value is
    /// missing that nothing stands for.
    /// </exception>
    public Matrix<T> ToInputs<T>(Table table)
        where T : unmanaged, IFloatingPointIeee754<T> => MakeInputs<T>(table, Raw<T>(table));

    /// <summary>Returns the class of each row of a table.</summary>
    /// <param name="table">The table, with the column of the class.</param>
    /// <returns>Their numbers in <see cref="Labels"/>.</returns>
    /// <exception cref="InvalidOperationException">This is not a classification.</exception>
    /// <exception cref="InvalidDataException">The column is not there, or a class is missing or not known.</exception>
    public int[] ToLabels(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (Labels is null)
        {
            throw new InvalidOperationException("This is the schema of a regression, which has no classes.");
        }

        TableColumn column = Target(table, 0);
        RequirePresent(table, column);
        int[] labels = column.Encoded(Labels);
        int unknown = Array.FindIndex(labels, label => label < 0);
        return unknown < 0 ? labels : throw Unknown(table, unknown, column, Labels);
    }

    /// <summary>The categories of a table that the training data lack, which the network takes as unknown.</summary>
    /// <param name="table">The table.</param>
    /// <returns>A report for each column that has any, in the order of the columns.</returns>
    /// <exception cref="InvalidDataException">A column is not there, or of another kind.</exception>
    public IReadOnlyList<UnknownCategories> UnknownCategories(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var reports = new List<UnknownCategories>();
        foreach (SchemaColumn feature in _columns.Where(column => column.Kind == ColumnKind.Category))
        {
            TableColumn column = Column(table, feature);
            int[] encoded = column.Encoded(feature.Categories!);
            int[] rows = [.. Enumerable.Range(0, encoded.Length).Where(row => encoded[row] < 0)];
            if (rows.Length > 0)
            {
                string[] texts = [.. rows.Select(row => column.Text(row) ?? "").Distinct(StringComparer.Ordinal)];
                reports.Add(new(feature.Column, rows.Length, texts));
            }
        }

        return reports;
    }

    /// <summary>
    /// Combines a network that was trained on <see cref="ToTrainingSet"/> with all that predictions for new rows need:
    /// the transform of the inputs, what their columns hold and how they are read, the categories, and the classes or
    /// the transform of the targets.
    /// </summary>
    /// <remarks>
    /// The pipeline can be saved in one file, and predict rows of a table elsewhere: see <see cref="TablePrediction"/>.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="threshold">
    /// For a binary classification, the value that the output must exceed for the positive class; if null, the one that
    /// suits the network's last activation, 0 without one: the output is then taken for a logit.
    /// </param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="ArgumentException">
    /// The network has another number of inputs or outputs, it takes numbers of categories for anything else, or there
    /// is a threshold, but not exactly one output.
    /// </exception>
    public Pipeline<T> ToPipeline<T>(Network<T> network, double? threshold = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.OutputSize != TargetSize)
        {
            throw new ArgumentException(
                $"The network gives {Quantity.Of(network.OutputSize, "output")}, but the schema makes "
                + $"{Quantity.Of(TargetSize, "target")}.",
                nameof(network));
        }

        TabularNetwork.RequireEmbeddings(network, this);
        return Pipeline.Create(
            network,
            Inputs,
            Targets,
            Labels,
            threshold,
            Array.ConvertAll(_columns, column => column.ToInputColumn()),
            targetColumns:
            [
                .. _targetNames.Zip(TargetRules, (name, rule) => new InputColumn(
                    name, reading: rule.Write(name, isCategory: Labels is not null))),
            ]);
    }

    /// <summary>
    /// Begins a network that takes the inputs of this schema: numbers and categories of one feature each as they are,
    /// categories by number through an embedding. Dense layers follow, and last <c>Dense(schema.TargetSize)</c>.
    /// </summary>
    /// <remarks>
    /// n categories are embedded in min(50, round(1.6·n^0.56)) dimensions, the rule of fastai's tabular learner.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The seed of the weights.</param>
    /// <returns>The builder, behind the embeddings.</returns>
    public NetworkBuilder<T> CreateNetwork<T>(int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => TabularNetwork.Create<T>(this, seed);

    /// <summary>
    /// Makes a network for this schema that serves most tables: <see cref="CreateNetwork"/>, then twice
    /// <c>Dense(256, new ReLU())</c> with dropout, then <c>Dense(TargetSize)</c> without an activation, for
    /// <see cref="Loss"/>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The seed of the weights and of dropout.</param>
    /// <param name="hidden">
    /// Number of units of each hidden layer; 256 and 256 if null. The narrowest of a reconstruction has no activation.
    /// </param>
    /// <param name="dropout">
    /// The rate of dropout behind each hidden layer; if null, 0.3 for classes, 0.1 for a regression, 0 for a
    /// reconstruction.
    /// </param>
    /// <returns>The network.</returns>
    /// <exception cref="ArgumentNullException">
    /// The units are not given for a reconstruction, which depends on how narrow one of the layers is.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number of units is below 1, or the rate is not at least 0 and below 1.
    /// </exception>
    public Network<T> BuildNetwork<T>(int seed, IReadOnlyList<int>? hidden = null, double? dropout = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsReconstruction && hidden is null)
        {
            throw new ArgumentNullException(
                nameof(hidden),
                $"A network that gives its {Quantity.Of(InputSize, "input")} back needs a layer that is narrower, or "
                + "it learns nothing about them: give the units, such as [16, 4, 16].");
        }

        return TabularNetwork.Build<T>(
            this, seed, hidden, dropout ?? (IsReconstruction ? 0 : Labels is null ? 0.1 : 0.3));
    }

    /// <summary>What becomes of each column.</summary>
    /// <returns>A line per raw feature, and one for the targets.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < _columns.Length; i++)
        {
            text.AppendLine(i < Notes.Count ? Notes[i] : _columns[i].ToString());
        }

        if (_targetNames.Length == 0)
        {
            return text.Append(IsReconstruction ? "to predict: the same" : "").ToString().TrimEnd();
        }

        string targets = string.Join(", ", _targetNames.Select(FieldText.Shown));
        return text.Append(
            Labels is null ? $"to predict: {targets}" : $"to predict: {targets}, one of {Labels}").ToString();
    }

    internal static void RequirePresent(Table table, TableColumn target)
    {
        for (int j = 0; j < table.RowCount; j++)
        {
            if (target.IsMissing(j))
            {
                throw new InvalidDataException(
                    $"{table.PlaceOf(j, target)} is missing; it is what is to be predicted, so nothing can stand for "
                    + $"it. {nameof(Table)}.{nameof(Table.DropMissing)}(\"{FieldText.Shown(target.Name)}\") leaves "
                    + "such rows out.");
            }
        }
    }

    /// <summary>The numbers of some columns, each a row of the matrix.</summary>
    internal static Matrix<double> Numbers(Table table, TableColumn[] columns, string reason)
    {
        double[][] numbers = Array.ConvertAll(columns, column => column.Numbers(reason));
        return Matrix<double>.Build.Dense(columns.Length, table.RowCount, (i, j) => numbers[i][j]);
    }

    private static void RequireLength<T>(Table table, int size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if ((long)size * table.RowCount > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"'{table.Name}' makes {size:N0} features of {table.RowCount:N0} rows; an array holds at most "
                + $"{Array.MaxLength:N0} numbers.");
        }
    }

    private static TableColumn Column(Table table, string name) =>
        table.Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new InvalidDataException(table.NoColumn(name).Message);

    // A target, read in the way of training.
    private TableColumn Target(Table table, int index) => Column(table, _targetNames[index]).As(TargetRules[index]);

    // The column of a feature, read in the way of training.
    private static TableColumn Column(Table table, SchemaColumn feature)
    {
        if (feature.IsComputed && !table.Columns.Any(column => column.Name == feature.Column))
        {
            throw new InvalidDataException(
                $"'{table.Name}': in training a function computed the column '{FieldText.Shown(feature.Column)}', "
                + $"which cannot be saved: read the table with it again, by {nameof(TableOptions)}."
                + $"{nameof(TableOptions.Computed)}.");
        }

        return Column(table, feature.Column).As(feature.Rule);
    }

    private static InvalidDataException Missing(Table table, int row, TableColumn column) => new(
        $"{table.PlaceOf(row, column)} is missing, and the training data said nothing about what stands for it: fill "
        + $"it in, or train again with {nameof(TableOptions)}.{nameof(TableOptions.Missing)}.");

    internal static InvalidDataException Unknown(Table table, int row, TableColumn column, LabelEncoder known) =>
        new(
            $"{table.PlaceOf(row, column)} is '{FieldText.Shown(column.Text(row) ?? "")}', which was not there in the "
            + $"training data; known are {FieldText.Listed(known.Labels, MostShown)}.");

    private static Matrix<T> Convert<T>(Matrix<double> values)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        values is Matrix<T> same
            ? same
            : Matrix<T>.Build.Dense(
                values.RowCount,
                values.ColumnCount,
                Array.ConvertAll(values.AsColumnMajorArray(), value => T.CreateTruncating(value)));

    private static DataSet<T> Finite<T>(Table table, Func<DataSet<T>> make)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException(
                $"'{table.Name}' makes no data set: {MessageText.Reason(exception)}.", exception);
        }
    }

    private DataSet<T> MakeDataSet<T>(Table table, double[] raw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> inputs = MakeInputs<T>(table, raw);
        return Finite(table, () => IsReconstruction ? new DataSet<T>(inputs, inputs)
            : Labels is null
            ? new DataSet<T>(inputs, ToTargets<T>(table))
            : IsBinary
                ? new DataSet<T>(
                    inputs,
                    Matrix<T>.Build.Dense(1, table.RowCount, Array.ConvertAll(ToLabels(table), T.CreateChecked)))
                : DataSet.FromLabels(inputs, ToLabels(table), Labels.Labels.Count));
    }

    // In double except for the last step, whatever the precision of the network.
    internal Matrix<T> MakeInputs<T>(Table table, double[] raw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<double> features = Inputs.Transform(Matrix<double>.Build.Dense(_columns.Length, table.RowCount, raw));
        Matrix<T> inputs = Convert<T>(features);
        RequireNumbers(table, raw, inputs);
        return inputs;
    }

    // The raw features, a sample after the other.
    internal double[] Raw<T>(Table table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table);
        RequireLength<T>(table, Math.Max(Inputs.InputSize, Inputs.OutputSize));
        double[] raw = new double[_columns.Length * table.RowCount];
        TableColumn? last = null;
        for (int i = 0; i < _columns.Length; i++)
        {
            // The parts of a date follow each other: their texts are read once.
            SchemaColumn feature = _columns[i];
            bool isSame = last is not null && feature.Kind == ColumnKind.Date
                && _columns[i - 1].Kind == ColumnKind.Date && _columns[i - 1].Column == feature.Column;
            TableColumn column = isSame ? last! : Column(table, feature);
            last = column;
            double[] values = feature.Values(column, AsInTraining);
            if (feature.RefusesMissing && column.FirstMissing() is int gap and >= 0)
            {
                throw Missing(table, gap, column);
            }

            if (feature.Rule.RefusesUnknown && Array.IndexOf(values, (double)feature.Unknown) is int row and >= 0)
            {
                throw Unknown(table, row, column, feature.Categories!);
            }

            for (int j = 0; j < values.Length; j++)
            {
                raw[(j * _columns.Length) + i] = values[j];
            }
        }

        return raw;
    }

    private void RequireNumbers<T>(Table table, double[] raw, Matrix<T> features)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] values = features.AsColumnMajorArray();
        int bad = Array.FindIndex(values, value => !T.IsFinite(value));
        if (bad < 0)
        {
            return;
        }

        // A missing value that nothing stands for makes a feature NaN; found by putting back one at a time.
        int row = bad / features.RowCount;
        ReadOnlySpan<double> sample = raw.AsSpan(row * _columns.Length, _columns.Length);
        double[] present = Array.ConvertAll(sample.ToArray(), value => double.IsNaN(value) ? 0 : value);
        for (int i = 0; i < sample.Length; i++)
        {
            double[] alone = [.. present];
            alone[i] = sample[i];
            if (double.IsNaN(sample[i])
                && Inputs.Transform(Matrix<double>.Build.Dense(alone.Length, 1, alone)).Enumerate().Any(double.IsNaN))
            {
                throw Missing(table, row, Column(table, _columns[i]));
            }
        }

        throw new InvalidDataException(
            $"'{table.Name}', {table.Unit} {table.Lines[row]}: a number is too large.");
    }

    private Matrix<T> ToTargets<T>(Table table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TableColumn[] columns = [.. Enumerable.Range(0, _targetNames.Length).Select(i => Target(table, i))];
        RequireLength<T>(table, columns.Length);
        foreach (TableColumn column in columns)
        {
            RequirePresent(table, column);
        }

        Matrix<double> values = Numbers(table, columns, AsInTraining);
        return Convert<T>(Targets is null ? values : Targets.Transform(values));
    }
}
