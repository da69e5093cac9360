using System.Buffers;
using System.Globalization;
using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Counts samples by the bin of their probability, for any figure of the reliability curve.</summary>
internal sealed class CalibrationErrorAccumulator(
    OutputReading reading, int bins, Func<ReliabilityCounts, double> figure) : IMetricAccumulator
{
    private readonly ReliabilityCounts _counts = ReliabilityCounts.Uniform(bins);
    private readonly OutputScale _scale = reading.Scale ?? throw new ArgumentException(
        $"Metric '{reading.Metric}' is about probabilities, but neither the last activation nor the loss says that the "
        + $"outputs are any. For numbers, measure {nameof(R2Score)} or {nameof(MeanAbsoluteErrorMetric)}.",
        "outputs");

    private BatchRows _rows;
    private bool _hasNaN;

    public double Value => _hasNaN || _counts.Count == 0 ? double.NaN : figure(_counts);

    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(reading.Metric, outputs, targets);
        SampleWeights.Require(reading.Metric, weights, outputs.Columns);
        bool areClasses = outputs.Rows > 1 && !reading.AreLabels(outputs.Rows);
        if (areClasses)
        {
            reading.RequireNamedClasses(targets, weights);
        }

        double[] rented = ArrayPool<double>.Shared.Rent(outputs.Values.Length);
        try
        {
            var probabilities = new MatrixSpan<double>(
                rented.AsSpan(0, outputs.Values.Length), outputs.Rows, outputs.Columns);
            for (int j = 0; j < outputs.Columns; j++)
            {
                LogOdds.ReadProbabilities(outputs.Column(j), _scale, areClasses, probabilities.Column(j));
                if (SampleWeights.Of(weights, j) != 0)
                {
                    RequireProbabilities(probabilities.Column(j), j);
                }
            }

            _rows.Settle(outputs.Rows);
            for (int j = 0; j < outputs.Columns; j++)
            {
                double weight = SampleWeights.Of(weights, j);
                if (weight == 0)
                {
                    continue;
                }

                if (areClasses)
                {
                    AddClass(probabilities.Column(j), targets.Column(j), weight);
                }
                else
                {
                    AddAnswers(probabilities.Column(j), targets.Column(j), weight);
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    public void Reset()
    {
        _rows = default;
        _hasNaN = false;
        _counts.Clear();
    }

    // How sure the classifier is of the class that it takes the sample for, and whether it is right.
    private void AddClass<T>(ReadOnlySpan<double> probabilities, ReadOnlySpan<T> target, double weight)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int predicted = Decision.LargestOrNone(probabilities);
        int actual = Decision.TargetOrNone(target);
        if (predicted == Decision.None || actual == Decision.None)
        {
            _hasNaN = true;
        }
        else
        {
            _counts.Add(probabilities[predicted], predicted == actual, weight);
        }
    }

    private void AddAnswers<T>(ReadOnlySpan<double> probabilities, ReadOnlySpan<T> targets, double weight)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < probabilities.Length; i++)
        {
            int actual = Decision.YesOrNone(targets[i], Decision.Middle);
            if (actual == Decision.None || double.IsNaN(probabilities[i]))
            {
                _hasNaN = true;
            }
            else
            {
                _counts.Add(probabilities[i], actual == 1, weight);
            }
        }
    }

    private void RequireProbabilities(ReadOnlySpan<double> outputs, int sample)
    {
        foreach (double probability in outputs)
        {
            if (probability is < 0 or > 1 + Decision.SumTolerance)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Metric '{reading.Metric}' takes outputs for probabilities, but one of sample {sample} of the "
                        + $"batch is {probability}. If they are logits, evaluate with the loss that the network was "
                        + $"trained with, or describe them: {nameof(OutputDescription)}."),
                    nameof(outputs));
            }
        }
    }
}
