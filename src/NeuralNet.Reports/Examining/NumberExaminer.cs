using System.Numerics;

namespace NeuralNet.Reports.Examining;

/// <summary>Collects the errors of numbers: of each by itself if they are few, else of all together.</summary>
internal sealed class NumberExaminer<T> : OutputExaminer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostByThemselves = 6;

    private readonly ErrorTally[] _errors;

    public NumberExaminer(OutputPlan plan, IReadOnlyList<string>? names, int samples)
        : base(plan)
    {
        long answers = (long)samples * plan.Steps;
        _errors = plan.Width > MostByThemselves
            ? [new("all outputs together", answers * plan.Width)]
            : plan.Width == 1
                ? [new(names?.Count == 1 ? names[0] : "", answers)]
                : [.. NamesOf(plan.Width, names).Select(name => new ErrorTally(name, answers))];
    }

    /// <inheritdoc/>
    public override ExaminedOutput Finish(Func<int, SamplePicture?> picture) => new ExaminedNumbers(Plan.Name, _errors);

    /// <inheritdoc/>
    protected override void AddAnswer(int sample, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if (IsKnown(targets[i]))
            {
                _errors[_errors.Length == 1 ? 0 : i].Add(
                    double.CreateChecked(targets[i]), double.CreateChecked(outputs[i]));
            }
        }
    }
}
