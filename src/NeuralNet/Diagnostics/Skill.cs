using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>
/// The skill of an output of a network over one constant answer for every sample: 1 − (errors of the output)/(errors of
/// the best constant answer). An error is a squared difference or, where outputs are logits or logarithms, a wrong
/// class or a wrong answer to one of several labels.
/// </summary>
internal sealed class Skill<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly OutputHead<T> _head;
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
    public Skill(OutputHead<T> head)
    {
        int outputs = head.Width;
        var description = OutputDescription.Of(head);
        _head = head;
        _decides = head.Loss!.Input is LossInput.Logits or LossInput.LogProbabilities;
        _areLabels = outputs > 1 && description.Meaning == OutputMeaning.Labels;
        _threshold = description.Threshold ?? Decision.Middle;
        _sums = new double[Decision.Classes(outputs)];
        _first = new double[outputs];
    }

    /// <summary>The skill, at most 1; NaN if one answer is right for all samples, or if a number was NaN.</summary>
    public double Value => 1 - (_errors / ErrorsOfConstant);

    private double ErrorsOfConstant =>
        !_decides ? _squares - (_sums.Sum(sum => sum * sum) / _count)
        : _areLabels ? _sums.Sum(yes => Math.Min(yes, _count - yes))
        : _count - _sums.Max();

    /// <summary>Adds a batch with all its outputs.</summary>
    public void Add(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
    {
        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> output = _head.Range.Of(outputs.Column(j));
            ReadOnlySpan<T> target = _head.Range.Of(targets.Column(j));
            for (int start = 0; start < output.Length; start += _head.Width)
            {
                Add(output.Slice(start, _head.Width), target.Slice(start, _head.Width));
            }
        }
    }

    // One sample, or one step of a sample, if its targets are known.
    private void Add(ReadOnlySpan<T> output, ReadOnlySpan<T> target)
    {
        if (!_head.AreKnown(target))
        {
            return;
        }

        if (_count == 0)
        {
            for (int i = 0; i < _first.Length; i++)
            {
                _first[i] = double.CreateChecked(target[i]);
            }
        }

        _count++;
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
