using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.GradientChecks;
using NeuralNet.Losses;
using NeuralNet.ModelSelection;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Traces;
using NeuralNet.Training;

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
            + "Sigmoid or Softmax, or use*logits*"
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

    [Fact]
    public void Every_way_to_a_loss_refuses_what_it_would_misread()
    {
        var loss = new SoftmaxCrossEntropy();
        Network<double> network = Twice(b => b.Dense(3, new Softmax()));
        Matrix<double> inputs = Matrix<double>.Build.Random(2, 6, 1);
        Matrix<double> targets = OneHot.Encode<double>([0, 1, 2, 0, 1, 2], 3);
        var data = new DataSet<double>(inputs, targets);
        Action[] ways =
        [
            () => _ = new BackpropagationEngine<double>(network, loss),
            () => _ = new Evaluator<double>(network, loss),
            () => _ = new Trainer<double>(network, loss, new Adam()),
            () => GradientCheck.Run(network, loss, inputs, targets),
            () => BackpropagationTrace.Run(network, loss, inputs.Column(0), targets.Column(0)),
            () => CrossValidation.Run(data, 2, seed: 1, () => new Trainer<double>(network, loss, new Adam())),
            () => HyperparameterSearch.Grid(
                [Hyperparameter.Choice("rate", 0.1)],
                HyperparameterSearch.ByValidation(
                    data, data, _ => new Trainer<double>(network, loss, new Adam()))),
        ];
        foreach (Action way in ways)
        {
            way.Should().Throw<ArgumentException>().WithMessage("*ends in Softmax, which gives probabilities*");
        }
    }

    [Fact]
    public void What_a_prediction_passes_unchanged_hides_no_activation()
    {
        Func<NetworkBuilder<double>, NetworkBuilder<double>>[] ends =
        [
            b => b.Dense(3).Activation(new Softmax()),
            b => b.Dense(3, new Softmax()).Dropout(),
            b => b.Dense(3, new Softmax()).Activation(new Identity()),
            b => b.Dense(3, new Softmax()).Dropout().Activation(new Identity()),
        ];
        foreach (Func<NetworkBuilder<double>, NetworkBuilder<double>> end in ends)
        {
            FluentActions.Invoking(() => new Evaluator<double>(Twice(end), new SoftmaxCrossEntropy()))
                .Should().Throw<ArgumentException>().WithMessage("*ends in Softmax, which*Leave*");
        }

        new Evaluator<double>(Twice(b => b.Dense(3).Dropout()), new SoftmaxCrossEntropy()).Should().NotBeNull();
        new Evaluator<double>(Twice(b => b.Dense(3).BatchNormalization()), new SoftmaxCrossEntropy())
            .Should().NotBeNull();
    }

    private static Network<double> Twice(Func<NetworkBuilder<double>, NetworkBuilder<double>> end) =>
        end(Network.Create<double>(2, seed: 1)).Build();

    private static BackpropagationEngine<double> Make(IActivation last, ILoss loss) =>
        new(Network.Create<double>(2, seed: 1).Dense(3, last).Build(), loss);
}
