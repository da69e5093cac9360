namespace NeuralNet.Forecasting;

/// <summary>
/// What becomes of the steps of a time series whose values are missing: whole dates, or single values.
/// </summary>
/// <remarks>
/// Whatever stands in for a missing value is only ever an input: no window has it as a target, no scaling is fitted to
/// it and no error is measured against it. What is missing before the first value of a column stays missing, and so,
/// but for <see cref="CarryForward"/>, does what is missing after its last one; windows leave it out.
/// </remarks>
public enum GapPolicy
{
    /// <summary>A missing value is refused, with its place. The default.</summary>
    Refuse,

    /// <summary>
    /// A missing value is on the line between the values before and after it. No window ends within a gap that is
    /// filled so, because the line knows the value behind the gap.
    /// </summary>
    Interpolate,

    /// <summary>A missing value is the last one before it.</summary>
    CarryForward,

    /// <summary>A missing value stays missing: no window contains it, so that the series is cut there.</summary>
    Break,

    /// <summary>
    /// A missing date is no step: those before and after it follow each other, as days of trading do across a holiday.
    /// Missing values at dates that are there are refused.
    /// </summary>
    Close,
}
