namespace NeuralNet.Samples.Digits;

/// <summary>
/// Estimates the time that the rest of a training takes, from its speed since the first report. What came before that,
/// such as compiling or the epochs of a resumed run, says nothing about the rest.
/// </summary>
internal sealed class RemainingTime(TimeProvider clock)
{
    // A shorter time says too little about the speed.
    private static readonly TimeSpan _least = TimeSpan.FromSeconds(1);

    private (long Time, double Done)? _first;

    /// <summary>The time that is left; null as long as it cannot be known.</summary>
    /// <param name="done">The amount that is done, such as batches.</param>
    /// <param name="total">The whole amount.</param>
    public TimeSpan? Estimate(double done, double total)
    {
        (long time, double doneAtFirst) = _first ??= (clock.GetTimestamp(), done);
        TimeSpan elapsed = clock.GetElapsedTime(time);
        if (elapsed < _least || done <= doneAtFirst)
        {
            return null;
        }

        double seconds = elapsed.TotalSeconds * (total - done) / (done - doneAtFirst);
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Writes a time as hours, minutes and seconds; nothing if it is not known.</summary>
    public static string Format(TimeSpan? remaining) => remaining is { } time
        ? FormattableString.Invariant($"{Math.Floor(time.TotalHours)}:{time:mm\\:ss} left")
        : "";
}
