using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Keeps the scores of every sample, for one class or label or for each.</summary>
internal sealed class ScoreAccumulator(CurveScore score, OutputReading reading) : IMetricAccumulator
{
    // Logarithms of probabilities are logits, too: their softmax is the probabilities.
    private readonly bool _fromLogits =
        score.FromLogits ?? reading.Scale is OutputScale.Logit or OutputScale.LogProbability;

    private BatchRows _rows;
    private ScoreSet[] _sets = [];
    private double[] _scores = [];

    public double Value
    {
        get
        {
            double sum = 0;
            double weights = 0;
            foreach (ScoreSet set in _sets)
            {
                double value = set.Value;
                if (set.HasNaN)
                {
                    return double.NaN;
                }

                if (!double.IsNaN(value))
                {
                    double weight = score.Averaging == Averaging.Weighted ? set.PositiveWeight : 1;
                    sum += weight * value;
                    weights += weight;
                }
            }

            return sum / weights;
        }
    }

    /// <summary>The scores of the only curve; null if there are several, or no batch was added.</summary>
    public ScoreSet? Only => _sets.Length == 1 ? _sets[0] : null;

    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(reading.Metric, outputs, targets, weights);
        RequireClass(outputs.Rows);
        bool areLabels = reading.AreLabels(outputs.Rows);
        if (outputs.Rows > 1 && !areLabels)
        {
            reading.RequireNamedClasses(targets, weights);
            if (!_fromLogits)
            {
                Probabilities.RequireDistributions(reading.Metric, outputs, weights);
            }
        }

        _rows.Settle(outputs.Rows);
        Prepare(outputs.Rows, areLabels);
        for (int j = 0; j < outputs.Columns; j++)
        {
            double weight = SampleWeights.Of(weights, j);
            if (weight == 0)
            {
                continue;
            }

            if (areLabels)
            {
                AddLabels(outputs.Column(j), targets.Column(j), weight);
            }
            else
            {
                AddClass(outputs.Column(j), Decision.TargetOrNone(targets.Column(j)), weight);
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

    private void AddClass<T>(ReadOnlySpan<T> outputs, int actual, double weight)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ToScores(outputs);
        bool isNaN = actual == Decision.None || Decision.IndexOfNaN(outputs) != Decision.None;
        bool isOne = score.ClassIndex is not null || _scores.Length == 2;
        int first = isOne ? score.ClassIndex ?? 1 : 0;
        int count = isOne ? 1 : _scores.Length;
        for (int i = 0; i < count; i++)
        {
            SetOf(i).Add(isNaN ? double.NaN : _scores[first + i], actual == first + i, weight);
        }
    }

    private void AddLabels<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, double weight)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int first = score.ClassIndex ?? 0;
        int count = score.ClassIndex is null ? outputs.Length : 1;
        for (int i = 0; i < count; i++)
        {
            int actual = Decision.YesOrNone(targets[first + i], Decision.Middle);
            SetOf(i).Add(
                actual == Decision.None ? double.NaN : double.CreateChecked(outputs[first + i]), actual == 1, weight);
        }
    }

    private ScoreSet SetOf(int curve) => _sets[_sets.Length == 1 ? 0 : curve];

    /// <summary>Requires outputs that tell the class or label that is measured.</summary>
    public void RequireClass(int outputs)
    {
        int classes = reading.AreLabels(outputs) ? outputs : Decision.Classes(outputs);
        if (score.ClassIndex >= classes)
        {
            throw new ArgumentException(
                $"Metric '{reading.Metric}' measures class {score.ClassIndex}, but the {outputs} outputs tell "
                + $"{classes} classes apart, counted from 0.",
                nameof(outputs));
        }
    }

    private void Prepare(int outputs, bool areLabels)
    {
        int classes = Decision.Classes(outputs, areLabels);
        bool areSeveral = score.ClassIndex is null && (areLabels || classes > 2);
        int sets = areSeveral && score.Averaging != Averaging.Micro ? classes : 1;
        if (_sets.Length != sets)
        {
            _sets = new ScoreSet[sets];
            for (int i = 0; i < sets; i++)
            {
                _sets[i] = new ScoreSet(score.Figure);
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
            _scores[1] = double.CreateChecked(outputs[0]);
            _scores[0] = -_scores[1];
            return;
        }

        TensorPrimitives.ConvertChecked(outputs, _scores);
        if (_fromLogits)
        {
            LogOdds.OfEachClass(_scores);
        }
    }
}
