using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the guides on parameters of other networks and on gradients from elsewhere.</summary>
internal static class Policy
{
    public static void Copy(Network<float> network, Network<float> pretrained, Network<float> target)
    {
        network.Layer("dense1").CopyParametersFrom(pretrained.Layer("dense1"));
        target.CopyParametersFrom(network, share: 0.005);       // θ ← 0.995·θ + 0.005·θ′
    }

    /// <summary>Learns which action is the best in each state from a reward, 1 for the best one and else 0.</summary>
    public static void Learn(Network<float> policy, Matrix<float> states, int[] best, int steps)
    {
        var random = new Random(1);
        var trainer = new Trainer<float>(policy, new NegativeLogLikelihood(), new Adam(learningRate: 0.02));
        var engine = new BackpropagationEngine<float>(policy);
        Gradients<float> gradients = Gradients.For(policy);
        for (int step = 0; step < steps; step++)
        {
            ReadOnlyMatrixSpan<float> logarithms = engine.Forward(states);      // log π(a|s), actions × states
            Matrix<float> outputGradient = Matrix<float>.Build.Dense(logarithms.Rows, logarithms.Columns);
            for (int j = 0; j < logarithms.Columns; j++)
            {
                int action = Draw(logarithms.Column(j), random);
                outputGradient[action, j] = -Advantage(j, action) / logarithms.Columns;
            }

            engine.Backward(outputGradient, gradients);
            trainer.Step(gradients);
        }

        float Advantage(int state, int action) => (action == best[state] ? 1 : 0) - 0.5f;
    }

    private static int Draw(ReadOnlySpan<float> logarithms, Random random)
    {
        double left = random.NextDouble();
        for (int action = 0; action < logarithms.Length - 1; action++)
        {
            left -= Math.Exp(logarithms[action]);
            if (left < 0)
            {
                return action;
            }
        }

        return logarithms.Length - 1;
    }
}
