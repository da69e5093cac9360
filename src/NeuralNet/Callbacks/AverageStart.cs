namespace NeuralNet.Callbacks;

/// <summary>
/// How an exponential moving average comes away from its first value: with a decay β near 1, that has a large part in
/// it for long, β^(t − 1) after t steps.
/// </summary>
public enum AverageStart
{
    /// <summary>
    /// It keeps its part: β in every step, as in PyTorch's <c>AveragedModel</c> with <c>get_ema_multi_avg_fn</c>, and
    /// in timm's <c>ModelEmaV2</c>. For runs that are long beside 1/(1 − β) steps.
    /// </summary>
    FirstParameters,

    /// <summary>
    /// No step has a larger part than its age gives it: the mean of all steps so far, in which each counts β times as
    /// much as the next, as in Adam's moments. TensorFlow's <c>zero_debias</c>.
    /// </summary>
    BiasCorrected,

    /// <summary>
    /// The decay grows to β: min(β, (1 + t) / (10 + t)) in step t, so that the average is that of about the last tenth
    /// of the steps until then. TensorFlow's <c>num_updates</c>.
    /// </summary>
    GrowingDecay,
}
