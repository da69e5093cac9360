using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Keeps the scores of every sample, for one class or for each.</summary>
internal sealed class RocAucAccumulator(bool fromLogits, int? classIndex, string metric) : IMetricAccumulator
{
    /// <summary>
    /// The largest allowed distance of a sum of probabilities from 1; float rounding of many stays below it.
    /// </summary>
    private const double Tolerance = 1e-3;

    private BatchRows _rows;
    private ScoreSet[] _sets = [];
    private double[] _scores = [];

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

    public void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(metric, outputs, targets);
        RequireClass(outputs.Rows);
        if (outputs.Rows > 1 && !fromLogits)
        {
            RequireProbabilities(outputs);
        }

        _rows.Settle(outputs.Rows);
        Prepare(outputs.Rows);
        for (int j = 0; j < outputs.Columns; j++)
        {
            ToScores(outputs.Column(j));
            int actual = Decision.Actual(targets.Column(j));
            for (int i = 0; i < _sets.Length; i++)
            {
                int index = _sets.Length == 1 ? classIndex ?? 1 : i;
                _sets[i].Add(_scores[index], actual == index);
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

    private void RequireClass(int outputs)
    {
        if (classIndex >= Decision.Classes(outputs))
        {
            throw new ArgumentException(
                $"Metric '{metric}' measures class {classIndex}, but the {outputs} outputs tell "
                + $"{Decision.Classes(outputs)} classes apart, counted from 0.",
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
            if (least < 0 || Math.Abs(sum - 1) > Tolerance)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Metric '{metric}' takes outputs for probabilities that sum to 1, but those of sample {j} of "
                        + $"the batch sum to {sum}, and the least of them is "
                        + $"{TensorPrimitives.Min(outputs.Column(j))}. If they are logits, say fromLogits: true."),
                    nameof(outputs));
            }
        }
    }

    private void Prepare(int outputs)
    {
        int classes = Decision.Classes(outputs);
        int sets = classIndex is null && classes > 2 ? classes : 1;
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
        if (fromLogits)
        {
            ToLogOdds(_scores);
        }
    }

    /// <summary>
    /// Computes zᵢ − log Σⱼ≠ᵢ eᶻʲ, which has the order of softmax(z)ᵢ, but still differs where that rounds to 1 or 0.
    /// </summary>
    private static void ToLogOdds(Span<double> z)
    {
        int largest = TensorPrimitives.IndexOfMax<double>(z);
        double m = z[largest];
        double second = double.NegativeInfinity;
        double others = 0;
        for (int i = 0; i < z.Length; i++)
        {
            if (i != largest)
            {
                second = Math.Max(second, z[i]);
                others += Math.Exp(z[i] - m);
            }
        }

        double othersBySecond = 0;
        for (int i = 0; i < z.Length; i++)
        {
            if (i != largest)
            {
                othersBySecond += Math.Exp(z[i] - second);
                z[i] -= m + Math.Log(1 + Math.Max(0, others - Math.Exp(z[i] - m)));
            }
        }

        // If all other classes are impossible, there is nothing to take the logarithm of.
        z[largest] = double.IsNegativeInfinity(second)
            ? double.PositiveInfinity
            : m - second - Math.Log(othersBySecond);
    }
}
