using System.Globalization;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>
/// Splits a table in two, such as training and test data, before anything is fitted to it: what is fitted to all rows
/// has seen those of the test.
/// </summary>
public static class TableSplits
{
    /// <summary>Splits at random.</summary>
    /// <param name="table">The table.</param>
    /// <param name="firstFraction">
    /// Share of the first part, between 0 and 1, such as 0.8; rounded to whole rows.
    /// </param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The two parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The fraction is not between 0 and 1, or a part would be empty.
    /// </exception>
    public static (Table First, Table Second) Split(this Table table, double firstFraction, int seed)
    {
        int first = FirstCount(table, firstFraction);
        int[] order = Shuffled(table.RowCount, seed);
        return (table.Select(order.AsSpan(0, first)), table.Select(order.AsSpan(first)));
    }

    /// <summary>
    /// Splits at random, with the same share of every class in both parts, as nearly as possible, and at least one row
    /// of a class that has two. Use it if a class is rare.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="label">
    /// The column of the class: each different text, such as "1" and "1.0", is a class. Missing values are a class of
    /// their own.
    /// </param>
    /// <param name="firstFraction">
    /// Share of the first part, between 0 and 1, such as 0.8; rounded to whole rows.
    /// </param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The two parts.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The fraction is not between 0 and 1, or a part would be empty.
    /// </exception>
    public static (Table First, Table Second) StratifiedSplit(
        this Table table, ColumnReference label, double firstFraction, int seed)
    {
        int first = FirstCount(table, firstFraction);
        int[] classes = table[label].Ranks();
        int[] order = Shuffled(table.RowCount, seed);

        // Class after class, the rows are lined up and each adds the share of the first part to a sum; a row whose step
        // passes a whole number goes into the first part.
        int[][] byClass =
        [
            .. order.GroupBy(row => classes[row]).OrderBy(rows => rows.Key).Select(rows => rows.ToArray()),
        ];
        var inFirst = new bool[table.RowCount];
        int place = 0;
        foreach (int[] rows in byClass)
        {
            foreach (int row in rows)
            {
                inFirst[row] = (long)(place + 1) * first / table.RowCount > (long)place * first / table.RowCount;
                place++;
            }

            // A class of two rows and more is in both parts, whatever the rounding.
            if (rows.Length > 1 && Array.TrueForAll(rows, row => inFirst[row] == inFirst[rows[0]]))
            {
                inFirst[rows[0]] = !inFirst[rows[0]];
            }
        }

        return Parts(table, order, inFirst);
    }

    /// <summary>
    /// Splits at random so that rows with the same text in a column stay together, such as the visits of a patient: a
    /// network that has seen some of them in training would know the others.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="group">The column whose texts tell the groups. Each row without one is a group of its own.</param>
    /// <param name="firstFraction">
    /// Share of the rows in the first part, between 0 and 1, such as 0.8: groups are added to it in a random order, as
    /// long as that brings it nearer to the share.
    /// </param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The two parts.</returns>
    /// <exception cref="ArgumentException">There is no such column, or a single group.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The fraction is not between 0 and 1, or a part would be empty.
    /// </exception>
    public static (Table First, Table Second) GroupedSplit(
        this Table table, ColumnReference group, double firstFraction, int seed)
    {
        int wanted = FirstCount(table, firstFraction);
        int[] ranks = table[group].Ranks();
        int[] order = Shuffled(table.RowCount, seed);
        int[][] groups =
        [
            .. order.GroupBy(row => ranks[row] >= 0 ? ranks[row] : -1 - row).Select(rows => rows.ToArray()),
        ];
        if (groups.Length < 2)
        {
            throw new ArgumentException(
                $"'{table.Name}': all rows have the same text in column {group}, so that they cannot be split.",
                nameof(group));
        }

        var inFirst = new bool[table.RowCount];
        int count = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            int with = count + groups[i].Length;
            bool isNearer = Math.Abs(with - wanted) < Math.Abs(count - wanted);
            if (isNearer && with < table.RowCount)
            {
                count += groups[i].Length;
                Array.ForEach(groups[i], row => inFirst[row] = true);
            }
        }

        // Every group may be too large to bring it nearer.
        if (count == 0)
        {
            Array.ForEach(groups.MinBy(rows => rows.Length)!, row => inFirst[row] = true);
        }

        return Parts(table, order, inFirst);
    }

    /// <summary>
    /// Splits by time: the first part holds the rows before a moment, the second those from then on, as it will be when
    /// the future is predicted.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="time">A column of dates, or of numbers that grow with time; none may be missing.</param>
    /// <param name="firstFraction">
    /// Share of the first part, between 0 and 1, such as 0.8; rounded so that rows of the same time stay together.
    /// </param>
    /// <returns>The two parts, each in the order of the time; rows of the same time keep theirs.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The fraction is not between 0 and 1, or a part would be empty.
    /// </exception>
    /// <exception cref="InvalidDataException">The column holds no times, or one is missing.</exception>
    public static (Table First, Table Second) ChronologicalSplit(
        this Table table, ColumnReference time, double firstFraction)
    {
        int first = FirstCount(table, firstFraction);
        TableColumn column = table[time];
        if (column.Kind is ColumnKind.Category or ColumnKind.OrderedCategory or ColumnKind.Boolean)
        {
            throw new InvalidDataException(
                $"'{table.Name}': column {time} holds no times but is {column.Kind}; name it in "
                + $"{nameof(TableOptions)}.{nameof(TableOptions.Dates)} or {nameof(TableOptions.Numbers)}.");
        }

        double[] values = column.Values.ToArray();
        int missing = Array.FindIndex(values, double.IsNaN);
        if (missing >= 0)
        {
            throw new InvalidDataException(
                $"{table.PlaceOf(missing, column)} is missing, so that the row has no place in time; "
                + $"{nameof(Table)}.{nameof(Table.DropMissing)} leaves such rows out.");
        }

        int[] order = [.. Enumerable.Range(0, table.RowCount).OrderBy(row => values[row])];
        while (first < order.Length && values[order[first]] == values[order[first - 1]])
        {
            first++;
        }

        return first < order.Length
            ? (table.Select(order.AsSpan(0, first)), table.Select(order.AsSpan(first)))
            : throw new ArgumentOutOfRangeException(
                nameof(firstFraction),
                firstFraction,
                $"The rows from there on have the same time, {FieldText.Shown(column.Text(order[^1]) ?? "")}, and stay "
                + "together, so that the second part would be empty: take a smaller share.");
    }

    private static (Table First, Table Second) Parts(Table table, int[] order, bool[] inFirst) => (
        table.Select(Array.FindAll(order, row => inFirst[row])),
        table.Select(Array.FindAll(order, row => !inFirst[row])));

    private static int[] Shuffled(int rows, int seed)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        Randomness.RandomStream.FromSeed(seed).CreateGenerator().Shuffle(order);
        return order;
    }

    private static int FirstCount(Table table, double firstFraction)
    {
        ArgumentNullException.ThrowIfNull(table);
        int first = firstFraction > 0 && firstFraction < 1 ? (int)Math.Round(firstFraction * table.RowCount) : 0;
        return first >= 1 && first < table.RowCount
            ? first
            : throw new ArgumentOutOfRangeException(
                nameof(firstFraction),
                firstFraction,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The share of the first part must be above 0 and below 1 and leave neither part of "
                    + $"{table.RowCount} rows empty, but it is {firstFraction}.")
                + (firstFraction is > 1 and < 100
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $" It is a share, not percent: for {firstFraction} % write {firstFraction / 100}.")
                    : ""));
    }
}
