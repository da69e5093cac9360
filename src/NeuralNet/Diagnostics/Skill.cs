using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;

namespace NeuralNet.Diagnostics;

/// <summary>
/// The skill of outputs over one constant answer for every sample: 1 − (errors of the outputs)/(errors of the best
/// constant answer). An error is a squared difference or, where outputs are logits or logarithms, a wrong class.
/// </summary>
internal sealed class Skill<T>(ILoss loss, int size)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _countsClasses = loss.Input is LossInput.Logits or LossInput.LogProbabilities;
    private readonly double[] _sums = new double[Math.Max(2, size)];

    // The origin of the sums of targets, so that a large offset of all costs no digits.
    private readonly double[] _first = new double[size];
    private double _errors;
    private double _squares;
    private int _count;

    /// <summary>The skill, at most 1; NaN if one answer is right for all samples.</summary>
    public double Value => 1 - (_errors / (_countsClasses
        ? _count - _sums.Max()
        : _squares - (_sums.Sum(sum => sum * sum) / _count)));

    public void Add(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
    {
        if (_count == 0)
        {
            for (int i = 0; i < targets.Rows; i++)
            {
                _first[i] = double.CreateChecked(targets[i, 0]);
            }
        }

        _count += outputs.Columns;
        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> output = outputs.Column(j);
            ReadOnlySpan<T> target = targets.Column(j);
            if (_countsClasses)
            {
                int right = Decision.Actual(target);
                _sums[right]++;
                _errors += Decision.Predicted(output, threshold: 0) == right ? 0 : 1;
                continue;
            }

            for (int i = 0; i < target.Length; i++)
            {
                double t = double.CreateChecked(target[i]);
                double error = double.CreateChecked(output[i]) - t;
                _errors += error * error;
                double deviation = t - _first[i];
                _squares += deviation * deviation;
                _sums[i] += deviation;
            }
        }
    }
}
