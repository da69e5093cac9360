using System.Numerics.Tensors;
using NeuralNet.Activations;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Training;

namespace NeuralNet.Datasets.Tests;

public class GeneratedDigitsTests
{
    [Fact]
    public void The_same_seed_gives_the_same_pixels_and_another_seed_others()
    {
        ImageDataset first = GeneratedDigits.Create(50, 20, seed: 3);
        ImageDataset again = GeneratedDigits.Create(50, 20, seed: 3);
        ImageDataset other = GeneratedDigits.Create(50, 20, seed: 4);

        again.Training.Inputs.Values.SequenceEqual(first.Training.Inputs.Values).Should().BeTrue();
        again.Test.Inputs.Values.SequenceEqual(first.Test.Inputs.Values).Should().BeTrue();
        other.Training.Inputs.Values.SequenceEqual(first.Training.Inputs.Values).Should().BeFalse();
        first.Test.Inputs.Values.SequenceEqual(first.Training.Inputs.Values[..first.Test.Inputs.Values.Length])
            .Should().BeFalse("the test must not be learnt by heart");
    }

    [Fact]
    public void They_look_like_MNIST_to_a_program()
    {
        ImageDataset data = GeneratedDigits.Create(1000, 100, seed: 1);

        data.Shape.Should().Be(new FeatureShape(28, 28, 1));
        data.Classes.Should().HaveCount(10);
        ReadOnlySpan<float> inputs = data.Training.Inputs.Values;
        TensorPrimitives.Min(inputs).Should().Be(0);
        TensorPrimitives.Max(inputs).Should().Be(1);
        float mean = TensorPrimitives.Sum(inputs) / inputs.Length;
        mean.Should().BeInRange(0.07f, 0.2f, "a light stroke on a dark ground; MNIST's mean is 0.13");
        int greys = inputs.ToArray().Count(pixel => pixel is > 0.1f and < 0.7f);
        greys.Should().BeGreaterThan(inputs.Length / 50, "edges are smooth");
    }

    [Fact]
    public void Every_digit_is_as_frequent_as_any_other()
    {
        ImageDataset data = GeneratedDigits.Create(200, 50, seed: 1);

        for (int digit = 0; digit < 10; digit++)
        {
            Count(data.Training.Targets.ToMatrix().Row(digit)).Should().Be(20);
            Count(data.Test.Targets.ToMatrix().Row(digit)).Should().Be(5);
        }

        static float Count(MathNet.Numerics.LinearAlgebra.Vector<float> row) => row.Sum();
    }

    [Fact]
    public void A_small_network_learns_them()
    {
        ImageDataset data = GeneratedDigits.Create(4000, 500, seed: 1);
        Network<float> network = Network.Create<float>(28 * 28, seed: 1).Dense(48, new ReLU()).Dense(10).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(0.003));

        trainer.Fit(data.Training, new FitOptions<float> { Epochs = 6, BatchSize = 32 });

        trainer.Evaluate(data.Test, [new Accuracy()]).Metrics["accuracy"].Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void Results_on_them_say_so()
    {
        ImageDataset data = GeneratedDigits.Create(10, 10, seed: 1);

        data.Origin.Should().Be(DatasetOrigin.Generated);
        data.Name.Should().Be("generated digits");
        data.ToString().Should().Be(
            "generated digits: 10 training images and 10 for tests, 28 × 28 × 1, 10 classes; from this program, which "
            + "drew them");
    }

    [Fact]
    public void Drawing_them_can_be_interrupted()
    {
        Action create = () => GeneratedDigits.Create(10, 10, seed: 1, new CancellationToken(canceled: true));

        create.Should().Throw<OperationCanceledException>();
    }
}
