using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Networks;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>What the guides do with parameters and gradients.</summary>
public sealed class PolicyTests
{
    [Fact]
    public void Parameters_come_from_another_network_and_a_target_follows()
    {
        Network<float> pretrained = Network.Create<float>(3, seed: 1).Dense(4, new ReLU()).Dense(5).Build();
        Network<float> network = Network.Create<float>(3, seed: 2).Dense(4, new ReLU()).Dense(2).Build();
        Network<float> target = Network.Create<float>(3, seed: 3).Dense(4, new ReLU()).Dense(2).Build();
        float before = target.Parameter("dense2.weights")[1, 2];
        Policy.Copy(network, pretrained, target);
        network.Parameter("dense1.weights").Values.ToArray()
            .Should().Equal(pretrained.Parameter("dense1.weights").Values.ToArray());
        target.Parameter("dense2.weights")[1, 2]
            .Should().BeApproximately((0.995f * before) + (0.005f * network.Parameter("dense2.weights")[1, 2]), 1e-6f);
    }

    [Fact]
    public void A_policy_learns_the_best_action_of_every_state_from_rewards()
    {
        Matrix<float> states = Matrix<float>.Build.DenseIdentity(4);
        int[] best = [2, 0, 1, 2];
        Network<float> policy = Network.Create<float>(4, seed: 42)
            .Dense(16, new Tanh())
            .Dense(3, new LogSoftmax())
            .Build();
        Policy.Learn(policy, states, best, steps: 500);
        Matrix<float> logarithms = policy.Predict(states);
        for (int j = 0; j < best.Length; j++)
        {
            logarithms[best[j], j].Should().BeGreaterThan(MathF.Log(0.9f));
        }
    }
}
