using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Pipelines;

public sealed class PipelineTests
{
    private readonly Network<double> _network =
        Network.Create<double>(2, seed: 1).Dense(4, new Tanh()).Dense(1).Build();
    private readonly Standardization _inputs = new([10, 20], [2, 4]);
    private readonly Standardization _targets = new([100], [50]);

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(600)]
    public void Features_are_transformed_and_results_taken_back(int samples)
    {
        Matrix<double> raw = TestData.Uniform<double>(2, samples, seed: 2, 0, 30);
        Matrix<double> scaled =
            Matrix<double>.Build.Dense(2, samples, (i, j) => (raw[i, j] - (10 * (i + 1))) / (2 * (i + 1)));
        var pipeline = Pipeline.Create(_network, _inputs, _targets);
        Matrix<double> expected = (_network.Predict(scaled) * 50) + 100;
        (pipeline.Predict(raw) - expected).Enumerate().Max(Math.Abs).Should().BeLessThan(1e-12);
        pipeline.Predict(raw.Column(0))[0].Should().BeApproximately(expected[0, 0], 1e-12);

        double[] results = pipeline.Predict(raw).ToColumnMajorArray();
        pipeline.Predict(raw.AsColumnMajorArray()).Should().Equal(results);
        pipeline.Predict((ReadOnlyMatrixSpan<double>)raw).ToColumnMajorArray().Should().Equal(results);
        double[] viewed = new double[samples];
        pipeline.Predict(raw, new MatrixSpan<double>(viewed, 1, samples));
        viewed.Should().Equal(results);
    }

    [Fact]
    public void A_batch_with_a_sample_per_row_is_refused_with_the_advice_to_transpose_it()
    {
        Pipeline.Create(_network).Invoking(p => p.Predict(Matrix<double>.Build.Dense(30, 2))).Should()
            .Throw<ArgumentException>().WithMessage(
                "The pipeline takes 2 features per sample, but 30 were given. A sample is a column. The matrix has 2 "
                + "columns: if its rows are the samples, transpose it*");
        Pipeline.Create(_network).Invoking(p => p.Predict(Vector<double>.Build.Dense(30))).Should()
            .Throw<ArgumentException>().Which.Message.Should().NotContain("transpose");
    }

    [Fact]
    public void Labels_of_a_pipeline_without_labels_are_refused_with_what_to_do_instead()
    {
        Pipeline.Create(_network).Invoking(p => p.PredictLabel(new double[2])).Should()
            .Throw<InvalidOperationException>()
            .WithMessage("*no labels*give Pipeline.Create labels*Predict gives the*");
        Pipeline.Create(_network, outputs: new Standardization([1], [2])).Invoking(p => p.PredictLabel(new double[2]))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The pipeline has no labels: its outputs are those of a regression, which Predict gives.");
    }

    [Fact]
    public void Without_transforms_it_is_the_network()
    {
        Matrix<double> inputs = TestData.Uniform<double>(2, 5, seed: 2);
        Pipeline.Create(_network).Predict(inputs).Should().BeEquivalentTo(_network.Predict(inputs));
    }

    [Fact]
    public void Classes_are_not_numbers_to_be_turned_back() =>
        FluentActions.Invoking(() => Pipeline.Create(_network, null, _targets, new LabelEncoder(["a", "b"])))
            .Should().Throw<ArgumentException>().WithMessage("Classes have names or numbers a transform, not both.*")
            .WithParameterName("labels");

    [Fact]
    public void Classes_have_names()
    {
        Network<double> three = Network.Create<double>(3, seed: 1).Dense(3).Build();
        three.Parameters[0].Set(Matrix<double>.Build.DenseIdentity(3));
        var pipeline = Pipeline.Create(three, labels: new LabelEncoder(["ant", "bee", "cat"]));
        pipeline.PredictLabel(Vector<double>.Build.Dense([1, 3, 2])).Should().Be("bee");
        pipeline.PredictLabel([2.0, 1, 3]).Should().Be("cat");
        pipeline.PredictLabels(Matrix<double>.Build.DenseOfColumnArrays([1, 3, 2], [3, 1, 2]))
            .Should().Equal("bee", "ant");
        pipeline.Invoking(p => p.PredictLabel(new double[6])).Should().Throw<ArgumentException>()
            .WithMessage("The pipeline takes 3 features per sample, but 6 were given.*").WithParameterName("input");
        pipeline.PredictLabel(Vector<double>.Build.Sparse(3, i => i)).Should().Be("cat");
        pipeline.PredictLabel([4.0, 1, 4]).Should().Be("ant", "of equal scores the first counts");

        Network<double> one = Network.Create<double>(1, seed: 1).Dense(1).Build();
        one.Parameters[0].Values[0] = 1;
        var binary = Pipeline.Create(one, labels: new LabelEncoder(["no", "yes"]), threshold: 0);
        binary.PredictLabel(Vector<double>.Build.Dense([0.6])).Should().Be("yes");
        binary.PredictLabel(Vector<double>.Build.Dense([0.6]), threshold: 0.7).Should().Be("no");
        binary.PredictLabels(Matrix<double>.Build.Dense(1, 2, [0.6, 0.8]), threshold: 0.7).Should().Equal("no", "yes");
        Pipeline.Create(one).Invoking(p => p.PredictLabels(Matrix<double>.Build.Dense(1, 1))).Should()
            .Throw<InvalidOperationException>();
        Pipeline.Create(one).Invoking(p => p.PredictLabel(Vector<double>.Build.Dense([0.6]))).Should()
            .Throw<InvalidOperationException>();
    }

    [Fact]
    public void The_threshold_is_what_was_given_or_suits_the_last_activation()
    {
        var labels = new LabelEncoder(["no", "yes"]);
        One(new Sigmoid()).Threshold.Should().Be(0.5);
        One(null, 0).Threshold.Should().Be(0);
        One(new LogSigmoid()).Threshold.Should().Be(Math.Log(0.5));
        One(new Sigmoid(), 0.3).Threshold.Should().Be(0.3);

        // The logit z is its own input here.
        Vector<double> z = Vector<double>.Build.Dense([0.4]);
        One(null, 0).PredictLabel(z).Should().Be("yes");
        One(null, 1).PredictLabel(z).Should().Be("no");
        One(new Sigmoid()).PredictLabel(z).Should().Be("yes");
        One(new Sigmoid(), 0.6).PredictLabel(z).Should().Be("no");
        One(null, 0.2).PredictLabels(Matrix<double>.Build.Dense(1, 3, [0.1, 0.3, -1]))
            .Should().Equal("no", "yes", "no");

        Pipeline<double> One(IActivation? activation, double? threshold = null)
        {
            Network<double> network = Network.Create<double>(1, seed: 1).Dense(1, activation).Build();
            network.Parameters[0].Values[0] = 1;
            return Pipeline.Create(network, labels: labels, threshold: threshold);
        }
    }

    [Fact]
    public void An_output_of_any_real_number_is_taken_for_a_logit_unless_a_threshold_is_given()
    {
        var labels = new LabelEncoder(["no", "yes"]);
        foreach (IActivation? activation in (IActivation?[])[null, new Identity(), new Tanh()])
        {
            Network<double> network = Network.Create<double>(1, seed: 1).Dense(1, activation).Build();
            Pipeline.Create(network, labels: labels).Threshold.Should().Be(0);
            Pipeline.Create(network, labels: labels, threshold: 0.5).Threshold.Should().Be(0.5);
        }
    }

    [Fact]
    public void A_threshold_without_two_classes_and_one_output_is_refused()
    {
        FluentActions.Invoking(() => Pipeline.Create(_network, threshold: 0.5)).Should().Throw<ArgumentException>()
            .WithMessage("*but there are no labels.*").WithParameterName("threshold");
        FluentActions.Invoking(() => Pipeline.Create(
                Network.Create<double>(2, seed: 1).Dense(2).Build(),
                labels: new LabelEncoder(["a", "b"]),
                threshold: 0.5))
            .Should().Throw<ArgumentException>().WithMessage("*but the network gives 2 outputs.*");
        FluentActions.Invoking(() => Pipeline.Create(
                _network, labels: new LabelEncoder(["a", "b"]), threshold: double.NaN))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("threshold");
    }

    public static TheoryData<IActivation?, int> Classifiers { get; } = new()
    {
        { null, 3 }, { new Softmax(), 3 }, { new LogSoftmax(), 3 },
        { null, 1 }, { new Sigmoid(), 1 }, { new LogSigmoid(), 1 },
    };

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Probabilities_are_those_of_the_classes_whatever_the_last_activation_gives(
        IActivation? last, int outputs)
    {
        Network<double> network = Network.Create<double>(outputs, seed: 1).Dense(outputs, last).Build();
        network.Parameters[0].Set(Matrix<double>.Build.DenseIdentity(outputs));
        Matrix<double> logits = TestData.Uniform<double>(outputs, 300, seed: 3, -4, 4);
        Pipeline<double> pipeline = Pipeline.Create(
            network,
            labels: new LabelEncoder(outputs == 1 ? ["no", "yes"] : ["a", "b", "c"]),
            threshold: outputs == 1 && last is null ? 0 : null);

        Matrix<double> probabilities = pipeline.PredictProbabilities(logits);
        probabilities.RowCount.Should().Be(Math.Max(2, outputs));
        for (int j = 0; j < logits.ColumnCount; j++)
        {
            double[] odds = outputs == 1 ? [1, Math.Exp(logits[0, j])] : [.. logits.Column(j).Select(Math.Exp)];
            for (int i = 0; i < odds.Length; i++)
            {
                probabilities[i, j].Should().BeApproximately(odds[i] / odds.Sum(), 1e-14);
            }
        }

        pipeline.PredictProbabilities(logits.Column(7)).Should().Equal(probabilities.Column(7));
        pipeline.PredictLabels(logits).Should().Equal(
            probabilities.EnumerateColumns().Select(column => pipeline.Labels!.Decode(column.MaximumIndex())));
        Pipeline.Create(network).Invoking(p => p.PredictProbabilities(logits)).Should()
            .Throw<InvalidOperationException>();
        Pipeline.Create(network).Invoking(p => p.PredictLabels(logits)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Columns_have_names_of_their_own_one_per_raw_feature()
    {
        Pipeline.Create(_network).Columns.Should().BeNull();
        var payment = new InputColumn("payment", new LabelEncoder(["card", "cash"]));
        Pipeline.Create(_network, columns: [new("age"), payment]).Columns.Should().HaveCount(2)
            .And.HaveElementAt(1, payment);
        payment.ToString().Should().Be("payment (card, cash)");
        new InputColumn("age").ToString().Should().Be("age");
        FluentActions.Invoking(() => Pipeline.Create(_network, columns: [payment])).Should().Throw<ArgumentException>()
            .WithMessage("There are 2 raw features, but 1 column.*");
        FluentActions.Invoking(() => Pipeline.Create(_network, columns: [payment, payment])).Should()
            .Throw<ArgumentException>()
            .WithMessage("Two columns are called 'payment'*");
        FluentActions.Invoking(() => Pipeline.Create(_network, columns: [payment, null!])).Should()
            .Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new InputColumn(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void A_data_set_is_predicted_as_it_is()
    {
        Matrix<double> raw = TestData.Uniform<double>(2, 40, seed: 2, 0, 30);
        var data = new DataSet<double>(raw, Matrix<double>.Build.Dense(1, 40));
        var pipeline = Pipeline.Create(_network, _inputs, _targets);
        pipeline.Predict(data.Inputs).Should().BeEquivalentTo(pipeline.Predict(raw));
        _network.Predict(data.Inputs).Should().BeEquivalentTo(_network.Predict(raw));
        _network.Invoking(network => network.Predict(new ReadOnlyMatrixSpan<double>(new double[9], 3, 3))).Should()
            .Throw<ArgumentException>();
    }

    [Fact]
    public void A_prediction_from_span_to_span_allocates_nothing()
    {
        var pipeline = Pipeline.Create(_network, _inputs, _targets);
        double[] inputs = new double[20];
        double[] outputs = new double[10];
        Allocations.WhenWarm(() => pipeline.Predict(inputs, outputs)).Should().Be(0);

        var classes = Pipeline.Create(_network, _inputs, labels: new LabelEncoder(["no", "yes"]), threshold: 0);
        Allocations.WhenWarm(() => classes.PredictLabel(inputs.AsSpan(0, 2))).Should().Be(0);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        FluentActions.Invoking(() => Pipeline.Create(_network, _targets)).Should().Throw<ArgumentException>()
            .WithMessage("The network takes 2 features, but the transform gives 1.*");
        FluentActions.Invoking(() => Pipeline.Create(_network, outputs: _inputs)).Should().Throw<ArgumentException>()
            .WithParameterName("outputs");
        FluentActions.Invoking(() => Pipeline.Create(_network, labels: new LabelEncoder(["a", "b", "c"]))).Should()
            .Throw<ArgumentException>()
            .WithMessage("The network tells 2 classes apart, but there are 3 labels.*");
        Pipeline.Create(_network).Invoking(p => p.Predict(new double[3], new double[1])).Should()
            .Throw<ArgumentException>().WithParameterName("inputs");
        Pipeline.Create(_network).Invoking(p => p.Predict(new double[4], new double[1])).Should()
            .Throw<ArgumentException>().WithParameterName("outputs");
        Pipeline.Create(_network).Invoking(p => p.Predict(Matrix<double>.Build.Dense(4, 1))).Should()
            .Throw<ArgumentException>()
            .WithMessage("The pipeline takes 2 features per sample, but 4 were given.*").WithParameterName("inputs");
        Pipeline.Create(_network)
            .Invoking(p => p.Predict(new(new double[4], 2, 2), new MatrixSpan<double>(new double[2], 2, 1)))
            .Should().Throw<ArgumentException>()
            .WithMessage("*1 × 2 (outputs × samples), but there is room for 2 × 1.*").WithParameterName("outputs");
        Pipeline.Create(_network).Invoking(p => p.Predict(Vector<double>.Build.Dense(4))).Should()
            .Throw<ArgumentException>()
            .WithMessage("The pipeline takes 2 features per sample, but 4 were given.*").WithParameterName("input");
        Pipeline.Create(_network, labels: new LabelEncoder(["a", "b"]), threshold: 0)
            .Invoking(p => p.PredictLabel(new double[4]))
            .Should()
            .Throw<ArgumentException>().WithMessage("The pipeline takes 2 features per sample, but 4 were given.*")
            .WithParameterName("input");
        double[] memory = new double[6];
        Pipeline.Create(_network, _inputs).Invoking(p => p.Predict(memory.AsSpan(0, 4), memory.AsSpan(3, 2)))
            .Should().Throw<ArgumentException>().WithMessage("*must not lie in the memory of the inputs*")
            .WithParameterName("outputs");
    }
    [Fact]
    public void Null_is_refused_by_name()
    {
        Pipeline<double> none = null!;
        Pipeline<double> pipeline = Pipeline.Create(_network, labels: new LabelEncoder(["a", "b"]), threshold: 0);
        Matrix<double> batch = Matrix<double>.Build.Dense(2, 3);
        Vector<double> sample = batch.Column(0);

        Refused("network", () => Pipeline.Create<double>(null!));
        Refused("pipeline", () => none.PredictLabel(sample));
        Refused("pipeline", () => none.PredictLabel(new double[2]));
        Refused("pipeline", () => none.PredictLabels(batch));
        Refused("pipeline", () => none.PredictProbabilities(sample));
        Refused("pipeline", () => none.PredictProbabilities(batch));
        Refused("input", () => pipeline.PredictLabel((Vector<double>)null!));
        Refused("input", () => pipeline.PredictProbabilities((Vector<double>)null!));

        void Refused(string argument, Action act) =>
            act.Should().Throw<ArgumentNullException>().WithParameterName(argument);
    }

    [Fact]
    public void Networks_and_pipelines_predict_as_models()
    {
        Matrix<double> inputs = TestData.Uniform<double>(2, 5, seed: 2);
        Pipeline<double> pipeline = Pipeline.Create(_network, _inputs, _targets);
        foreach (Model<double> model in (Model<double>[])[_network, pipeline])
        {
            (model.InputSize, model.OutputSize).Should().Be((2, 1));
            Matrix<double> outputs = model.Predict(inputs);
            outputs.ColumnCount.Should().Be(5);
            model.Predict(inputs.AsColumnMajorArray()).Should().Equal(outputs.AsColumnMajorArray());
            model.Predict(inputs.Column(3)).Should().Equal(outputs.Column(3));
            string name = model is Pipeline<double> ? "pipeline" : "network";
            model.Invoking(one => one.Predict(new double[3])).Should().Throw<ArgumentException>()
                .WithMessage($"The {name} takes 2 features per sample, but 3 values were given, *");
        }
    }
}
