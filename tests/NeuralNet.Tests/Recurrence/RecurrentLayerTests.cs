using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Recurrence;
using NeuralNet.Training;

namespace NeuralNet.Tests.Recurrence;

/// <summary>Settings of recurrent layers: what they begin with, where the gradient stops, what is refused.</summary>
public sealed class RecurrentLayerTests
{
    [Fact]
    public void A_worked_example()
    {
        // h₁ = tanh(½·1 + ¼), h₂ = tanh(½·(−1) + ¼ + 2·h₁)
        Network<double> network = Network.Create<double>(new FeatureShape(2, 1), seed: 1).SimpleRecurrent(1).Build();
        var layer = (SimpleRecurrent<double>)network.Layers[0];
        layer.InputWeights.Values[0] = 0.5;
        layer.InputBiases!.Values[0] = 0.15;
        layer.RecurrentBiases!.Values[0] = 0.1;
        layer.RecurrentWeights.Values[0] = 2;
        double first = Math.Tanh(0.75);
        network.Predict([1.0, -1])[0].Should().BeApproximately(Math.Tanh(-0.25 + (2 * first)), 1e-15);
    }

    [Fact]
    public void They_begin_with_the_initial_values_of_Keras()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(4, 5), seed: 1)
            .Lstm(3, returnSteps: true).Dropout(0.1).Gru(4).Build();
        var lstm = (Lstm<double>)network.Layers[0];
        lstm.InputBiases!.Values.ToArray().Should().Equal(0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0);
        lstm.RecurrentBiases!.Values.ToArray().Should().OnlyContain(value => value == 0);
        double bound = Math.Sqrt(6.0 / (5 + 12));
        lstm.InputWeights.Values.ToArray().Should().OnlyContain(value => Math.Abs(value) <= bound);
        lstm.InputWeights.Values.ToArray().Max().Should().BeGreaterThan(0.8 * bound);
        MathNet.Numerics.LinearAlgebra.Matrix<double> u = lstm.RecurrentWeights.Value;
        (u.TransposeThisAndMultiply(u) - MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(3))
            .InfinityNorm().Should().BeLessThan(1e-12);
        ((Gru<double>)network.Layers[2]).InputBiases!.Values.ToArray().Should().OnlyContain(value => value == 0);
    }

    [Fact]
    public void A_truncated_gradient_is_that_of_each_piece_from_the_state_it_begins_with()
    {
        const int piece = 3;
        const int pieces = 3;
        Network<double> whole = Build(piece * pieces, new() { GradientSteps = piece });
        double[] sequence = [.. TestData.Uniform<double>(2 * piece * pieces, 1, seed: 4).Enumerate()];
        var engine = new BackpropagationEngine<double>(whole);
        double[] outputs = engine.Forward(new(sequence, sequence.Length, 1)).Values.ToArray();
        Gradients<double> truncated = NeuralNet.Backpropagation.Gradients.For(whole);
        engine.Backward(new(outputs, outputs.Length, 1), truncated);

        double[] sum = new double[whole.Parameter("gru1.recurrentWeights").Count];
        for (int p = 0; p < pieces; p++)
        {
            Network<double> one = Build(piece, new() { LearnsInitialState = true });
            foreach (NeuralNet.Layers.Parameter<double> parameter in whole.Parameters)
            {
                parameter.Values.CopyTo(one.Parameter(parameter.Name).Values);
            }

            if (p > 0)
            {
                outputs.AsSpan((p * piece * 4) - 4, 4).CopyTo(one.Parameter("gru1.initialHidden").Values);
            }

            var part = new BackpropagationEngine<double>(one);
            double[] own = part.Forward(new(sequence.AsSpan(2 * p * piece, 2 * piece), 2 * piece, 1)).Values.ToArray();
            Gradients<double> gradients = NeuralNet.Backpropagation.Gradients.For(one);
            part.Backward(new(own, own.Length, 1), gradients);
            double[] values = gradients["gru1.recurrentWeights"].AsColumnMajorArray();
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += values[i];
            }
        }

        double[] found = truncated["gru1.recurrentWeights"].AsColumnMajorArray();
        for (int i = 0; i < sum.Length; i++)
        {
            found[i].Should().BeApproximately(sum[i], 1e-13);
        }

        Gradients<double> full = NeuralNet.Backpropagation.Gradients.For(whole);
        Network<double> untruncated = Build(piece * pieces, new());
        untruncated.CopyParametersFrom(whole);
        var other = new BackpropagationEngine<double>(untruncated);
        other.Forward(new(sequence, sequence.Length, 1));
        full = NeuralNet.Backpropagation.Gradients.For(untruncated);
        other.Backward(new(outputs, outputs.Length, 1), full);
        full["gru1.recurrentWeights"].AsColumnMajorArray().Should().NotEqual(found);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_training_diverges_the_message_names_the_step(bool returnSteps)
    {
        Network<float> network = Network.Create<float>(new FeatureShape(6, 1), seed: 1)
            .SimpleRecurrent(1, new ReLU(), returnSteps).Build();
        network.Parameter("simpleRecurrent1.inputWeights").Values[0] = 1;
        network.Parameter("simpleRecurrent1.recurrentWeights").Values[0] = 1e20f;
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.1));
        float[] inputs = [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
        trainer.Invoking(one => one.Step(
                new ReadOnlyMatrixSpan<float>(inputs, 6, 2),
                new ReadOnlyMatrixSpan<float>(new float[2 * network.OutputSize], network.OutputSize, 2)))
            .Should().Throw<TrainingDivergedException>()
            .WithMessage("*'simpleRecurrent1' are not finite, first at step 3 of sample 1*");
    }

    [Fact]
    public void Where_an_input_is_no_number_the_message_names_its_step()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(3, 2), seed: 1).Lstm(2).Build();
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.1));
        float[] inputs = [0, 0, 0, float.NaN, 0, 0];
        trainer.Invoking(one => one.Step(
                new ReadOnlyMatrixSpan<float>(inputs, 6, 1), new ReadOnlyMatrixSpan<float>(new float[2], 2, 1)))
            .Should().Throw<TrainingDivergedException>().WithMessage("*row 3 (feature 1 of step 1)*");
    }

    [Fact]
    public void What_makes_no_recurrent_layer_is_refused()
    {
        FluentActions.Invoking(() => Network.Create<float>(12, seed: 1).Lstm(3))
            .Should().Throw<ArgumentException>()
            .WithMessage("*(steps, features)*12 features*new FeatureShape(steps, 1)*");
        FluentActions.Invoking(() => new Lstm<float>(new FeatureShape(3, 2), 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("units");
        FluentActions.Invoking(() => new Lstm<float>(new FeatureShape(1 << 30, 1), 1))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*gates of all steps*");
        FluentActions.Invoking(() => new SimpleRecurrent<float>(new FeatureShape(3, 2), 4, new Sigmoid()))
            .Should().Throw<ArgumentException>().WithParameterName("activation").WithMessage("*tanh or ReLU*");
        FluentActions.Invoking(() => new Gru<float>(
            new FeatureShape(3, 2), 4, options: new() { HasBiases = false, BiasInitializer = new One() }))
            .Should().Throw<ArgumentException>().WithParameterName("options");
        FluentActions.Invoking(() => new Gru<float>(new FeatureShape(3, 2), 4, options: new() { GradientSteps = 0 }))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("options");
    }

    private static Network<double> Build(int steps, RecurrentOptions options) =>
        Network.Create<double>(new FeatureShape(steps, 2), seed: 1).Gru(4, returnSteps: true, options: options).Build();
}
