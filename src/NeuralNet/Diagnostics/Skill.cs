using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>
/// The skill of outputs over one constant answer for every sample: 1 − (errors of the outputs)/(errors of the best
/// constant answer). An error is a squared difference or, where outputs are logits or logarithms, a wrong class or a
/// wrong answer to one of several labels.
/// </summary>
internal sealed class Skill<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _decides;
    private readonly bool _areLabels;
    private readonly double _threshold;
    private readonly double[] _sums;

    // The origin of the sums of targets, so that a large offset of all costs no digits.
    private readonly double[] _first;
    private double _errors;
    private double _squares;
    private int _count;

    /// <summary>Begins.</summary>
    public Skill(Network<T> network, ILoss loss)
    {
        var outputs = OutputDescription.Of(network, loss);
        _decides = loss.Input is LossInput.Logits or LossInput.LogProbabilities;
        _areLabels = network.OutputSize > 1 && outputs.Meaning == OutputMeaning.Labels;
        _threshold = outputs.Threshold ?? Decision.Middle;
        _sums = new double[Decision.Classes(network.OutputSize)];
        _first = new double[network.OutputSize];
    }

    /// <summary>The skill, at most 1; NaN if one answer is right for all samples, or if a number was NaN.</summary>
    public double Value => 1 - (_errors / ErrorsOfConstant);

    private double ErrorsOfConstant =>
        !_decides ? _squares - (_sums.Sum(sum => sum * sum) / _count)
        : _areLabels ? _sums.Sum(yes => Math.Min(yes, _count - yes))
        : _count - _sums.Max();

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
            if (!_decides)
            {
                AddNumbers(output, target);
            }
            else if (_areLabels)
            {
                for (int i = 0; i < target.Length; i++)
                {
                    int right = Decision.YesOrNone(target[i], Decision.Middle);
                    _sums[i] += right == 1 ? 1 : 0;
                    AddAnswer(Decision.YesOrNone(output[i], _threshold), right);
                }
            }
            else
            {
                int right = Decision.TargetOrNone(target);
                _sums[Math.Max(right, 0)]++;
                AddAnswer(Decision.ClassOrNone(output, _threshold), right);
            }
        }
    }

    private void AddAnswer(int answer, int right) =>
        _errors += answer == Decision.None || right == Decision.None ? double.NaN
            : answer == right ? 0
            : 1;

    private void AddNumbers(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
    {
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
