using NeuralNet.Evaluation;
using NeuralNet.Networks;
using NeuralNet.Training;

namespace NeuralNet.Ensembles;

/// <summary>A member of an ensemble as it was trained.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Network">
/// The network; the ensemble has a copy of it, so that training it further changes no prediction.
/// </param>
/// <param name="History">The training run.</param>
/// <param name="LeftOut">
/// Loss and metrics on the samples that the member was not trained on; null if there were none.
/// </param>
public sealed record EnsembleMember<T>(Network<T> Network, TrainingHistory History, EvaluationResult? LeftOut)
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>;
