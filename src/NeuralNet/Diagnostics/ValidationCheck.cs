using System.Globalization;
using System.Numerics;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>Compares the validation data with the samples trained on.</summary>
internal sealed class ValidationCheck<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostSamples = 256;

    // Fewer samples do not show the range of a feature.
    private const int FewestSamples = 32;

    // So many of the samples must lie farther outside the range than it is wide: rare values and a drift do not.
    private const double FarShare = 0.25;

    // Inputs that were scaled are smaller than pixels or prices by more than that.
    private const double LargeRatio = 50;

    private readonly DataSet<T> _samples;
    private readonly ClassesSeen<T>[] _classes;

    /// <summary>Begins.</summary>
    /// <param name="validation">The validation data, of which a part is looked at, from all over them.</param>
    /// <param name="heads">The outputs of the network with their losses.</param>
    public ValidationCheck(DataSet<T> validation, IEnumerable<OutputHead<T>> heads)
    {
        int count = Math.Min(validation.Count, MostSamples);
        _samples = validation.Select(
            [.. Enumerable.Range(0, count).Select(i => (int)((long)i * validation.Count / count))]);
        _classes = [.. heads.Where(head => head.Loss!.ReadsTargets).Select(head => new ClassesSeen<T>(head))];
    }

    /// <summary>Takes in the targets of a batch that is trained on.</summary>
    public void Add(ReadOnlyMatrixSpan<T> targets)
    {
        foreach (ClassesSeen<T> classes in _classes)
        {
            classes.Add(targets);
        }
    }

    /// <summary>The warnings about classes that no sample of the whole epoch was of.</summary>
    public IEnumerable<TrainingWarning> CheckClasses() =>
        _classes.Select(classes => classes.CheckOthers(_samples.Targets)).OfType<TrainingWarning>();

    /// <summary>The warning about inputs of another scale than those trained on; null if there is none.</summary>
    public TrainingWarning? CheckInputs(RowStatistics<T> training)
    {
        if (training.Count < FewestSamples)
        {
            return null;
        }

        var validation = new RowStatistics<T>(training.Rows);
        validation.Add(_samples.Inputs);
        int feature = FarFeature(training);
        if (feature < 0 && Largest(training) > LargeRatio * Largest(validation))
        {
            feature = Enumerable.Range(0, training.Rows).MaxBy(training.RootMeanSquare);
        }

        return feature < 0
            ? null
            : new(
                TrainingWarningKind.OtherValidationInputs,
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The validation inputs are of another scale than those trained on: feature {feature} goes from "
                    + $"{validation.Least(feature):G4} to {validation.Most(feature):G4} there, and from "
                    + $"{training.Least(feature):G4} to {training.Most(feature):G4} in training. What was fitted to "
                    + $"the training inputs transforms both, as with validation.TransformInputs(scaling), and later "
                    + $"all that is predicted from, which a Pipeline does."));
    }

    private static double Largest(RowStatistics<T> rows) => Math.Max(rows.MostOfAll(), -rows.LeastOfAll());

    /// <summary>A feature that is far from its range in training for many samples; −1 if there is none.</summary>
    private int FarFeature(RowStatistics<T> training)
    {
        ReadOnlyMatrixSpan<T> inputs = _samples.Inputs;
        for (int i = 0; i < training.Rows; i++)
        {
            (double least, double most) = (training.Least(i), training.Most(i));
            double width = most - least;
            int far = 0;
            for (int j = 0; j < inputs.Columns && width > 0; j++)
            {
                double value = double.CreateChecked(inputs.Column(j)[i]);
                far += value < least - width || value > most + width ? 1 : 0;
            }

            if (far > FarShare * inputs.Columns)
            {
                return i;
            }
        }

        return -1;
    }
}
