using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Backpropagation;

/// <summary>A loss that would misread what the last layer gives is refused, and the message says what to do.</summary>
public sealed class OutputPairingTests
{
    public static TheoryData<IActivation, ILoss, string> Mistakes { get; } = new()
    {
        {
            new Softmax(), new SoftmaxCrossEntropy(),
            "The loss 'softmax cross-entropy' takes logits and turns them into probabilities itself, but "
            + "'dense1' ends in Softmax, which gives probabilities already. Leave 'dense1' without an activation.*"
        },
        {
            new Sigmoid(), new SigmoidCrossEntropy(),
            "*takes logits*ends in Sigmoid, which gives probabilities already. Leave*"
        },
        {
            new LogSoftmax(), new SoftmaxCrossEntropy(),
            "*takes logits*ends in LogSoftmax, which gives logarithms of probabilities already. Leave*"
        },
        {
            new Identity(), new BinaryCrossEntropy(),
            "*takes probabilities, but 'dense1' ends in Identity, which gives real numbers. End 'dense1' in "
            + "Sigmoid or Softmax, or use*logits.*"
        },
        {
            new LogSigmoid(), new BinaryCrossEntropy(),
            "*takes probabilities, but*LogSigmoid, which gives logarithms of probabilities already. End 'dense1' "
            + "in Sigmoid*"
        },
        {
            new Identity(), new NegativeLogLikelihood(),
            "*takes logarithms of probabilities, but*Identity, which gives real numbers. End 'dense1' in LogSoftmax.*"
        },
        {
            new Softmax(), new KullbackLeiblerDivergence(),
            "*takes logarithms of probabilities, but*Softmax, which gives probabilities already. End 'dense1' in "
            + "LogSoftmax.*"
        },
    };

    public static TheoryData<IActivation, ILoss> Pairs { get; } = new()
    {
        { new Identity(), new SoftmaxCrossEntropy() },
        { new Sigmoid(), new BinaryCrossEntropy() },
        { new Softmax(), new BinaryCrossEntropy() },
        { new LogSoftmax(), new NegativeLogLikelihood() },
        { new LogSoftmax(), new KullbackLeiblerDivergence() },
        { new Sigmoid(), new MeanSquaredError() },
        { new LogSoftmax(), new MeanSquaredError() },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void What_the_loss_would_misread_is_refused(IActivation last, ILoss loss, string message) =>
        FluentActions.Invoking(() => Make(last, loss))
            .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(nameof(loss));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_it_understands_is_taken(IActivation last, ILoss loss) =>
        Make(last, loss).Network.OutputSize.Should().Be(3);

    private static BackpropagationEngine<double> Make(IActivation last, ILoss loss) =>
        new(Network.Create<double>(2, seed: 1).Dense(3, last).Build(), loss);
}
