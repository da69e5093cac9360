using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Diagnostics;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>Steps with gradients that were not computed by the trainer.</summary>
public sealed class GivenGradientsTests
{
    private readonly Matrix<double> _inputs = TestData.Uniform<double>(3, 20, seed: 2);
    private readonly Matrix<double> _targets = TestData.Uniform<double>(2, 20, seed: 3);

    [Fact]
    public void A_step_with_the_gradients_of_a_batch_is_to_the_bit_the_step_on_that_batch()
    {
        Trainer<double> onBatches = MakeTrainer();
        Trainer<double> onGradients = MakeTrainer();
        onBatches.LearningRateFactor = onGradients.LearningRateFactor = 0.5;
        var engine = new BackpropagationEngine<double>(onGradients.Network, new MeanSquaredError());
        Gradients<double> gradients = Gradients.For(onGradients.Network);
        var clipping = new ClipByGlobalNorm(0.1);
        for (int step = 0; step < 5; step++)
        {
            onBatches.Step(_inputs, _targets, clipping: clipping);
            engine.Compute(_inputs, _targets, gradients);
            double[] before = Values(gradients);
            onGradients.Step(gradients, clipping);
            Values(gradients).Should().Equal(before, "they belong to the caller");
        }

        Parameters(onGradients).Should().Equal(Parameters(onBatches));
        onGradients.StepCount.Should().Be(5);
    }

    [Fact]
    public void Gradients_that_are_not_finite_are_refused_by_name()
    {
        Trainer<double> trainer = MakeTrainer();
        double[] before = Parameters(trainer);
        Gradients<double> gradients = Gradients.For(trainer.Network);
        gradients["dense2.weights"][1, 2] = double.NaN;
        TrainingDivergedException exception =
            trainer.Invoking(t => t.Step(gradients)).Should().Throw<TrainingDivergedException>().Which;
        (exception.Step, exception.Epoch, exception.Batch).Should().Be((1, null, null));
        exception.Message.Should().Contain("the gradient of 'dense2.weights' is not finite");
        Divergence details = exception.Details!;
        (details.Cause, details.Layer, details.Parameter, details.AreParametersUnchanged)
            .Should().Be((DivergenceCause.Gradient, "dense2", "dense2.weights", true));
        (details.Inputs, details.Targets).Should().Be((null, null));
        details.Parameters.Should().HaveCount(trainer.Network.Parameters.Count);
        Parameters(trainer).Should().Equal(before);
        trainer.StepCount.Should().Be(0);

        gradients.Clear();
        trainer.Invoking(t => t.Step(gradients)).Should().NotThrow("a step that was refused leaves nothing behind");
    }

    [Fact]
    public void Gradients_of_another_network_are_refused()
    {
        Trainer<double> trainer = MakeTrainer();
        trainer.Invoking(t => t.Step(Gradients.For(MakeTrainer().Network))).Should().Throw<ArgumentException>()
            .WithParameterName("gradients").WithMessage("*another network*Gradients.For(trainer.Network)*");
        trainer.Invoking(t => t.Step(null!)).Should().Throw<ArgumentNullException>().WithParameterName("gradients");
    }

    [Fact]
    public void A_learning_rate_that_is_not_finite_is_refused()
    {
        Trainer<double> trainer = MakeTrainer(new NoRate());
        trainer.Invoking(t => t.Step(Gradients.For(t.Network))).Should().Throw<InvalidOperationException>()
            .WithMessage("The learning rate of step 1 is NaN*");
        trainer.StepCount.Should().Be(0);
    }

    private static Trainer<double> MakeTrainer(IOptimizer? optimizer = null) =>
        new(
            Network.Create<double>(3, seed: 1)
                .Dense(4, new Tanh(), weightConstraint: new MaxNorm(0.5)).BatchNormalization().Dense(2).Build(),
            new MeanSquaredError(),
            optimizer ?? new Adam());

    private static double[] Parameters(Trainer<double> trainer) =>
        [.. trainer.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static double[] Values(Gradients<double> gradients) =>
        [.. gradients.Network.Parameters.SelectMany(parameter => gradients.Values(parameter).ToArray())];

    private sealed class NoRate : IOptimizer
    {
        public double LearningRate => double.NaN;

        public int SlotCount => 0;

        public void Update<T>(Span<T> parameters, ReadOnlySpan<T> gradients, OptimizerSlots<T> slots, UpdateStep step)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
            throw new NotSupportedException();
    }
}
