using System.Numerics;

namespace NeuralNet.Reports.Examining;

/// <summary>Counts labels that were given and missed.</summary>
internal sealed class LabelExaminer<T>(OutputPlan plan, IReadOnlyList<string> names) : OutputExaminer<T>(plan)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] _actual = new int[plan.Width];
    private readonly int[] _predicted = new int[plan.Width];
    private readonly int[] _right = new int[plan.Width];

    /// <inheritdoc/>
    public override ExaminedOutput Finish(Func<int, SamplePicture?> picture) => new ExaminedLabels(
        Plan.Name,
        [.. names.Select((name, i) => new LabelTally(name, _actual[i], _predicted[i], _right[i]))]);

    /// <inheritdoc/>
    protected override void AddAnswer(int sample, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if (IsKnown(targets[i]) && !T.IsNaN(targets[i]) && !T.IsNaN(outputs[i]))
            {
                bool isActual = targets[i] > T.CreateChecked(0.5);
                bool isPredicted = IsYes(outputs[i]);
                _actual[i] += isActual ? 1 : 0;
                _predicted[i] += isPredicted ? 1 : 0;
                _right[i] += isActual && isPredicted ? 1 : 0;
            }
        }
    }
}
