namespace NeuralNet.Kinds;

/// <summary>What a component is used as; the names of kinds are unique within a role.</summary>
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
}
