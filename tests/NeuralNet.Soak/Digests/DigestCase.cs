using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Training;

namespace NeuralNet.Soak.Digests;

/// <summary>A short training whose bits are recorded.</summary>
/// <param name="Name">The name of its line.</param>
/// <param name="Network">Builds the network.</param>
/// <param name="Inputs">The samples that the trained network predicts.</param>
/// <param name="Train">Trains the network by a team.</param>
internal sealed record DigestCase<T>(
    string Name, Func<Network<T>> Network, Matrix<T> Inputs, Func<Network<T>, Team, TrainingHistory> Train)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Trains and takes the digests of what came out.</summary>
    public TrainingDigest Run(Team team)
    {
        Network<T> network = Network();
        TrainingHistory history = Train(network, team);
        return TrainingDigest.Of(network, network.Predict(Inputs), history);
    }
}
