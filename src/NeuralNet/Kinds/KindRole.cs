namespace NeuralNet.Kinds;

/// <summary>What something in a model file can be; names are unique within a role.</summary>
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
    Transform,
}
