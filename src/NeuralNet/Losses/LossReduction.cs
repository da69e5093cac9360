namespace NeuralNet.Losses;

/// <summary>The way losses of several samples are combined.</summary>
public enum LossReduction
{
    /// <summary>Their mean, as in training.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}
