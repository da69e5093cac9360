namespace NeuralNet.Reports.Examining;

/// <summary>What an output answers.</summary>
internal enum OutputTask
{
    /// <summary>Numbers.</summary>
    Numbers,

    /// <summary>One of several classes, or yes or no.</summary>
    Classes,

    /// <summary>A yes-or-no question of its own for each number.</summary>
    Labels,
}
