namespace NeuralNet.Optimizers;

/// <summary>The settings of the steps of one parameter, which its group may have changed.</summary>
/// <param name="LearningRateFactor">The factor on every learning rate.</param>
/// <param name="L2Penalty">λ of the L2 penalty.</param>
/// <param name="WeightDecay">λ of the decoupled weight decay.</param>
internal readonly record struct UpdateSettings(double LearningRateFactor, double L2Penalty, double WeightDecay)
{
    /// <summary>Whether a step changes values whose gradient is 0, whatever the rule.</summary>
    public bool ShrinksValues => L2Penalty != 0 || WeightDecay != 0;

    /// <summary>The settings of an optimizer for parameters that are in no group.</summary>
    public static UpdateSettings Of(IOptimizer optimizer) => new(1, optimizer.L2Penalty, optimizer.WeightDecay);

    /// <summary>The settings of an optimizer for the parameters of a group.</summary>
    public static UpdateSettings Of(IOptimizer optimizer, ParameterGroup group) => new(
        group.LearningRateFactor,
        group.L2Penalty ?? optimizer.L2Penalty,
        group.WeightDecay ?? optimizer.WeightDecay);
}
