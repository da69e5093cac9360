namespace NeuralNet.Schedules;

/// <summary>
/// How the learning rate changes during training: a factor on the optimizer's own rate, step by step. Immutable and
/// without state, so one instance may serve any number of trainers.
/// </summary>
/// <remarks>
/// A step is one batch. Who thinks in epochs multiplies: an epoch has ⌈samples / batch size⌉ steps, so with 60,000
/// samples in batches of 64, "every 10 epochs" is <c>new StepDecay(everySteps: 10 * 938)</c>. Schedules over a whole
/// run need no such figure: they are told how many steps it has.
/// </remarks>
public interface ILearningRateSchedule
{
    /// <summary>The factor of one step.</summary>
    /// <param name="step">Steps made before this one, from 0; a schedule goes on behind the end of the run.</param>
    /// <param name="totalSteps">Steps that the training run makes in all, if it is not stopped before.</param>
    /// <returns>The factor, above or equal to 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="step"/> is below 0, or <paramref name="totalSteps"/> below 1.
    /// </exception>
    double Factor(long step, long totalSteps);
}
