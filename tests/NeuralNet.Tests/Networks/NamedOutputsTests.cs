using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.CodeGeneration;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;
using NeuralNet.Traces;
using NeuralNet.Training;

namespace NeuralNet.Tests.Networks;

public sealed class NamedOutputsTests
{
    [Fact]
    public void Inputs_and_outputs_have_names_shapes_and_rows()
    {
        Network<float> network = TwoInputsTwoOutputs<float>();
        network.Inputs.ToString().Should().Be("image: 4 × 4 × 1, weather: 2");
        network.Outputs.ToString().Should().Be("price: 1, kind: 3");
        network.InputShape.Should().Be(new FeatureShape(18));
        network.OutputShape.Should().Be(new FeatureShape(4));
        network.OutputKindOf("price").Should().Be(OutputKind.Real);
        network.OutputKindOf("kind").Should().Be(OutputKind.Distribution);
        network.ToString().Should().Contain("weather").And.Contain("output 'kind'");
    }

    [Fact]
    public void One_input_and_one_output_without_names_are_as_simple_as_ever()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(2, 3), seed: 1).Dense(4).Build();
        network.Inputs.Should().ContainSingle().Which.Name.Should().Be("input");
        network.Inputs["input"].Shape.Should().Be(new FeatureShape(2, 3));
        network.Outputs.Should().ContainSingle().Which.Name.Should().Be("output");
        network.OutputKindOf("output").Should().Be(OutputKind.Real);
    }

    [Fact]
    public void One_output_with_a_name_needs_no_branches()
    {
        Network<float> network = Network.Create<float>(seed: 1).Input("image", new FeatureShape(4, 4, 1))
            .From("image").Convolution(2, 3).Output("kind", kind => kind.Dense(3)).Build();
        network.Layers.Select(layer => layer.Kind).Should().Equal("convolution", "dense");
        network.InputShape.Should().Be(new FeatureShape(4, 4, 1));
        network.Outputs.ToString().Should().Be("kind: 3");
    }

    [Fact]
    public void An_output_may_be_what_the_layers_so_far_give()
    {
        Network<float> network = Network.Create<float>(3, seed: 1)
            .Dense(2, new Tanh()).Output("code").Output("decoded", decoder => decoder.Dense(3)).Build();
        Vector<float> outputs = network.Predict(Vector<float>.Build.DenseOfArray([1, 2, 3]));
        Vector<float> decoded = ((Dense<float>)network.Layer("branches1.sequence2.dense1")).Weights.Value
            * network.Outputs["code"].Of(outputs);
        (network.Outputs["decoded"].Of(outputs) - decoded).InfinityNorm().Should().BeLessThan(1e-6);
    }

    [Fact]
    public void An_image_is_an_output_as_well()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(4, 4, 1), seed: 1)
            .Output("picture", picture => picture.Convolution(1, 3, padding: Padding.Same))
            .Output("kind", kind => kind.Dense(3))
            .Build();
        network.Outputs["picture"].Shape.Should().Be(new FeatureShape(4, 4, 1));
        network.OutputSize.Should().Be(19);
        network.OutputKindOf("picture").Should().Be(OutputKind.Real);
    }

    [Fact]
    public void They_are_trained_and_measured_by_name()
    {
        Network<float> network = TwoInputsTwoOutputs<float>();
        Matrix<float> image = TestData.Uniform<float>(16, 400, seed: 1);
        Matrix<float> weather = TestData.Uniform<float>(2, 400, seed: 2);
        Matrix<float> price = Matrix<float>.Build.Dense(1, 400, (_, j) => image.Column(j).Sum() + weather[0, j]);
        Matrix<float> kind = OneHot.Encode<float>(
            [.. Enumerable.Range(0, 400).Select(j => weather[1, j] > 0.3f ? 2 : image[0, j] > 0 ? 1 : 0)], 3);
        var data = new DataSet<float>(
            network.Inputs.Join(("image", image), ("weather", weather)),
            network.Outputs.Join(("price", price), ("kind", kind)));
        var loss = new LossPerOutput(
            network.Outputs,
            new OutputLoss("price", new MeanSquaredError()),
            new OutputLoss("kind", new KullbackLeibler()));
        var trainer = new Trainer<float>(network, loss, new Adam(0.01));
        IMetric[] metrics = [new RootMeanSquaredError().ForOutput("price"), new Accuracy().ForOutput("kind")];
        TrainingHistory history = trainer.Fit(data, new FitOptions<float> { Epochs = 40, Metrics = metrics });
        EpochResult last = history.Epochs[^1];
        last.Metrics.Keys.Should().Equal("price_rmse", "kind_accuracy");
        last.Metrics["price_rmse"].Should().BeLessThan(0.3);
        last.Metrics["kind_accuracy"].Should().BeGreaterThan(0.9);

        EvaluationResult result = trainer.Evaluate(data, metrics);
        Matrix<float> predicted = network.Outputs["price"].Of(network.Predict(data.Inputs));
        double rmse = Math.Sqrt((predicted - price).PointwisePower(2).Row(0).Average(e => (double)e));
        result.Metrics["price_rmse"].Should().BeApproximately(rmse, 1e-6);
    }

    [Fact]
    public void A_file_keeps_names_and_shapes()
    {
        Network<float> network = TwoInputsTwoOutputs<float>();
        using var stream = new MemoryStream();
        network.Save(stream);
        stream.Position = 0;
        Network<float> loaded = Network.Load<float>(stream);
        loaded.Inputs.ToString().Should().Be(network.Inputs.ToString());
        loaded.Outputs.ToString().Should().Be(network.Outputs.ToString());
        float[] x = TestData.Uniform<float>(18, 1, seed: 5).ToColumnMajorArray();
        loaded.Predict(x).Should().Equal(network.Predict(x));
        loaded.OutputKindOf("kind").Should().Be(OutputKind.Distribution);
    }

    [Fact]
    public void They_are_traced_and_written_as_source()
    {
        Network<double> network = Network.Create<double>(seed: 1).Input("a", 2).Input("b", 1)
            .Branches(Merge.Concatenation, a => a.From("a").Dense(2), b => b.From("b").Dense(1))
            .Output("x", x => x.Dense(1)).Output("y", y => y.Dense(2)).Build();
        var loss = new LossPerOutput(
            network.Outputs,
            new OutputLoss("x", new MeanSquaredError()),
            new OutputLoss("y", new SoftmaxCrossEntropy(), weight: 2));
        var trace = BackpropagationTrace.Run(
            network,
            loss,
            Vector<double>.Build.DenseOfArray([1, 2, 3]),
            Vector<double>.Build.DenseOfArray([0.5, 0, 1]));
        trace.LossName.Should().Be("mean squared error of x + 2·softmax cross-entropy of y");
        Matrix<double> expected = Gradient(network, loss)["branches2.sequence2.dense1.weights"];
        (trace.Dense("branches2.sequence2.dense1").WeightGradient - expected).InfinityNorm()
            .Should().BeLessThan(1e-14);
        network.ToCSharpSource().Should().Contain("output 'y'");

        static Gradients<double> Gradient(Network<double> network, ILoss loss)
        {
            Gradients<double> gradients = Gradients.For(network);
            new BackpropagationEngine<double>(network, loss).Compute(
                new ReadOnlyMatrixSpan<double>([1, 2, 3], 3, 1),
                new ReadOnlyMatrixSpan<double>([0.5, 0, 1], 3, 1),
                gradients);
            return gradients;
        }
    }

    [Fact]
    public void A_pipeline_is_measured_by_name_in_the_unit_of_the_data_and_has_no_labels()
    {
        Network<double> network = Network.Create<double>(2, seed: 1)
            .Output("x", x => x.Dense(1)).Output("y", y => y.Dense(1)).Build();
        var pipeline = Pipeline.Create(network, outputs: new Standardization([10, 20], [2, 4]));
        Matrix<double> inputs = TestData.Uniform<double>(2, 50, seed: 1);
        Matrix<double> raw = network.Predict(inputs);
        Matrix<double> targets = Matrix<double>.Build.Dense(
            2, 50, (i, j) => i == 0 ? (raw[0, j] * 2) + 10 + 3 : (raw[1, j] * 4) + 20 - 5);
        IReadOnlyDictionary<string, double> found = pipeline.Evaluate(
            new DataSet<double>(inputs, targets),
            [new RootMeanSquaredError().ForOutput("x"), new MeanAbsoluteErrorMetric().ForOutput("y")]);
        found["x_rmse"].Should().BeApproximately(3, 1e-12);
        found.Values.Last().Should().BeApproximately(5, 1e-12);
        pipeline.Invoking(p => p.Evaluate(new DataSet<double>(inputs, targets), [new RootMeanSquaredError()]))
            .Should().Throw<ArgumentException>().WithMessage("*ForOutput*");
        FluentActions.Invoking(() => Pipeline.Create(network, labels: new LabelEncoder(["a", "b"])))
            .Should().Throw<ArgumentException>().WithMessage("Labels name the classes of one output*x: 1, y: 1*");
    }

    [Fact]
    public void Metrics_of_one_output_are_refused_for_several()
    {
        Network<float> network = TwoInputsTwoOutputs<float>();
        OutputDescription outputs = OutputDescription.Of(network);
        IMetric[] metrics =
        [
            new Accuracy(), new RootMeanSquaredError(), new R2Score(), new F1Score(), new MeanAbsoluteErrorMetric(),
            new MeanSquaredErrorMetric(), new RocAuc(), new TopKAccuracy(2), new ExactMatch(), new BinaryAccuracy(),
            new Precision(), new Recall(),
        ];
        foreach (IMetric metric in metrics)
        {
            Refused<ArgumentException>(
                () => metric.Start(outputs),
                $"Metric '{metric.Name}' is about one output, but the network has 2: price: 1, kind: 3. Say which: "
                + "metric.ForOutput(\"price\").*");
        }

        Refused<ArgumentException>(
            () => new Accuracy().ForOutput("kinds").Start(outputs), "*There is no 'kinds'*Did you mean 'kind'?*");
        Refused<ArgumentException>(
            () => new Accuracy().ForOutput("kind").Start(), "*the outputs have no names here*");
        Refused<ArgumentException>(
            () => new Accuracy().ForOutput("kind").ForOutput("price"), "*is about the output 'kind' already*");
        Refused<ArgumentException>(
            () => new Accuracy().ForOutput("price").Start(outputs).Add(
                Matrix<float>.Build.Dense(4, 1), Matrix<float>.Build.Dense(4, 1)),
            "*there is 1 output*");
    }

    [Fact]
    public void A_builder_is_told_inputs_first_and_outputs_last()
    {
        Refused<InvalidOperationException>(
            () => Network.Create<float>(seed: 1).Dense(3), "The network has no input yet*");
        Refused<InvalidOperationException>(
            () => Network.Create<float>(3, seed: 1).Input("a", 2), "Inputs are named before the first layer*");
        Refused<InvalidOperationException>(
            () => Network.Create<float>(seed: 1).Input("a", 2).Dense(2).Input("b", 2), "Inputs are named before*");
        Refused<InvalidOperationException>(
            () => Network.Create<float>(2, seed: 1).Dense(2).Output("a").Dense(3),
            "The layer 'dense' comes behind the output 'a'*");
        Refused<InvalidOperationException>(
            () => Network.Create<float>(2, seed: 1).Branches(Merge.Sum, a => a.Output("b")), "Outputs are those of*");
        Refused<ArgumentException>(
            () => Network.Create<float>(2, seed: 1).Dense(2).Output("a").Output("a"), "Two ranges of rows are named*");
        Refused<ArgumentException>(
            () => Network.Create<float>(seed: 1).Input("left", 2).Input("right", 2).From("lift"),
            "There is no 'lift'; there are left, right. Did you mean 'left'?*");
        Refused<InvalidOperationException>(
            () => Network.Create<float>(seed: 1).Input("a", 2).Dense(2).Branches(Merge.Sum, a => a.From("a")),
            "The input 'a' cannot be read here*");
        Refused<InvalidOperationException>(
            () => Network.Create<float>(seed: 1).Input("a", 2).Output("b").Build(), "*at least one layer*");
    }

    private static Network<T> TwoInputsTwoOutputs<T>()
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        Network.Create<T>(seed: 1)
            .Input("image", new FeatureShape(4, 4, 1))
            .Input("weather", 2)
            .Branches(
                Merge.Concatenation,
                image => image.From("image").Convolution(4, 3, activation: new ReLU()).Flatten(),
                weather => weather.From("weather").Dense(8, new ReLU()))
            .Dense(24, new ReLU())
            .Output("price", price => price.Dense(1))
            .Output("kind", kind => kind.Dense(3, new Softmax()))
            .Build();

    private static void Refused<TException>(Func<object> action, string message)
        where TException : Exception =>
        FluentActions.Invoking(action).Should().Throw<TException>().WithMessage(message);

    private static void Refused<TException>(Action action, string message)
        where TException : Exception =>
        FluentActions.Invoking(action).Should().Throw<TException>().WithMessage(message);

    /// <summary>Cross-entropy on probabilities.</summary>
    private sealed class KullbackLeibler : ILoss
    {
        public string Name => "cross-entropy on probabilities";

        public LossInput Input => LossInput.Probabilities;

        public NeuralNet.Decisions.OutputMeaning? Meaning => NeuralNet.Decisions.OutputMeaning.Classes;

        public void Compute<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            for (int j = 0; j < outputs.Columns; j++)
            {
                losses[j] = T.Zero;
                for (int i = 0; i < outputs.Rows; i++)
                {
                    T o = outputs[i, j] + T.CreateChecked(1e-9);
                    losses[j] -= targets[i, j] * T.Log(o);
                    gradient.Column(j)[i] = -targets[i, j] / o;
                }
            }
        }
    }
}
