using NeuralNet.Guards;

namespace NeuralNet.Decisions;

/// <summary>
/// What it costs to take a sample of one class for another, by which the class with the least expected cost is decided
/// for, which may not be the most probable: of probabilities p and costs c, the class k with the least Σᵢ pᵢ cᵢₖ.
/// </summary>
/// <remarks>
/// C. Elkan, "The foundations of cost-sensitive learning" (2001). It is only as good as the probabilities: calibrate
/// them first. Of equal costs the first class is taken.
/// </remarks>
/// <example><code>
/// // Rows are what a sample is, columns what it is taken for: of mushrooms, edible and poisonous.
/// var costs = new ClassCosts(new double[,] { { 0, 1 }, { 500, 0 } });
/// </code></example>
public sealed class ClassCosts
{
    // Column by column: what deciding for a class costs, by the class that the sample is of.
    private readonly double[] _costs;

    /// <summary>Makes the costs.</summary>
    /// <param name="costs">
    /// The cost of taking a sample of the class of the row for the class of the column, in any unit. Right answers
    /// mostly cost 0; a negative cost is a gain.
    /// </param>
    /// <exception cref="ArgumentException">There are not as many rows as columns, and at least two.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A cost is not finite.</exception>
    public ClassCosts(double[,] costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        Count = costs.GetLength(0);
        if (Count < 2 || costs.GetLength(1) != Count)
        {
            throw new ArgumentException(
                $"There is a row and a column for each of at least two classes, but the costs are {Count} × "
                + $"{costs.GetLength(1)}.",
                nameof(costs));
        }

        _costs = new double[Count * Count];
        for (int i = 0; i < _costs.Length; i++)
        {
            _costs[i] = Require.Finite(costs[i % Count, i / Count], nameof(costs));
        }
    }

    /// <summary>Number of classes.</summary>
    public int Count { get; }

    /// <summary>The cost of taking a sample of a class for another.</summary>
    /// <param name="actual">The class that the sample is of, from 0.</param>
    /// <param name="decided">The class that is decided for.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int actual, int decided] =>
        (uint)actual < (uint)Count && (uint)decided < (uint)Count
            ? _costs[(decided * Count) + actual]
            : throw new ArgumentOutOfRangeException(
                nameof(actual), $"There are {Count} classes, counted from 0, but {actual}, {decided} was asked for.");

    /// <summary>
    /// Makes costs by which the class with the largest wₖ pₖ is decided for: an error costs the weight of the class
    /// that was missed.
    /// </summary>
    /// <param name="weights">wₖ of each class, at least two, above 0.</param>
    /// <returns>The costs.</returns>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not a finite number above 0.</exception>
    public static ClassCosts OfWeights(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        double[,] costs = new double[weights.Count, weights.Count];
        for (int i = 0; i < weights.Count; i++)
        {
            for (int k = 0; k < weights.Count; k++)
            {
                costs[i, k] = i == k ? 0 : Require.Positive(weights[i], nameof(weights));
            }
        }

        return new(costs);
    }

    /// <summary>The class with the least expected cost, the first of equal ones.</summary>
    /// <param name="probabilities">The probability of each class.</param>
    /// <returns>The class, from 0.</returns>
    /// <exception cref="ArgumentException">There is another number of them, or one is not finite.</exception>
    public int Decide(ReadOnlySpan<double> probabilities)
    {
        int decided = probabilities.Length == Count ? DecideOrNone(probabilities) : Decision.None;
        return decided != Decision.None
            ? decided
            : throw new ArgumentException(
                $"There must be {Count} finite probabilities, one per class, but there are "
                + $"{probabilities.Length}{(probabilities.Length == Count ? ", not all of them finite" : "")}.",
                nameof(probabilities));
    }

    /// <summary>The costs column by column.</summary>
    internal IReadOnlyList<double> ToColumns() => _costs;

    /// <summary>Makes the costs from their columns.</summary>
    internal static ClassCosts FromColumns(IReadOnlyList<double> columns)
    {
        int count = (int)Math.Sqrt(columns.Count);
        if ((long)count * count != columns.Count)
        {
            throw new ArgumentException($"{columns.Count} costs make no square");
        }

        double[,] costs = new double[count, count];
        for (int i = 0; i < columns.Count; i++)
        {
            costs[i % count, i / count] = columns[i];
        }

        return new(costs);
    }

    /// <summary>The class with the least expected cost; none if a probability is not finite.</summary>
    internal int DecideOrNone(ReadOnlySpan<double> probabilities)
    {
        int least = Decision.None;
        double lowest = double.PositiveInfinity;
        for (int k = 0; k < Count; k++)
        {
            double cost = 0;
            for (int i = 0; i < Count; i++)
            {
                cost += probabilities[i] * _costs[(k * Count) + i];
            }

            if (!double.IsFinite(cost))
            {
                return Decision.None;
            }

            if (cost < lowest)
            {
                (least, lowest) = (k, cost);
            }
        }

        return least;
    }
}
