namespace NeuralNet.GradientChecks;

/// <summary>What the random streams of a gradient check are for, so that no two purposes share numbers.</summary>
internal enum GradientCheckPurpose
{
    /// <summary>What layers with randomness draw.</summary>
    Draw = 1,

    /// <summary>How far parameters are moved; then the parameter's place among those checked.</summary>
    Noise = 2,

    /// <summary>Which elements are checked; then the comparison's place among all.</summary>
    Sampling = 3,

    /// <summary>How outputs are combined into one number.</summary>
    Projection = 4,
}
