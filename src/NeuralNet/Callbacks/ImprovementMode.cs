namespace NeuralNet.Callbacks;

/// <summary>The meaning of the difference that a figure must exceed to count as improved.</summary>
public enum ImprovementMode
{
    /// <summary>A difference d in the unit of the figure: lower than best − d, or higher than best + d.</summary>
    Absolute,

    /// <summary>
    /// A share s of the best figure so far, as PyTorch's threshold mode "rel": lower than best − s·|best|, or higher
    /// than best + s·|best|. (PyTorch takes best·(1 − s) and best·(1 + s), which differ where the best is negative.)
    /// </summary>
    Relative,
}
