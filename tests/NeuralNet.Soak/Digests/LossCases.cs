using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;

namespace NeuralNet.Soak.Digests;

/// <summary>Every loss.</summary>
internal static class LossCases
{
    private const int Outputs = 3;

    private static readonly double[] _classWeights = [0.5, 2, 1.25, 1, 0.75];

    public static IEnumerable<DigestCase<T>> All<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        DataSet<T> real = Samples.WithTargets<T>(-1, 1, Outputs);
        DataSet<T> shares = Samples.WithTargets<T>(0, 1, Outputs);
        DataSet<T> labelled = Samples.Labelled<T>();
        return
        [
            Case("mean squared error", new MeanSquaredError(), real),
            Case("mean absolute error", new MeanAbsoluteError(), real),
            Case("Huber", new Huber(0.5), real),
            Case("log-cosh", new LogCosh(), real),
            Case("binary cross-entropy", new BinaryCrossEntropy(), shares, new Sigmoid()),
            Case("sigmoid cross-entropy", new SigmoidCrossEntropy(3), shares),
            Case("softmax cross-entropy, smoothed", new SoftmaxCrossEntropy(0.1, _classWeights), labelled),
            Case("negative log-likelihood", new NegativeLogLikelihood(_classWeights), labelled, new LogSoftmax()),
            Case(
                "Kullback-Leibler divergence",
                new KullbackLeiblerDivergence(),
                Samples.WithDistributions<T>(Outputs),
                new LogSoftmax()),
            Case("hinge", new Hinge(), Samples.WithSigns<T>(Outputs)),
            Case("squared hinge", new SquaredHinge(), Samples.WithSigns<T>(Outputs)),
            Case("Poisson, logarithms", new Poisson(), shares),
            Case("Poisson, rates", new Poisson(logInput: false), shares, new Softplus()),
            Case("quantile", new QuantileLoss(0.05, 0.5, 0.95), real),
            Case("cosine similarity", new CosineSimilarity(), real),
        ];
    }

    private static DigestCase<T> Case<T>(string name, ILoss loss, DataSet<T> data, IActivation? last = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        CaseBuilder.Case(
            $"loss: {name}",
            () => Network.Create<T>(data.InputSize, seed: 3).Dense(24, new Tanh()).Dense(data.TargetSize, last).Build(),
            data,
            loss,
            new Sgd(0.05, momentum: 0.9),
            CaseBuilder.Options<T>());
}
