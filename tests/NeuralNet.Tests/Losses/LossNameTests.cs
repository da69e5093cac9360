using NeuralNet.Losses;

namespace NeuralNet.Tests.Losses;

public sealed class LossNameTests
{
    [Fact]
    public void A_loss_is_called_as_people_call_it() =>
        LossCatalogue.OfOneOutput(2).Select(entry => entry.Loss).DistinctBy(loss => loss.GetType())
            .ToDictionary(loss => loss.GetType(), loss => loss.Name)
            .Should().BeEquivalentTo(new Dictionary<Type, string>
            {
                [typeof(MeanSquaredError)] = "mean squared error",
                [typeof(MeanAbsoluteError)] = "mean absolute error",
                [typeof(Huber)] = "Huber loss",
                [typeof(LogCosh)] = "log-cosh loss",
                [typeof(BinaryCrossEntropy)] = "binary cross-entropy",
                [typeof(SigmoidCrossEntropy)] = "sigmoid cross-entropy",
                [typeof(SoftmaxCrossEntropy)] = "softmax cross-entropy",
                [typeof(NegativeLogLikelihood)] = "negative log-likelihood",
                [typeof(KullbackLeiblerDivergence)] = "Kullback-Leibler divergence",
                [typeof(Hinge)] = "hinge loss",
                [typeof(SquaredHinge)] = "squared hinge loss",
                [typeof(Poisson)] = "Poisson loss",
                [typeof(QuantileLoss)] = "quantile loss",
                [typeof(MaskedLoss)] = "sigmoid cross-entropy",
                [typeof(SigmoidFocalLoss)] = "sigmoid focal loss",
                [typeof(SoftmaxFocalLoss)] = "softmax focal loss",
                [typeof(CategoricalCrossEntropy)] = "categorical cross-entropy",
                [typeof(DiceLoss)] = "Dice loss",
                [typeof(MeanSquaredLogarithmicError)] = "mean squared logarithmic error",
                [typeof(MeanAbsolutePercentageLoss)] = "mean absolute percentage error",
                [typeof(GaussianNegativeLogLikelihood)] = "Gaussian negative log-likelihood",
                [typeof(TripletLoss)] = "triplet loss",
                [typeof(ContrastiveLoss)] = "contrastive loss",
                [typeof(LossPerStep)] = "softmax cross-entropy per step",
                [typeof(CosineSimilarity)] = "cosine similarity",
            });
}
