namespace NeuralNet.Losses;

/// <summary>What is made of the losses of several samples.</summary>
public enum LossReduction
{
    /// <summary>Their mean, as in training.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}
