using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Regularization;

namespace NeuralNet.Tests;

/// <summary>A network with a layer of every kind, ten outputs, penalties and constraints.</summary>
internal static class EveryLayer
{
    public static Network<T> Create<T>(int inputSize)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Network.Create<T>(inputSize, seed: 9)
            .Dense(96, new ReLU(), weightPenalty: new L2Penalty(1e-4), weightConstraint: new MaxNorm(3))
            .BatchNormalization()
            .Activation(new Sigmoid())
            .Residual(
                block => block.LayerNormalization().Dense(128, weightPenalty: new ElasticNetPenalty(1e-5, 1e-5)).PReLU()
                    .Dense(96))
            .Dropout(0.25)
            .PReLU(slopePerFeature: true)
            .Dense(10)
            .Build();
}
