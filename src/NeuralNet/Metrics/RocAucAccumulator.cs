using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Keeps the scores of every sample, for one class or label or for each.</summary>
internal sealed class RocAucAccumulator : IMetricAccumulator
{
    private readonly OutputReading _reading;
    private readonly bool _fromLogits;
    private readonly int? _index;
    private BatchRows _rows;
    private ScoreSet[] _sets = [];
    private double[] _scores = [];

    private RocAucAccumulator(OutputReading reading, bool fromLogits, int? index)
    {
        _reading = reading;
        _fromLogits = fromLogits;
        _index = index;
    }

    public double Value
    {
        get
        {
            double sum = 0;
            int defined = 0;
            foreach (ScoreSet set in _sets)
            {
                if (set.HasNaN)
                {
                    return double.NaN;
                }

                if (set.HasBoth)
                {
                    sum += set.Area;
                    defined++;
                }
            }

            return sum / defined;
        }
    }

    /// <summary>Starts a measurement; refuses outputs without the class or label, if their number is known.</summary>
    /// <param name="reading">The way to read outputs.</param>
    /// <param name="fromLogits">Whether outputs of classes are logits; by their scale if null.</param>
    /// <param name="index">The class or label; all if null.</param>
    public static RocAucAccumulator Begin(OutputReading reading, bool? fromLogits, int? index)
    {
        // Logarithms of probabilities are logits, too: their softmax is the probabilities.
        var accumulator = new RocAucAccumulator(
            reading, fromLogits ?? reading.Scale is OutputScale.Logit or OutputScale.LogProbability, index);
        if (reading.Count is { } outputs)
        {
            accumulator.RequireClass(outputs);
        }

        return accumulator;
    }

    public void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(_reading.Metric, outputs, targets);
        RequireClass(outputs.Rows);
        bool areLabels = _reading.AreLabels(outputs.Rows);
        if (outputs.Rows > 1 && !areLabels)
        {
            _reading.RequireNamedClasses(targets);
            if (!_fromLogits)
            {
                RequireProbabilities(outputs);
            }
        }

        _rows.Settle(outputs.Rows);
        Prepare(outputs.Rows, areLabels);
        for (int j = 0; j < outputs.Columns; j++)
        {
            if (areLabels)
            {
                AddLabels(outputs.Column(j), targets.Column(j));
            }
            else
            {
                AddClass(outputs.Column(j), Decision.TargetOrNone(targets.Column(j)));
            }
        }
    }

    public void Reset()
    {
        _rows = default;
        foreach (ScoreSet set in _sets)
        {
            set.Clear();
        }
    }

    private void AddClass<T>(ReadOnlySpan<T> outputs, int actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ToScores(outputs);
        bool isNaN = actual == Decision.None || Decision.IndexOfNaN(outputs) != Decision.None;
        for (int i = 0; i < _sets.Length; i++)
        {
            int index = _sets.Length == 1 ? _index ?? 1 : i;
            _sets[i].Add(isNaN ? double.NaN : _scores[index], actual == index);
        }
    }

    private void AddLabels<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < _sets.Length; i++)
        {
            int index = _index ?? i;
            int actual = Decision.YesOrNone(targets[index], Decision.Middle);
            _sets[i].Add(actual == Decision.None ? double.NaN : double.CreateChecked(outputs[index]), actual == 1);
        }
    }

    private void RequireClass(int outputs)
    {
        int classes = _reading.AreLabels(outputs) ? outputs : Decision.Classes(outputs);
        if (_index >= classes)
        {
            throw new ArgumentException(
                $"Metric '{_reading.Metric}' measures class {_index}, but the {outputs} outputs tell {classes} classes "
                + "apart, counted from 0.",
                nameof(outputs));
        }
    }

    private void RequireProbabilities<T>(ReadOnlyMatrixSpan<T> outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < outputs.Columns; j++)
        {
            double sum = 0;
            double least = 0;
            foreach (T output in outputs.Column(j))
            {
                double value = double.CreateChecked(output);
                sum += value;
                least = Math.Min(least, value);
            }

            // NaN is accepted, and makes the figure NaN.
            if (least < 0 || Math.Abs(sum - 1) > Decision.SumTolerance)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Metric '{_reading.Metric}' takes outputs for probabilities that sum to 1, but those of "
                        + $"sample {j} of the batch sum to {sum}, and the least of them is "
                        + $"{TensorPrimitives.Min(outputs.Column(j))}. If they are logits, say fromLogits: true; if "
                        + $"they are labels, say Meaning = {nameof(OutputMeaning)}.{nameof(OutputMeaning.Labels)}."),
                    nameof(outputs));
            }
        }
    }

    private void Prepare(int outputs, bool areLabels)
    {
        int classes = Decision.Classes(outputs, areLabels);
        int sets = _index is null && (areLabels || classes > 2) ? classes : 1;
        if (_sets.Length != sets)
        {
            _sets = new ScoreSet[sets];
            for (int i = 0; i < sets; i++)
            {
                _sets[i] = new ScoreSet();
            }
        }

        if (_scores.Length != classes)
        {
            _scores = new double[classes];
        }
    }

    private void ToScores<T>(ReadOnlySpan<T> outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (outputs.Length == 1)
        {
            double score = double.CreateChecked(outputs[0]);
            _scores[0] = -score;
            _scores[1] = score;
            return;
        }

        TensorPrimitives.ConvertChecked(outputs, _scores);
        if (_fromLogits)
        {
            LogOdds.OfEachClass(_scores);
        }
    }
}
