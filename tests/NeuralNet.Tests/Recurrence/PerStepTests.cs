using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Diagnostics;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.PyTorch;
using NeuralNet.Recurrence;
using NeuralNet.Serialization;
using NeuralNet.Traces;

namespace NeuralNet.Tests.Recurrence;

public sealed class PerStepTests
{
    private static readonly FeatureShape _steps = new(4, 3);

    [Fact]
    public void Each_step_goes_through_the_same_layers_by_itself()
    {
        Network<double> network = Network.Create<double>(_steps, seed: 1)
            .PerStep(step => step.Dense(5, new Tanh()).Dense(2)).Build();
        network.OutputShape.Should().Be(new FeatureShape(4, 2));
        network.ParameterCount.Should().Be((3 * 5) + 5 + (5 * 2) + 2);
        Network<double> ofOne = Network.Create<double>(3, seed: 1).Dense(5, new Tanh()).Dense(2).Build();
        foreach ((Parameter<double> one, Parameter<double> each) in ofOne.Parameters.Zip(network.Parameters))
        {
            each.Values.CopyTo(one.Values);
        }

        // Many samples, which a prediction takes in blocks.
        Matrix<double> sequences = TestData.Uniform<double>(12, 700, seed: 2);
        double[] steps = sequences.AsColumnMajorArray();
        Matrix<double> expected = ofOne.Predict(Matrix<double>.Build.Dense(3, 4 * 700, steps));
        network.Predict(sequences).AsColumnMajorArray().Should().Equal(expected.AsColumnMajorArray());
    }

    [Fact]
    public void Gradients_are_right_through_steps_within_steps_and_images_of_each_step()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(3, 4, 4, 2), seed: 1)
            .PerStep(image => image
                .Convolution(3, 3, activation: new Tanh()).BatchNormalization().PerStep(row => row
                    .PerStep(pixel => pixel.Dense(2, new Sigmoid()).Dropout(0.2)).LayerNormalization())
                .Residual(block => block.Dense(8).Reshape(new FeatureShape(2, 2, 2))).Flatten())
            .PerStep(step => step.BatchNormalization().Dense(4))
            .Dense(2)
            .Build();
        GradientCheckReport report = GradientCheck.Run(
            network,
            new MeanSquaredError(),
            TestData.Uniform<double>(96, 3, seed: 2),
            TestData.Uniform<double>(2, 3, seed: 3));
        report.Comparisons.Should().Contain(comparison => comparison.Name == "input")
            .And.OnlyContain(comparison => comparison.WorstRelativeError <= 1e-7, $"{report}");
    }

    [Fact]
    public void The_layer_alone_is_checked_as_any_other()
    {
        var layer = new PerStep<double>(5, new Dense<double>(2, 3, new Tanh()), new PReLU<double>(3));
        GradientCheck.Run(layer, TestData.Uniform<double>(10, 6, seed: 2)).EnsurePassed();
    }

    [Fact]
    public void A_batch_normalization_takes_its_statistics_over_all_steps_of_all_samples()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(2, 1), seed: 1)
            .PerStep(step => step.BatchNormalization(epsilon: 1e-12)).Build();
        var engine = new BackpropagationEngine<double>(network);
        double[] outputs = [.. engine.Forward(Matrix<double>.Build.Dense(2, 2, [1, 3, 5, 7])).Values];
        double deviation = Math.Sqrt(5);
        outputs.Zip([-3 / deviation, -1 / deviation, 1 / deviation, 3 / deviation]).Should().AllSatisfy(
            pair => pair.First.Should().BeApproximately(pair.Second, 1e-9));
    }

    [Fact]
    public void The_outputs_of_the_layers_within_have_a_column_for_each_step_of_each_sample()
    {
        Network<double> network = Network.Create<double>(_steps, seed: 1)
            .PerStep(step => step.Dense(5, new Tanh()).Dense(2)).Dense(1).Build();
        var engine = new BackpropagationEngine<double>(network);
        Matrix<double> inputs = TestData.Uniform<double>(12, 6, seed: 2);
        engine.Forward(inputs);
        Matrix<double> inner = engine.Activations(network.Layer("perStep1.dense1")).ToMatrix();
        inner.RowCount.Should().Be(5);
        inner.ColumnCount.Should().Be(4 * 6);
        Matrix<double> weights = network.Parameter("perStep1.dense1.weights").Value;
        Matrix<double> steps = Matrix<double>.Build.Dense(3, 24, inputs.AsColumnMajorArray());
        (inner - (weights * steps).Map(Math.Tanh)).InfinityNorm().Should().BeLessThan(1e-13, "biases begin at 0");
        engine.Activations(network.Layer("perStep1.dense2")).Values.ToArray()
            .Should().Equal(engine.Activations(network.Layers[0]).Values.ToArray());
    }

    [Fact]
    public void A_trace_shows_all_steps_of_the_layers_within()
    {
        Network<double> network = Network.Create<double>(_steps, seed: 1)
            .PerStep(step => step.Dense(5, new Tanh())).Dense(1).Build();
        var trace = BackpropagationTrace.Run(
            network, new MeanSquaredError(), TestData.Uniform<double>(12, 1, seed: 2).Column(0), Vector<double>.Build
                .Dense(1));
        LayerTrace each = trace.Layers[0];
        LayerTrace dense = each.Layers.Should().ContainSingle().Which;
        dense.Should().BeOfType<OtherLayerTrace>();
        dense.InputShape.Should().Be(_steps);
        dense.OutputShape.Should().Be(new FeatureShape(4, 5));
        dense.Input.Should().Equal(trace.Input);
        dense.OutputGradient.Should().Equal(trace.Layers[1].InputGradient);
        dense.Parameters.Select(parameter => parameter.Name)
            .Should().Equal("perStep1.dense1.weights", "perStep1.dense1.biases");
        trace.ToString().Should().Contain("perStep1.dense1: 4 × 3 → 4 × 5");
    }

    [Fact]
    public void Numbers_of_categories_may_be_the_steps()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(3, 1), seed: 1)
            .PerStep(step => step.Embedding(7, 2)).LastStep().Dense(1).Build();
        GradientCheckReport report = GradientCheck.Run(
            network,
            new MeanSquaredError(),
            Matrix<double>.Build.Dense(3, 2, [0, 1, 2, 6, 5, 4]),
            TestData.Uniform<double>(1, 2, seed: 3));
        report.EnsurePassed();
        report.Comparisons.Should().NotContain(comparison => comparison.Name == "input", "categories have no slope");
    }

    [Fact]
    public void A_linear_module_of_PyTorch_on_samples_by_steps_by_features_is_found_by_its_number()
    {
        // PyTorch applies Linear to the last dimension: its state_dict is that of a layer of one step.
        Network<float> linear = Network.Create<float>(3, seed: 5).Dense(2).Dense(4).Build();
        using var file = new MemoryStream();
        linear.SaveStateDict(
            file, new Dictionary<string, string> { ["dense1"] = "fc.0", ["dense2"] = "fc.1" });
        file.Position = 0;
        Network<float> network = Network.Create<float>(_steps, seed: 1)
            .PerStep(step => step.Dense(2)).PerStep(step => step.Dense(4)).Build();
        network.LoadStateDict(file);
        network.Parameters.Zip(linear.Parameters).Should().AllSatisfy(
            pair => pair.First.Values.ToArray().Should().Equal(pair.Second.Values.ToArray()));
    }

    [Fact]
    public void Images_of_each_step_that_PyTorch_flattens_have_their_channels_first_behind_them()
    {
        Network<float> ofOne = Network.Create<float>(new FeatureShape(4, 4, 1), seed: 5)
            .Convolution(2, kernelSize: 3).Dense(3).Build();
        using var file = new MemoryStream();
        ofOne.SaveStateDict(file);
        Network<float> together = Load(steps => steps.PerStep(image => image.Convolution(2, kernelSize: 3).Dense(3)));
        Network<float> apart = Load(steps => steps
            .PerStep(image => image.Convolution(2, kernelSize: 3).Flatten()).PerStep(step => step.Dense(3)));
        foreach (Network<float> network in (Network<float>[])[together, apart])
        {
            network.Parameters.Zip(ofOne.Parameters).Should().AllSatisfy(
                pair => pair.First.Values.ToArray().Should().Equal(pair.Second.Values.ToArray()));
        }

        Network<float> Load(Func<NetworkBuilder<float>, NetworkBuilder<float>> layers)
        {
            Network<float> network = layers(Network.Create<float>(new FeatureShape(2, 4, 4, 1), seed: 1)).Build();
            file.Position = 0;
            network.LoadStateDict(file);
            return network;
        }
    }

    [Fact]
    public void A_file_is_read_back_with_layers_of_several_kinds_within()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(2, 4, 4, 1), seed: 3)
            .PerStep(image => image.Convolution(2, 3).GlobalAveragePooling()).PerStep(step => step.Dense(3)).Build();
        using var file = new MemoryStream();
        network.Save(file);
        file.Position = 0;
        Network<float> loaded = Network.Load<float>(file);
        loaded.ToString().Should().Be(network.ToString());
        float[] input = TestData.Uniform<float>(32, 1, seed: 2).AsColumnMajorArray();
        loaded.Predict(input).Should().Equal(network.Predict(input));
    }

    [Fact]
    public void What_cannot_be_is_refused_in_words()
    {
        FluentActions.Invoking(() => Network.Create<float>(12, seed: 1).PerStep(step => step.Dense(2)))
            .Should().Throw<ArgumentException>().WithMessage("The input must have steps*12 features*Reshape*");
        FluentActions.Invoking(() => new PerStep<float>(0, new Dense<float>(2, 2)))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("steps must be at least 1*");
        FluentActions.Invoking(() => new PerStep<float>(3))
            .Should().Throw<ArgumentException>().WithMessage("There must be at least one layer*");
        FluentActions.Invoking(() => new PerStep<float>(3, (Sequence<float>)null!))
            .Should().Throw<ArgumentNullException>();
        var dense = new Dense<float>(2, 3);
        FluentActions.Invoking(() => new PerStep<float>(1_000_000_000, dense))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*more elements than can be counted*");
        new PerStep<float>(4, dense).Steps.Should().Be(4, "a refusal takes no layer");
    }

    [Fact]
    public void More_columns_than_can_be_counted_are_refused_before_memory_is_taken() =>
        FluentActions.Invoking(() => new LayerMemory<float>(new ManyColumns(2_000_000_000))
                .Prepare(samples: 2, hasBackward: true))
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("2 samples of 2,000,000,000 columns each*");

    [Fact]
    public void A_layer_of_your_own_may_keep_the_outputs_of_all_columns()
    {
        var memory = new LayerMemory<float>(new ManyColumns(5));
        memory.Prepare(samples: 3, hasBackward: true);
        MatrixSpan<float> outputs = memory.ChildOutput(0, default);
        outputs.Rows.Should().Be(2);
        outputs.Columns.Should().Be(15);
        FluentActions.Invoking(() => new ManyColumns(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("columnsPerSample must be at least 1*");
    }

    [Fact]
    public void One_sample_of_several_steps_is_enough_for_a_batch_normalization()
    {
        SetupCheck.SingleSamples(Normalized(steps: 3), "Each batch has", "Take more.").Should().BeNull();
        SetupCheck.SingleSamples(Normalized(steps: 1), "Each batch has", "Take more.").Should().NotBeNull();
    }

    private static Network<float> Normalized(int steps) => Network.Create<float>(new FeatureShape(steps, 2), seed: 1)
        .PerStep(step => step.Residual(block => block.BatchNormalization())).Build();

    private sealed class ManyColumns : Layer<float>
    {
        public ManyColumns(int columnsPerSample)
            : base("many", 2, 2) => AddChild(new Dense<float>(2, 2), columnsPerSample: columnsPerSample);

        public override void RequestMemory(MemoryRequest memory) => memory.ChildOutput(0);

        public override void Forward(
            ReadOnlyMatrixSpan<float> input, MatrixSpan<float> output, ForwardContext<float> context)
        {
        }

        public override void Backward(
            ReadOnlyMatrixSpan<float> input,
            ReadOnlyMatrixSpan<float> output,
            MatrixSpan<float> outputGradient,
            MatrixSpan<float> inputGradient,
            BackwardContext<float> context)
        {
        }
    }
}
