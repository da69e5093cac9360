using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>The settings of a figure of score curves: how outputs become scores, and how curves are averaged.</summary>
/// <param name="Figure">The figure of one curve.</param>
/// <param name="FromLogits">Whether outputs of classes are logits; by their scale if null.</param>
/// <param name="ClassIndex">The class or label that is measured; if null, all are.</param>
internal sealed record CurveScore(CurveFigure Figure, bool? FromLogits, int? ClassIndex)
{
    /// <summary>The way the curves of several classes or labels are averaged.</summary>
    public Averaging Averaging
    {
        get;
        init
        {
            field = Require.Defined(value, nameof(Averaging)) != Averaging.Binary
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(Averaging),
                    value,
                    $"The curves of classes are averaged as {nameof(Averaging.Macro)}, {nameof(Averaging.Micro)} or "
                    + $"{nameof(Averaging.Weighted)}; two classes have one curve in any case.");
        }
    } = Averaging.Macro;

    /// <summary>The name of the metric.</summary>
    public string Name => ClassIndex is { } index ? $"{Figure.Name}_class_{index}" : Averaging switch
    {
        Averaging.Micro => $"{Figure.Name}_micro",
        Averaging.Weighted => $"{Figure.Name}_weighted",
        _ => Figure.Name,
    };

    /// <summary>Starts a measurement; refuses outputs without the class or label, if their number is known.</summary>
    public ScoreAccumulator Start(string metric, OutputDescription outputs, OutputMeaning? meaning)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        var accumulator = new ScoreAccumulator(this, new OutputReading(metric, outputs, meaning: meaning));
        if (outputs.Count is { } count)
        {
            accumulator.RequireClass(count);
        }

        return accumulator;
    }
}
