namespace NeuralNet.Diagnostics;

/// <summary>The place of the first number that is not finite.</summary>
public enum DivergenceCause
{
    /// <summary>In the inputs of the batch.</summary>
    Inputs,

    /// <summary>In the targets of the batch.</summary>
    Targets,

    /// <summary>In a parameter: the update before made it overflow, or it was set so.</summary>
    Parameter,

    /// <summary>In the outputs of a layer.</summary>
    Layer,

    /// <summary>In the loss, though the outputs of the network are finite.</summary>
    Loss,

    /// <summary>In the gradient of a parameter, though the loss is finite.</summary>
    Gradient,
}
