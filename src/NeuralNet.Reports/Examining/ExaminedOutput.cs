namespace NeuralNet.Reports.Examining;

/// <summary>What the trained network makes of some data in one of its outputs.</summary>
/// <param name="Name">The name of the output; empty if the network has one only.</param>
internal abstract record ExaminedOutput(string Name);

/// <summary>An output that tells classes apart.</summary>
/// <param name="Name">The name of the output; empty if the network has one only.</param>
/// <param name="Counts">How often samples of each class were taken for each.</param>
/// <param name="Mistakes">The surest mistakes, the surest first.</param>
internal sealed record ExaminedClasses(string Name, ClassTally Counts, IReadOnlyList<Mistake> Mistakes)
    : ExaminedOutput(Name);

/// <summary>An output of labels, each a yes-or-no question of its own.</summary>
/// <param name="Name">The name of the output; empty if the network has one only.</param>
/// <param name="Labels">The counts of each label.</param>
internal sealed record ExaminedLabels(string Name, IReadOnlyList<LabelTally> Labels) : ExaminedOutput(Name);

/// <summary>An output of numbers.</summary>
/// <param name="Name">The name of the output; empty if the network has one only.</param>
/// <param name="Errors">The errors of each number, or of all together.</param>
internal sealed record ExaminedNumbers(string Name, IReadOnlyList<ErrorTally> Errors) : ExaminedOutput(Name);
