namespace NeuralNet.Schedules;

/// <summary>
/// A schedule of the learning rate: a factor on the optimizer's own rate for every training step. Immutable and without
/// state, so one instance may serve any number of trainers.
/// </summary>
/// <remarks>
/// A step is one batch. To give a time in epochs, multiply: an epoch has ⌈samples / batch size⌉ steps, so with 60,000
/// samples in batches of 64, "every 10 epochs" is <c>new StepDecay(everySteps: 10 * 938)</c>. Schedules over a whole
/// run need no such number: they are given the number of its steps.
/// </remarks>
public interface ILearningRateSchedule
{
    /// <summary>The factor of one step.</summary>
    /// <param name="step">Steps made before this one, from 0; a schedule goes on after the end of the run.</param>
    /// <param name="totalSteps">Total number of steps of the training run, if it is not stopped early.</param>
    /// <returns>The factor, at least 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="step"/> is below 0, or <paramref name="totalSteps"/> below 1.
    /// </exception>
    double Factor(long step, long totalSteps);
}
