using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Counts samples by class, or by label, for any figure that follows from the counts.</summary>
internal sealed class ClassAccumulator(ClassScore score, OutputReading reading) : IMetricAccumulator
{
    private BatchRows _rows;
    private ClassCounts? _counts;
    private bool _hasNaN;

    public double Value => _hasNaN || _counts is null || _counts.Count == 0 ? double.NaN : score.Of(_counts);

    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(reading.Metric, outputs, targets, weights);
        score.RequireOutputs(reading, outputs.Rows);
        bool judgesEach = score.JudgesEach(reading, outputs.Rows);
        if (!judgesEach)
        {
            reading.RequireNamedClasses(targets, weights);
        }

        _rows.Settle(outputs.Rows);
        int classes = Decision.Classes(outputs.Rows, judgesEach);
        if (_counts?.Classes != classes)
        {
            _counts = new ClassCounts(classes);
        }

        if (judgesEach)
        {
            AddLabels(_counts, outputs, targets, weights);
        }
        else
        {
            AddClasses(_counts, outputs, targets, weights);
        }
    }

    public void Reset()
    {
        _rows = default;
        _counts?.Clear();
        _hasNaN = false;
    }

    private void AddClasses<T>(
        ClassCounts counts,
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < outputs.Columns; j++)
        {
            double weight = SampleWeights.Of(weights, j);
            if (weight == 0)
            {
                continue;
            }

            int predicted = reading.ClassOrNone(outputs.Column(j));
            int actual = Decision.TargetOrNone(targets.Column(j));
            if (predicted == Decision.None || actual == Decision.None)
            {
                _hasNaN = true;
            }
            else
            {
                counts.Add(actual, predicted, weight);
            }
        }
    }

    private void AddLabels<T>(
        ClassCounts counts,
        ReadOnlyMatrixSpan<T> outputs,
        ReadOnlyMatrixSpan<T> targets,
        ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int first = score.ClassIndex ?? 0;
        int end = score.ClassIndex + 1 ?? outputs.Rows;
        for (int j = 0; j < outputs.Columns; j++)
        {
            double weight = SampleWeights.Of(weights, j);
            if (weight == 0)
            {
                continue;
            }

            counts.AddSample(weight);
            for (int i = first; i < end; i++)
            {
                int predicted = Decision.YesOrNone(outputs[i, j], reading.ThresholdOf(i));
                int actual = Decision.YesOrNone(targets[i, j], Decision.Middle);
                if (predicted == Decision.None || actual == Decision.None)
                {
                    _hasNaN = true;
                }
                else
                {
                    counts.AddLabel(i, actual, predicted, weight);
                }
            }
        }
    }
}
