using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.Explanations;

/// <summary>
/// The part that each feature has in the difference between what is predicted for a sample and for a baseline.
/// </summary>
public sealed class Attributions
{
    private const int MostShown = 30;
    private readonly Func<int, string> _nameOf;

    internal Attributions(Matrix<double> values, Func<int, string> nameOf, double[] results, double baselineResult)
    {
        Values = values;
        _nameOf = nameOf;
        Results = results;
        BaselineResult = baselineResult;
    }

    /// <summary>The attributions, features × samples, in the unit of the output.</summary>
    public Matrix<double> Values { get; }

    /// <summary>F(x), the output that is explained, of each sample.</summary>
    public IReadOnlyList<double> Results { get; }

    /// <summary>F(x′), the output of the baseline.</summary>
    public double BaselineResult { get; }

    /// <summary>The name of a feature.</summary>
    /// <param name="feature">Its index, from 0.</param>
    /// <returns>That of a column, or such as <c>feature 3</c>.</returns>
    public string NameOf(int feature) => _nameOf(feature);

    /// <summary>
    /// The error of the integral: the sum of a sample's attributions less F(x) − F(x′), 0 were it exact.
    /// </summary>
    /// <param name="sample">The sample, from 0.</param>
    /// <returns>The difference; take more steps where it is too large.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public double Gap(int sample)
    {
        RequireSample(sample);
        return Values.Column(sample).Sum() - (Results[sample] - BaselineResult);
    }

    /// <summary>
    /// The attributions of groups, each the sum of those of its features: such as of all pixels of a region, or of all
    /// that a column of a table became.
    /// </summary>
    /// <param name="groups">The groups.</param>
    /// <returns>Attributions with a row for each group.</returns>
    /// <exception cref="ArgumentException">There is no group.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A group names a feature that there is not.</exception>
    public Attributions Sum(IReadOnlyList<FeatureGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0)
        {
            throw new ArgumentException("There must be at least one group, but there is none.", nameof(groups));
        }

        Matrix<double> sums = Matrix<double>.Build.Dense(groups.Count, Values.ColumnCount);
        for (int g = 0; g < groups.Count; g++)
        {
            foreach (int feature in groups[g].Features)
            {
                if (feature >= Values.RowCount)
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(groups),
                        feature,
                        $"There {Quantity.Are(Values.RowCount, "feature")}, counted from 0, but the group "
                        + $"{MessageText.Quoted(groups[g].Name)} names feature {feature}.");
                }

                sums.SetRow(g, sums.Row(g) + Values.Row(feature));
            }
        }

        return new(sums, g => groups[g].Name, [.. Results], BaselineResult);
    }

    /// <summary>The attributions of a sample, the greatest in either direction first, with bars.</summary>
    /// <param name="sample">The sample, from 0.</param>
    /// <returns>A line per feature, of the first 30.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public string Describe(int sample)
    {
        RequireSample(sample);
        Vector<double> values = Values.Column(sample);
        int[] order = [.. Enumerable.Range(0, values.Count).OrderByDescending(i => Math.Abs(values[i]))];
        var table = new AlignedText("feature", "attribution", "");
        foreach (int i in order.Take(MostShown))
        {
            table.Add(
                MessageText.Shortened(NameOf(i), AlignedText.LongestName),
                AlignedText.Number(values[i]),
                AlignedText.Bar(Math.Abs(values[i]), Math.Abs(values[order[0]])));
        }

        string more = order.Length > MostShown ? $"{Environment.NewLine}… and {order.Length - MostShown} more" : "";
        return FormattableString.Invariant(
            $"{Results[sample]:G4}, and {BaselineResult:G4} for the baseline; the difference is made of:")
            + $"{Environment.NewLine}{table}{more}";
    }

    /// <summary>The attributions of the first sample.</summary>
    /// <returns>As <see cref="Describe"/> gives them.</returns>
    public override string ToString() => Describe(0);

    private void RequireSample(int sample)
    {
        if ((uint)sample >= (uint)Results.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sample),
                sample,
                $"There {Quantity.Are(Results.Count, "sample")}, counted from 0, but sample {sample} was asked for.");
        }
    }
}
