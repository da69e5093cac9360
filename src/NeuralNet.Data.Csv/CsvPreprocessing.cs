using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Csv;

/// <summary>
/// Turns the columns of a table into the inputs and targets of a network: fitted once to training data, then the same
/// for every table.
/// </summary>
/// <remarks>Immutable. Its public properties are enough to make it again.</remarks>
public sealed class CsvPreprocessing
{
    private const int MostShown = 10;
    private const string AsInTraining = " as in the training data";

    private readonly CsvInput[] _inputColumns;
    private readonly string[] _targetNames;

    /// <summary>Makes the preprocessing of a regression.</summary>
    /// <param name="inputColumns">The columns of the inputs.</param>
    /// <param name="inputs">The transform of the input columns; it takes categories as numbers.</param>
    /// <param name="targetNames">The columns to predict.</param>
    /// <param name="targets">The transform of the targets; null for none.</param>
    /// <exception cref="ArgumentException">The numbers of columns do not fit.</exception>
    public CsvPreprocessing(
        IReadOnlyList<CsvInput> inputColumns,
        IFeatureTransform inputs,
        IReadOnlyList<string> targetNames,
        IInvertibleTransform? targets = null)
    {
        ArgumentNullException.ThrowIfNull(inputColumns);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targetNames);
        _inputColumns = [.. inputColumns];
        _targetNames = [.. targetNames];
        Inputs = inputs;
        Targets = targets;
        RequireSize(inputs, _inputColumns.Length, nameof(inputs));
        if (targets is not null)
        {
            RequireSize(targets, _targetNames.Length, nameof(targets));
        }
    }

    /// <summary>Makes the preprocessing of a classification.</summary>
    /// <param name="inputColumns">The columns of the inputs.</param>
    /// <param name="inputs">The transform of the input columns; it takes categories as numbers.</param>
    /// <param name="labelName">The column of the class.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="isBinary">
    /// True for a single target, which is 1 for the second of two classes and 0 for the first.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The numbers of columns do not fit, or a single target has other than two classes.
    /// </exception>
    public CsvPreprocessing(
        IReadOnlyList<CsvInput> inputColumns,
        IFeatureTransform inputs,
        string labelName,
        LabelEncoder labels,
        bool isBinary = false)
        : this(inputColumns, inputs, [labelName])
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (isBinary && labels.Labels.Count != 2)
        {
            throw new ArgumentException(
                $"One target tells 2 classes apart, but there are {labels.Labels.Count}.", nameof(labels));
        }

        Labels = labels;
        IsBinary = isBinary;
    }

    /// <summary>The columns of the inputs, in the order in which <see cref="Inputs"/> takes them.</summary>
    public IReadOnlyList<CsvInput> InputColumns => _inputColumns;

    /// <summary>The transform of the input columns; it takes categories as numbers.</summary>
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

    /// <summary>Number of inputs of the network.</summary>
    public int InputSize => Inputs.OutputSize;

    /// <summary>Number of outputs of the network.</summary>
    public int TargetSize => IsBinary ? 1 : Labels?.Labels.Count ?? Targets?.OutputSize ?? _targetNames.Length;

    /// <summary>
    /// Makes a data set of a table with targets: the training data, or any other table with the same columns.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="table">The table. Its columns are found by their names.</param>
    /// <returns>The data set; a classification's targets are one-hot, a binary one's 0 or 1.</returns>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category or class is not known; a target is missing; or a number is
    /// too large for <typeparamref name="T"/>.
    /// </exception>
    public DataSet<T> ToDataSet<T>(CsvTable table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> inputs = ToInputs<T>(table);
        return Finite(table, () => Labels is null
            ? new DataSet<T>(inputs, ToTargets<T>(table))
            : IsBinary
                ? new DataSet<T>(
                    inputs,
                    Matrix<T>.Build.Dense(1, table.RowCount, Array.ConvertAll(ToLabels(table), T.CreateChecked)))
                : DataSet.FromLabels(inputs, ToLabels(table), Labels.Labels.Count));
    }

    /// <summary>
    /// Combines a network that was trained on <see cref="ToDataSet"/> with all that predictions for new rows need: the
    /// transform of the inputs, the names of their columns and the categories, and the classes or the transform of the
    /// targets.
    /// </summary>
    /// <remarks>
    /// The pipeline can be saved in one file, and predict rows of a CSV file elsewhere: see
    /// <see cref="CsvPrediction"/>.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="threshold">
    /// For a binary classification, the value that the output must exceed for the positive class; if null, the one that
    /// suits the network's last activation, 0 without one: the output is then taken for a logit.
    /// </param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="ArgumentException">
    /// The network has another number of inputs or outputs, or there is a threshold, but not exactly one output.
    /// </exception>
    public Pipeline<T> ToPipeline<T>(Network<T> network, double? threshold = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.OutputSize != TargetSize)
        {
            throw new ArgumentException(
                $"The network gives {Quantity.Of(network.OutputSize, "output")}, but the preprocessing makes "
                + $"{Quantity.Of(TargetSize, "target")}.",
                nameof(network));
        }

        return Pipeline.Create(
            network,
            Inputs,
            Targets,
            Labels,
            threshold,
            Array.ConvertAll(
                _inputColumns, column => new InputColumn(column.Name, column.Categories, column.NumberFormat)));
    }

    /// <summary>Makes the inputs of a network from a table of new rows, which needs no targets.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="table">The table. Its columns are found by their names.</param>
    /// <returns>A sample per column.</returns>
    /// <exception cref="InvalidDataException">
    /// A column is not there, or of another kind; a category is not known; or a value is missing that nothing stands
    /// for.
    /// </exception>
    public Matrix<T> ToInputs<T>(CsvTable table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table);
        RequireLength<T>(table, Math.Max(Inputs.InputSize, Inputs.OutputSize));

        // In double except for the last step, whatever the precision of the network.
        double[] raw = new double[_inputColumns.Length * table.RowCount];
        for (int i = 0; i < _inputColumns.Length; i++)
        {
            double[] values = Values(table, _inputColumns[i]);
            for (int j = 0; j < values.Length; j++)
            {
                raw[(j * _inputColumns.Length) + i] = values[j];
            }
        }

        Matrix<double> features = Inputs.Transform(
            Matrix<double>.Build.Dense(_inputColumns.Length, table.RowCount, raw));
        RequireNumbers(table, features);
        return Convert<T>(features);
    }

    /// <summary>Returns the class of each row of a table.</summary>
    /// <param name="table">The table, with the column of the class.</param>
    /// <returns>Their numbers in <see cref="Labels"/>.</returns>
    /// <exception cref="InvalidOperationException">This is not a classification.</exception>
    /// <exception cref="InvalidDataException">The column is not there, or a class is missing or not known.</exception>
    public int[] ToLabels(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (Labels is null)
        {
            throw new InvalidOperationException("This is the preprocessing of a regression, which has no classes.");
        }

        CsvTableColumn column = Column(table, _targetNames[0]);
        RequirePresent(table, column);
        int[] labels = column.Encoded(Labels);
        int unknown = Array.FindIndex(labels, label => label < 0);
        return unknown < 0 ? labels : throw Unknown(table, unknown, column, Labels);
    }

    internal static void RequirePresent(CsvTable table, CsvTableColumn target)
    {
        for (int j = 0; j < table.RowCount; j++)
        {
            if (target.IsMissing(j))
            {
                throw new InvalidDataException(
                    $"{Where(table, j, target.Name)} is missing; it is what is to be predicted, so nothing can stand "
                    + "for it. "
                    + $"{nameof(MissingValues)}.{nameof(MissingValues.DropRow)} leaves rows with a missing value out; "
                    + $"{nameof(CsvTable)}.{nameof(CsvTable.Select)} chooses those whose "
                    + $"{nameof(CsvTableColumn)}.{nameof(CsvTableColumn.Text)} of this column is not null.");
            }
        }
    }

    /// <summary>The numbers of some columns, each a row of the matrix.</summary>
    internal static Matrix<double> Numbers(CsvTable table, CsvTableColumn[] columns, string reason)
    {
        double[][] numbers = Array.ConvertAll(columns, column => column.Numbers(reason));
        return Matrix<double>.Build.Dense(columns.Length, table.RowCount, (i, j) => numbers[i][j]);
    }

    private static string Where(CsvTable table, int row, string column) =>
        $"'{table.Name}', line {table.Lines[row]}, column '{CsvSource.Shown(column)}'";

    private static void RequireSize(IFeatureTransform transform, int count, string name)
    {
        if (transform.InputSize != count)
        {
            throw new ArgumentException(
                $"The transform takes {Quantity.Of(transform.InputSize, "column")}, but there "
                + $"{Quantity.Are(count, "column")}.",
                name);
        }
    }

    private static void RequireLength<T>(CsvTable table, int size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if ((long)size * table.RowCount > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"'{table.Name}' makes {size:N0} features of {table.RowCount:N0} rows; an array holds at most "
                + $"{Array.MaxLength:N0} numbers.");
        }
    }

    private static CsvTableColumn Column(CsvTable table, string name) =>
        table.Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new InvalidDataException(table.NoColumn(name).Message);

    private static InvalidDataException Unknown(CsvTable table, int row, CsvTableColumn column, LabelEncoder known) =>
        new(
            $"{Where(table, row, column.Name)} is '{CsvSource.Shown(column.Text(row) ?? "")}', which was not there in "
            + $"the training data; known are {CsvSource.Listed(known.Labels, MostShown)}.");

    private static Matrix<T> Convert<T>(Matrix<double> values)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        values is Matrix<T> same
            ? same
            : Matrix<T>.Build.Dense(
                values.RowCount,
                values.ColumnCount,
                Array.ConvertAll(values.AsColumnMajorArray(), value => T.CreateTruncating(value)));

    private static DataSet<T> Finite<T>(CsvTable table, Func<DataSet<T>> make)
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

    private void RequireNumbers(CsvTable table, Matrix<double> features)
    {
        double[] values = features.AsColumnMajorArray();
        int bad = Array.FindIndex(values, value => !double.IsFinite(value));
        if (bad < 0)
        {
            return;
        }

        int row = bad / features.RowCount;
        foreach (CsvInput input in _inputColumns)
        {
            if (input.Categories is null && Column(table, input.Name).IsMissing(row))
            {
                throw new InvalidDataException(
                    $"{Where(table, row, input.Name)} is missing, and the training data said nothing about what "
                    + "stands for it. "
                    + $"{nameof(CsvOptions)}.{nameof(CsvOptions.Missing)} does, when they are read.");
            }
        }

        throw new InvalidDataException($"'{table.Name}', line {table.Lines[row]}: a number is too large.");
    }

    private Matrix<T> ToTargets<T>(CsvTable table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        CsvTableColumn[] columns = Array.ConvertAll(_targetNames, name => Column(table, name));
        RequireLength<T>(table, columns.Length);
        foreach (CsvTableColumn column in columns)
        {
            RequirePresent(table, column);
        }

        Matrix<double> values = Numbers(table, columns, AsInTraining);
        return Convert<T>(Targets is null ? values : Targets.Transform(values));
    }

    // The numbers of a column as the input transform takes them: categories have the numbers of the training data.
    private double[] Values(CsvTable table, CsvInput input)
    {
        CsvTableColumn column = Column(table, input.Name);
        if (input.Categories is null)
        {
            return column.Numbers(AsInTraining, input.NumberFormat);
        }

        int[] categories = column.Encoded(input.Categories);
        int unknown = AllowsUnknown(Inputs) ? -1 : Array.FindIndex(categories, category => category < 0);
        return unknown < 0
            ? Array.ConvertAll(categories, category => (double)category)
            : throw Unknown(table, unknown, column, input.Categories);
    }

    private static bool AllowsUnknown(IFeatureTransform transform) => transform switch
    {
        OneHotEncoding encoding => encoding.Unknown == UnknownCategory.Zeros,
        ColumnTransform columns =>
            columns.Blocks.Any(block => block.Transform is not null && AllowsUnknown(block.Transform)),
        TransformSequence sequence => AllowsUnknown(sequence.Steps[0]),
        _ => false,
    };
}
