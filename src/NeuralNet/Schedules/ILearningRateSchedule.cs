namespace NeuralNet.Schedules;

/// <summary>
/// How the learning rate changes during training: a factor on the optimizer's own rate, step by step. Immutable and
/// without state, so one instance may serve any number of trainers.
/// </summary>
public interface ILearningRateSchedule
{
    /// <summary>The factor of one step.</summary>
    /// <param name="step">Steps made before this one, from 0.</param>
    /// <param name="totalSteps">Steps that the training run makes in all, if it is not stopped before.</param>
    /// <returns>The factor, above or equal to 0.</returns>
    double Factor(long step, long totalSteps);
}
