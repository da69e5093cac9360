using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Losses;

public sealed class LossPerOutputTests
{
    private static readonly FeatureLayout _outputs = new(("price", 2), ("kind", 3));

    [Fact]
    public void It_is_the_weighted_sum_of_the_losses_of_the_outputs()
    {
        var price = new Huber(0.5);
        var kind = new SoftmaxCrossEntropy(labelSmoothing: 0.1, classWeights: [1, 2, 3]);
        var loss = new LossPerOutput(
            _outputs, new OutputLoss("kind", kind, weight: 0.25), new OutputLoss("price", price));
        Matrix<double> o = TestData.Uniform<double>(5, 4, seed: 1);
        Matrix<double> t = TestData.Uniform<double>(5, 4, seed: 2);
        (double[] losses, double[] gradient) = Compute(loss, o, t);
        (double[] ofPrice, double[] priceGradient) = Compute(price, Rows(o, 0, 2), Rows(t, 0, 2));
        (double[] ofKind, double[] kindGradient) = Compute(kind, Rows(o, 2, 3), Rows(t, 2, 3));
        losses.Should().Equal(ofPrice.Zip(ofKind, (p, k) => p + (0.25 * k)));
        for (int j = 0; j < 4; j++)
        {
            gradient[(j * 5)..][..2].Should().Equal(priceGradient[(j * 2)..][..2]);
            gradient[((j * 5) + 2)..][..3].Should().Equal(kindGradient[(j * 3)..][..3].Select(g => 0.25 * g));
        }
    }

    [Fact]
    public void Its_gradient_is_right_through_a_network()
    {
        Network<double> network = Network.Create<double>(seed: 1)
            .Input("image", new FeatureShape(4, 4, 2)).Input("table", 3)
            .Branches(
                Merge.Concatenation,
                image => image.From("image").Convolution(3, 3, activation: new Tanh()).Flatten(),
                table => table.From("table").Dense(4, new Sigmoid()))
            .Output("price", price => price.Dense(2))
            .Output("kind", kind => kind.Dense(4, new Tanh()).Dense(3))
            .Build();
        Matrix<double> targets =
            TestData.Uniform<double>(2, 5, seed: 3).Stack(Matrix<double>.Build.DenseIdentity(3, 5));
        GradientCheckReport report = GradientCheck.Run(
            network,
            new LossPerOutput(
                network.Outputs,
                new OutputLoss("price", new MeanSquaredError()),
                new OutputLoss("kind", new SoftmaxCrossEntropy(), weight: 0.3)),
            TestData.Uniform<double>(35, 5, seed: 2),
            targets);
        report.EnsurePassed();
        report.Comparisons.Should().OnlyContain(c => c.WorstRelativeError <= 1e-7);
    }

    [Fact]
    public void It_has_a_name_that_says_what_is_summed() =>
        new LossPerOutput(
            _outputs,
            new OutputLoss("kind", new SoftmaxCrossEntropy(), weight: 0.25),
            new OutputLoss("price", new MeanSquaredError())).Name
            .Should().Be("mean squared error of price + 0.25·softmax cross-entropy of kind");

    [Fact]
    public void Each_output_needs_one_loss()
    {
        var price = new OutputLoss("price", new MeanSquaredError());
        Refused(() => new LossPerOutput(_outputs, price), "The output 'kind' has no loss*weight 0*");
        Refused(() => new LossPerOutput(_outputs, price, price), "The output 'price' has two losses*");
        Refused(
            () => new LossPerOutput(_outputs, new OutputLoss("prices", new MeanSquaredError())),
            "There is no 'prices'*Did you mean 'price'?*");
        Refused(() => new OutputLoss("price", new MeanSquaredError(), weight: -1), "*at least 0*");
        Refused(
            () => new OutputLoss("a", new LossPerOutput(new(("b", 1)), new OutputLoss("b", new MeanSquaredError()))),
            "*must be that of one output*");
    }

    [Fact]
    public void A_pair_that_does_not_fit_is_refused_by_the_name_of_the_output()
    {
        Network<float> network = Network.Create<float>(4, seed: 1)
            .Output("price", price => price.Dense(2))
            .Output("kind", kind => kind.Dense(3, new Softmax()))
            .Build();
        Refused(
            () => new BackpropagationEngine<float>(
                network,
                new LossPerOutput(
                    network.Outputs,
                    new OutputLoss("price", new MeanSquaredError()),
                    new OutputLoss("kind", new SoftmaxCrossEntropy()))),
            "The output 'kind': The loss 'softmax cross-entropy' takes logits*ends in Softmax*");
        Refused(
            () => new BackpropagationEngine<float>(network, new SigmoidCrossEntropy()),
            "The loss 'sigmoid cross-entropy' is that of one output, but the network has 2: price: 2, kind: 3.*"
            + "new LossPerOutput(network.Outputs, new OutputLoss(\"price\", …), …)*");
        Refused(
            () => new BackpropagationEngine<float>(
                network,
                new LossPerOutput(
                    new(("price", 3), ("kind", 2)),
                    new OutputLoss("price", new MeanSquaredError()),
                    new OutputLoss("kind", new MeanSquaredError()))),
            "The loss is for the outputs price: 3, kind: 2, but those of the network are price: 2, kind: 3*");
    }

    private static (double[] Losses, double[] Gradient) Compute(ILoss loss, Matrix<double> o, Matrix<double> t)
    {
        double[] losses = new double[o.ColumnCount];
        double[] gradient = new double[o.RowCount * o.ColumnCount];
        loss.Compute<double>(o, t, losses, new MatrixSpan<double>(gradient, o.RowCount, o.ColumnCount));
        return (losses, gradient);
    }

    private static Matrix<double> Rows(Matrix<double> matrix, int first, int count) =>
        matrix.SubMatrix(first, count, 0, matrix.ColumnCount);

    private static void Refused(Func<object> action, string message) =>
        FluentActions.Invoking(action).Should().Throw<ArgumentException>().WithMessage(message);
}
