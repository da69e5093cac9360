using NeuralNet.Calibrations;
using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Pipelines;

/// <content>Pipelines that differ in what becomes of the outputs, or in what is before the network.</content>
public sealed partial class Pipeline<T>
{
    /// <summary>
    /// The pipeline without what is before the network: it takes features that were transformed, such as those of a
    /// data set that the network was trained on.
    /// </summary>
    /// <returns>A pipeline with the same network.</returns>
    public Pipeline<T> WithoutInputs() => new(Network, null, null, Vocabulary, TargetColumns, Results);

    /// <summary>This pipeline behind the transform of the features of another one with the same network.</summary>
    /// <param name="other">The other.</param>
    /// <returns>A pipeline with the same network.</returns>
    /// <exception cref="ArgumentException">The other has another network.</exception>
    public Pipeline<T> WithInputsOf(Pipeline<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Network == Network
            ? new(Network, other.Inputs, other.Columns, other.Vocabulary, other.TargetColumns, Results)
            : throw new ArgumentException(
                "The features of another network would be taken: both pipelines must have the same network.",
                nameof(other));
    }

    /// <summary>The pipeline with a calibration; <c>Predict</c> then gives probabilities.</summary>
    /// <param name="calibration">The calibration; none if null.</param>
    /// <returns>A pipeline with the same network.</returns>
    /// <exception cref="ArgumentException">The calibration is for another number of outputs.</exception>
    /// <exception cref="InvalidOperationException">
    /// The pipeline has no classes or labels, or what was chosen for its outputs as they are: a threshold, costs,
    /// label sets.
    /// </exception>
    public Pipeline<T> WithCalibration(ICalibration? calibration)
    {
        PipelineCheck.RequireClassifier(this, "a calibration");
        if (calibration?.OutputSize is { } size && size != OutputSize)
        {
            throw new ArgumentException(
                $"The calibration is for {Quantity.Of(size, "output")}, but the pipeline has {OutputSize}.",
                nameof(calibration));
        }

        if (calibration is TemperatureScaling && OutputSize > 1 && !AreClasses)
        {
            throw new ArgumentException(
                $"One temperature is for classes that exclude each other; the {OutputSize} labels have one each, in a "
                + $"{nameof(PerLabelCalibration)}.",
                nameof(calibration));
        }

        return Results is { Thresholds: null, Costs: null, LabelSets: null }
            ? With(Results with { Calibration = calibration })
            : throw new InvalidOperationException(
                "A threshold, costs or label sets were chosen for the outputs as they are, and mean something else "
                + "for calibrated ones. Calibrate first, and choose them then.");
    }

    /// <summary>The pipeline with a threshold of its single output, or one for each of several labels.</summary>
    /// <param name="thresholds">
    /// The numbers above which outputs mean yes, in their scale: probabilities of a calibrated pipeline. None for the
    /// usual ones.
    /// </param>
    /// <returns>A pipeline with the same network.</returns>
    /// <exception cref="ArgumentException">There is another number of them than of outputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// The outputs are numbers, or classes, for which there is <see cref="WithCosts"/>.
    /// </exception>
    public Pipeline<T> WithThresholds(params IReadOnlyList<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        PipelineCheck.RequireClassifier(this, "thresholds");
        if (AreClasses)
        {
            throw new InvalidOperationException(
                $"Of {OutputSize} classes the most probable is decided for, not all above a threshold: use "
                + $"{nameof(WithCosts)}, such as with {nameof(ClassCosts)}.{nameof(ClassCosts.OfWeights)}.");
        }

        if (thresholds.Count > 0 && thresholds.Count != OutputSize)
        {
            throw new ArgumentException(
                $"There must be a threshold for each of {Quantity.Of(OutputSize, "output")}, but there "
                + $"{Quantity.Are(thresholds.Count, "threshold")}.",
                nameof(thresholds));
        }

        double[]? copy = thresholds.Count == 0 ? null : [.. thresholds];
        Array.ForEach(copy ?? [], threshold => Require.Finite(threshold, nameof(thresholds)));
        return With(Results with { Thresholds = copy });
    }

    /// <summary>The pipeline with costs, by which it decides between several classes.</summary>
    /// <param name="costs">The costs; if null, the most probable class is decided for.</param>
    /// <returns>A pipeline with the same network.</returns>
    /// <exception cref="ArgumentException">The costs are those of another number of classes.</exception>
    /// <exception cref="InvalidOperationException">There are not several classes.</exception>
    public Pipeline<T> WithCosts(ClassCosts? costs)
    {
        if (!AreClasses)
        {
            throw new InvalidOperationException(
                "Costs are of several classes that exclude each other, each with an output. A single output, and each "
                + $"of several labels, is decided by a threshold: {nameof(WithThresholds)}, or one chosen for "
                + $"{nameof(ThresholdGoal)}.{nameof(ThresholdGoal.LeastCost)}.");
        }

        return costs is null || costs.Count == OutputSize
            ? With(Results with { Costs = costs })
            : throw new ArgumentException(
                $"The pipeline tells {OutputSize} classes apart, but the costs are of {costs.Count}.", nameof(costs));
    }

    private Pipeline<T> With(PipelineResults results) =>
        new(Network, Inputs, Columns, Vocabulary, TargetColumns, results);
}
