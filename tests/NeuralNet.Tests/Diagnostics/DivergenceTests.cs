using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Initializers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Diagnostics;

public sealed class DivergenceTests
{
    private readonly Network<float> _network = Network.Create<float>(3, seed: 1).Dense(4, new ReLU()).Dense(2).Build();

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinity")]
    [InlineData(float.NegativeInfinity, "−infinity")]
    public void An_input_is_named_with_its_row_and_its_sample(float value, string text)
    {
        Matrix<float> inputs = Matrix<float>.Build.Dense(3, 5, 0.5f);
        inputs[2, 3] = value;
        inputs[0, 4] = float.NaN;
        TrainingDivergedException exception = Step(inputs, Matrix<float>.Build.Dense(2, 5, 0.25f));
        exception.Message.Should().Contain($"The first is {text}, in row 2 (the feature) of column 3 (the sample)");
        Divergence details = exception.Details!;
        details.ToString()
            .Should().StartWith(details.Description).And.Contain("Largest magnitudes: inputs").And.EndWith(".");
        (details.Cause, details.Row, details.Column, details.AreParametersUnchanged)
            .Should().Be((DivergenceCause.Inputs, 2, 3, true));
        details.Inputs.Should().Be(new Magnitude("inputs", 0.5, IsFinite: false));
        details.Targets.Should().Be(new Magnitude("targets", 0.25, IsFinite: true));
    }

    [Fact]
    public void A_target_is_named_with_its_row_and_its_sample()
    {
        Matrix<float> targets = Matrix<float>.Build.Dense(2, 5, 0.25f);
        targets[1, 4] = float.NaN;
        Divergence details = Step(Matrix<float>.Build.Dense(3, 5, 0.5f), targets).Details!;
        (details.Cause, details.Row, details.Column).Should().Be((DivergenceCause.Targets, 1, 4));
    }

    [Fact]
    public void A_layer_that_overflows_is_named_with_all_magnitudes()
    {
        _network.Parameter("dense1.weights").Values.Fill(2);
        _network.Parameter("dense2.weights").Values.Fill(float.MaxValue);
        TrainingDivergedException exception = Step(
            Matrix<float>.Build.Dense(3, 5, 0.5f), Matrix<float>.Build.Dense(2, 5, 0.25f));
        Divergence details = exception.Details!;
        (details.Cause, details.Layer, details.Parameter).Should().Be((DivergenceCause.Layer, "dense2", null));
        details.Layers
            .Should().Equal(new Magnitude("dense1", 3, IsFinite: true), new Magnitude("dense2", 0, IsFinite: false));
        details.Parameters.Select(m => m.Name)
            .Should().Equal("dense1.weights", "dense1.biases", "dense2.weights", "dense2.biases");
        details.Parameters[2].Largest.Should().Be(float.MaxValue);
        details.Gradients.Should().HaveCount(4);
        exception.Message
            .Should().Contain(
                "Largest magnitudes: inputs 0.5; outputs of dense2 0 and not finite, dense1 3; values of "
                + "dense2.weights 3.4E+38");
    }

    [Fact]
    public void A_parameter_that_is_not_finite_is_named()
    {
        _network.Parameter("dense2.biases").Values[1] = float.NaN;
        TrainingDivergedException exception = Step(
            Matrix<float>.Build.Dense(3, 5, 0.5f), Matrix<float>.Build.Dense(2, 5, 0.25f));
        Divergence details = exception.Details!;
        (details.Cause, details.Layer, details.Parameter, details.Row, details.Column)
            .Should().Be((DivergenceCause.Parameter, "dense2", "dense2.biases", 1, 0));
        exception.Message
            .Should().Contain("before the parameters were changed: the parameter 'dense2.biases' is not finite.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_update_that_overflows_is_noticed_at_the_end_of_the_epoch_and_names_the_parameter(int threads)
    {
        // The loss and the gradients are finite, and would be in the next step too: −∞ behind a ReLU is 0.
        Network<float> network = Network.Create<float>(600, seed: 1).Dense(700, new ReLU()).Dense(1).Build();
        Matrix<float> inputs = Matrix<float>.Build.Dense(600, 40, 1);
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd(1e38), threads: threads);
        TrainingDivergedException exception = trainer
            .Invoking(
                t =>
                    t.Fit(new DataSet<float>(inputs, Matrix<float>.Build.Dense(1, 40, 1000)), new() { BatchSize = 40 }))
            .Should().Throw<TrainingDivergedException>().Which;
        exception.Message.Should().StartWith(
            "Training stopped in step 1 (epoch 1, batch 1), after the parameters were changed: the parameter "
            + "'dense1.weights' is not finite after an update with the learning rate 1E+38.");
        Divergence details = exception.Details!;
        (details.Cause, details.Parameter, details.AreParametersUnchanged)
            .Should().Be((DivergenceCause.Parameter, "dense1.weights", false));
        details.Gradients.Should().OnlyContain(m => m.IsFinite).And.HaveCount(4);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 1, 1, 2)]
    [InlineData(2, 2, 1, 2)]
    [InlineData(2, 3, 2, 3)]
    [InlineData(4, 2, 1, 3)]
    public void A_gradient_that_is_not_finite_is_named_in_the_step_that_would_use_it(
        int accumulationSteps, int badBatch, long step, int noticedIn)
    {
        // With weights of 0 the outputs are the biases, whatever the inputs; the gradient of the weights is not.
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(1, weightInitializer: new Zero()).Build();
        Matrix<float> inputs = Matrix<float>.Build.Dense(1, 3, (_, j) => j == badBatch - 1 ? 3e38f : 0);
        var data = new DataSet<float>(inputs, Matrix<float>.Build.Dense(1, 3, 100));
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.1));
        FitOptions<float> options =
            new() { BatchSize = 1, Shuffle = false, AccumulationSteps = accumulationSteps, CheckFirstEpoch = false };
        TrainingDivergedException exception =
            trainer.Invoking(t => t.Fit(data, options)).Should().Throw<TrainingDivergedException>().Which;
        (exception.Step, exception.Epoch, exception.Batch).Should().Be((step, 1, noticedIn));
        trainer.StepCount.Should().Be(step - 1);
        Divergence details = exception.Details!;
        (details.Cause, details.Layer, details.Parameter, details.AreParametersUnchanged)
            .Should().Be((DivergenceCause.Gradient, "dense1", "dense1.weights", true));
        details.Gradients.Select(m => (m.Name, m.IsFinite))
            .Should().Equal(("dense1.weights", false), ("dense1.biases", true));
        network.Parameter("dense1.weights").Values.ToArray().Should().Equal(0);
    }

    [Fact]
    public void Gradients_whose_sum_overflows_give_their_mean()
    {
        Network<float> network = Network.Create<float>(1, seed: 1).Dense(1, weightInitializer: new Zero()).Build();
        var data = new DataSet<float>(Matrix<float>.Build.Dense(1, 2, 1e36f), Matrix<float>.Build.Dense(1, 2, 100));
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.1));
        trainer.Fit(data, new() { BatchSize = 1, AccumulationSteps = 2, Epochs = 1, CheckFirstEpoch = false });

        // 2·(0 − 100)·1e36 for each of both samples, so the mean is that, too.
        network.Parameter("dense1.weights").Values[0].Should().BeApproximately(2e37f, 1e31f);
        network.Parameter("dense1.biases").Values[0].Should().Be(20);
    }

    [Fact]
    public void A_frozen_parameter_is_not_looked_at_after_an_update()
    {
        _network.Layers[0].Freeze();
        _network.Parameter("dense1.biases").Values[0] = float.NegativeInfinity;
        var trainer = new Trainer<float>(_network, new MeanSquaredError(), new Sgd(0.1));
        trainer.Invoking(t => t.Step(Matrix<float>.Build.Dense(3, 5, 0.5f), Matrix<float>.Build.Dense(2, 5, 0.25f)))
            .Should().NotThrow();
    }

    [Fact]
    public void Data_that_are_large_are_named_with_the_remedy_and_others_are_not()
    {
        const string Remedy = "fit a Standardization";
        Step(Matrix<float>.Build.Dense(3, 5, 3e38f), Matrix<float>.Build.Dense(2, 5, 0.25f)).Message
            .Should().Contain(Remedy);
        Step(Matrix<float>.Build.Dense(3, 5, 0.5f), Matrix<float>.Build.Dense(2, 5, 3e38f)).Message
            .Should().Contain(Remedy);
        _network.Parameter("dense2.biases").Values[1] = float.NaN;
        Step(Matrix<float>.Build.Dense(3, 5, 0.5f), Matrix<float>.Build.Dense(2, 5, 0.25f)).Message
            .Should().NotContain(Remedy);
    }

    private TrainingDivergedException Step(Matrix<float> inputs, Matrix<float> targets)
    {
        float[] before = [.. _network.Parameters.SelectMany(p => p.Values.ToArray())];
        TrainingDivergedException exception = new Trainer<float>(_network, new MeanSquaredError(), new Sgd(0.1))
            .Invoking(t => t.Step(inputs, targets)).Should().Throw<TrainingDivergedException>().Which;
        _network.Parameters.SelectMany(p => p.Values.ToArray()).Should().Equal(before);
        exception.Step.Should().Be(1);
        return exception;
    }
}
