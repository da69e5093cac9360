using System.Globalization;
using System.Numerics;
using NeuralNet.Decisions;

namespace NeuralNet.Reports.Examining;

/// <summary>Compares what one output gives with what it should.</summary>
internal abstract class OutputExaminer<T>(OutputPlan plan)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The output.</summary>
    protected OutputPlan Plan => plan;

    /// <summary>Makes the one for an output.</summary>
    /// <param name="plan">The output.</param>
    /// <param name="names">The names of classes, labels or numbers; numbers from 0 if null.</param>
    /// <param name="samples">Number of samples that will come.</param>
    public static OutputExaminer<T> For(OutputPlan plan, IReadOnlyList<string>? names, int samples) => plan.Task switch
    {
        OutputTask.Classes => new ClassExaminer<T>(plan, NamesOf(Math.Max(2, plan.Width), names)),
        OutputTask.Labels => new LabelExaminer<T>(plan, NamesOf(plan.Width, names)),
        _ => new NumberExaminer<T>(plan, names, samples),
    };

    /// <summary>Takes in a sample.</summary>
    public void Add(int sample, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
    {
        for (int step = 0; step < plan.Steps; step++)
        {
            int first = plan.Start + (step * plan.Width);
            AddAnswer(sample, outputs.Slice(first, plan.Width), targets.Slice(first, plan.Width));
        }
    }

    /// <summary>What there is to see; pictures of samples are made where they are needed.</summary>
    public abstract ExaminedOutput Finish(Func<int, SamplePicture?> picture);

    /// <summary>Takes in one answer of a sample.</summary>
    protected abstract void AddAnswer(int sample, ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets);

    /// <summary>Whether a target is known.</summary>
    protected bool IsKnown(T target) => plan.Mask is not { } mask || target != T.CreateChecked(mask);

    /// <summary>Whether a number above the threshold answers yes.</summary>
    protected bool IsYes(T output) => Decision.IsAbove(output, plan.Threshold);

    /// <summary>The names that were given, if there is one for each; their numbers otherwise.</summary>
    protected static IReadOnlyList<string> NamesOf(int count, IReadOnlyList<string>? names) =>
        names?.Count == count
            ? names
            : [.. Enumerable.Range(0, count).Select(index => index.ToString(CultureInfo.InvariantCulture))];
}
