using System.Numerics;
using NeuralNet.Decisions;

namespace NeuralNet.Reports.Examining;

/// <summary>Counts classes that were taken for each other, and keeps the surest mistakes.</summary>
internal sealed class ClassExaminer<T>(OutputPlan plan, IReadOnlyList<string> names) : OutputExaminer<T>(plan)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostMistakes = 24;

    private readonly ClassTally _counts = new(names);

    // The least sure one comes out first; of equals, that of the later sample.
    private readonly PriorityQueue<Mistake, (double, int)> _mistakes = new();

    /// <inheritdoc/>
    public override ExaminedOutput Finish(Func<int, SamplePicture?> picture) => new ExaminedClasses(
        Plan.Name,
        _counts,
        [
            .. _mistakes.UnorderedItems.Select(item => item.Element)
                .OrderByDescending(mistake => mistake.Margin).ThenBy(mistake => mistake.Sample)
                .Select(mistake => mistake with { Picture = picture(mistake.Sample) }),
        ]);

    /// <inheritdoc/>
    protected override void AddAnswer(int sample, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
    {
        if (!IsKnown(targets[0]))
        {
            return;
        }

        int actual = ClassOf(targets, T.CreateChecked(0.5));
        int predicted = ClassOf(outputs, T.CreateChecked(Plan.Threshold));
        if (actual < 0 || predicted < 0)
        {
            _counts.Undecided++;
            return;
        }

        _counts.Add(actual, predicted);
        if (actual != predicted)
        {
            double margin = MarginOf(outputs, actual, predicted);
            Keep(new(sample, actual, predicted, margin, ProbabilityOf(outputs, predicted)));
        }
    }

    private void Keep(Mistake mistake)
    {
        _mistakes.Enqueue(mistake, (mistake.Margin, -mistake.Sample));
        if (_mistakes.Count > MostMistakes)
        {
            _mistakes.Dequeue();
        }
    }

    // NaN is no answer, and neither are several infinities.
    private static int ClassOf(ReadOnlySpan<T> numbers, T threshold)
    {
        foreach (T number in numbers)
        {
            if (!T.IsFinite(number))
            {
                return -1;
            }
        }

        return numbers.Length == 1 ? (numbers[0] > threshold ? 1 : 0) : Decision.Largest(numbers);
    }

    private double MarginOf(ReadOnlySpan<T> outputs, int actual, int predicted) => outputs.Length == 1
        ? Math.Abs(double.CreateChecked(outputs[0]) - Plan.Threshold)
        : double.CreateChecked(outputs[predicted]) - double.CreateChecked(outputs[actual]);

    private double ProbabilityOf(ReadOnlySpan<T> outputs, int predicted)
    {
        double own = double.CreateChecked(outputs[outputs.Length == 1 ? 0 : predicted]);
        double yes = Plan.Scale switch
        {
            OutputScale.Logit when outputs.Length == 1 => 1 / (1 + Math.Exp(-own)),
            OutputScale.Logit => Softmax(outputs, own),
            OutputScale.Probability => own,
            OutputScale.LogProbability => Math.Exp(own),
            _ => double.NaN,
        };
        return outputs.Length == 1 && predicted == 0 ? 1 - yes : yes;
    }

    private static double Softmax(ReadOnlySpan<T> outputs, double own)
    {
        double sum = 0;
        foreach (T output in outputs)
        {
            // The largest is the own one, so nothing overflows.
            sum += Math.Exp(double.CreateChecked(output) - own);
        }

        return 1 / sum;
    }
}
