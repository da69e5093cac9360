using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.GradientChecks;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests;

/// <summary>
/// A network with two inputs, one below the other, and a branch for each, one of them a layer of one's own with a
/// parameter of three dimensions; from outside, with what the library shows to everyone.
/// </summary>
public sealed class BranchedNetworkTests
{
    private static readonly ModelKinds _kinds = new ModelKinds().WithLayer<double, Bilinear<double>>(
        "bilinear",
        settings =>
        {
            int outputs = settings.Size("outputSize", layer => layer.OutputSize);
            settings.RequireTensor("weights", outputs, settings.InputSize, settings.InputSize);
            return () => new(settings.InputShape, outputs);
        });

    [Fact]
    public void It_learns_what_needs_both_inputs()
    {
        Network<double> network = Make(seed: 1);
        DataSet<double> data = Products(samples: 400, seed: 2);
        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Adam(learningRate: 0.01));
        double before = trainer.Evaluate(data).Loss;
        trainer.Fit(data, new() { Epochs = 60, BatchSize = 32 });
        trainer.Evaluate(Products(samples: 200, seed: 3)).Loss.Should().BeLessThan(before / 50);
    }

    [Fact]
    public void Its_gradients_are_right()
    {
        DataSet<double> data = Products(samples: 6, seed: 2);
        GradientCheck.Run(Make(seed: 1), new MeanSquaredError(), data.Inputs.ToMatrix(), data.Targets.ToMatrix())
            .EnsurePassed();
        GradientCheck.Run(new Bilinear<double>(3, 4), Random(3, 5, seed: 4)).EnsurePassed();
    }

    [Fact]
    public void It_is_saved_and_loaded_with_the_same_predictions_to_the_bit()
    {
        Network<double> network = Make(seed: 1);
        using var stream = new MemoryStream();
        network.Save(stream, _kinds);
        stream.Position = 0;
        Network<double> loaded = Network.Load<double>(stream, _kinds);
        loaded.Parameter("branches1.sequence1.bilinear1.weights").Shape.Should().Equal(4, 3, 3);
        Matrix<double> inputs = Random(5, 7, seed: 3);
        loaded.Predict(inputs).ToColumnMajorArray().Should().Equal(network.Predict(inputs).ToColumnMajorArray());
        loaded.ToString().Should().Be(network.ToString());
    }

    [Fact]
    public void A_file_with_another_shape_of_the_parameter_is_refused()
    {
        using var stream = new MemoryStream();
        Make(seed: 1).Save(stream, _kinds);
        ModelKinds others = new ModelKinds().WithLayer<double, Bilinear<double>>(
            "bilinear",
            settings =>
            {
                int outputs = settings.Size("outputSize", layer => layer.OutputSize);
                settings.RequireTensor("weights", outputs, settings.InputSize * settings.InputSize);
                return () => new(settings.InputShape, outputs);
            });
        stream.Position = 0;
        FluentActions.Invoking(() => Network.Load<double>(stream, others)).Should().Throw<InvalidDataException>()
            .WithMessage("*'branches1.sequence1.bilinear1.weights' of 4 × 9, but the file holds*");
    }

    [Fact]
    public void Its_layers_can_be_looked_at_and_driven_by_a_gradient_of_ones_own()
    {
        Network<double> network = Make(seed: 1);
        var bilinear = (Bilinear<double>)network.Layer("branches1.sequence1.bilinear1");
        var engine = new BackpropagationEngine<double>(network);
        Gradients<double> gradients = Gradients.For(network);
        Matrix<double> inputs = Random(5, 1, seed: 3);
        engine.Forward(inputs);
        double expected = 0;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                expected += bilinear.Weights[2, i, j] * inputs[i, 0] * inputs[j, 0];
            }
        }

        engine.Activations(bilinear)[2, 0].Should().BeApproximately(expected, 1e-14);

        // The loss is the output itself.
        engine.Backward(Matrix<double>.Build.Dense(1, 1, 1.0), gradients);
        new Trainer<double>(network, new MeanSquaredError(), new Sgd(learningRate: 0.1)).Step(gradients);
        engine.Forward(inputs)[0, 0].Should().BeLessThan(Make(seed: 1).Predict(inputs)[0, 0]);
    }

    private static Network<double> Make(int seed) =>
        Network.Create<double>(5, seed)
            .Branches(
                Merge.Concatenation,
                first => first.Slice(0, 3).Add(shape => new Bilinear<double>(shape, 4)),
                second => second.Slice(3, new FeatureShape(2)).Dense(4, new Tanh()))
            .Dense(8, new Tanh())
            .Dense(1)
            .Build();

    /// <summary>t = x₀·x₁ + x₃.</summary>
    private static DataSet<double> Products(int samples, int seed)
    {
        Matrix<double> inputs = Random(5, samples, seed);
        return new(
            inputs, Matrix<double>.Build.Dense(1, samples, (_, j) => (inputs[0, j] * inputs[1, j]) + inputs[3, j]));
    }

    private static Matrix<double> Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => (2 * random.NextDouble()) - 1);
    }
}
