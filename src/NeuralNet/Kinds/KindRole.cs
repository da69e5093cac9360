namespace NeuralNet.Kinds;

/// <summary>The role of a component in a network or a training; the names of kinds are unique within a role.</summary>
internal enum KindRole
{
    Layer,
    Activation,
    Penalty,
    Constraint,
    Loss,
    Optimizer,
    Schedule,
    Clipping,
    Augmentation,
    Transform,
    Merge,
    Calibration,
}
