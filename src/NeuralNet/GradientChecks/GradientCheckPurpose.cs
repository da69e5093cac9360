namespace NeuralNet.GradientChecks;

/// <summary>The purposes of the random streams of a gradient check, so that no two share numbers.</summary>
internal enum GradientCheckPurpose
{
    /// <summary>Random numbers of layers such as dropout.</summary>
    Draw = 1,

    /// <summary>The noise on parameters; then the parameter's index among those checked.</summary>
    Noise = 2,

    /// <summary>The choice of elements; then the comparison's index.</summary>
    Sampling = 3,

    /// <summary>The weights that combine outputs into one number.</summary>
    Projection = 4,
}
