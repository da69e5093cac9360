using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.GradientChecks;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Training;

namespace NeuralNet.Tests.Data;

/// <summary>The commonest mistake, rows given as samples, is called by its name wherever it can be made.</summary>
public sealed class TransposedTests
{
    private const int Features = 4;
    private const int Outputs = 3;
    private const int Samples = 10;

    private static readonly Matrix<double> _inputs = TestData.Uniform<double>(Features, Samples, 1);
    private static readonly Matrix<double> _targets = TestData.Distributions(Outputs, Samples, 2);
    private static readonly Network<double> _network = Network.Create<double>(Features, seed: 1).Dense(Outputs).Build();
    private static readonly Trainer<double> _trainer = new(_network, new MeanSquaredError(), new Sgd(0.1));

    // Four samples, rows and all: what a matrix of samples in rows is when it has as many samples as features.
    private static readonly DataSet<double> _square = new(
        TestData.Uniform<double>(Samples, Features, 1), TestData.Uniform<double>(Outputs, Features, 2));

    private static readonly Dictionary<string, Action> _mistakes = new()
    {
        ["data set"] = () => _ = new DataSet<double>(_inputs.Transpose(), _targets.Transpose()),
        ["inputs of a data set"] = () => _ = new DataSet<double>(_inputs.Transpose(), _targets),
        ["targets of a data set"] = () => _ = new DataSet<double>(_inputs, _targets.Transpose()),
        ["weights of a data set"] = () =>
            _ = new DataSet<double>(_inputs.Transpose(), TestData.Uniform<double>(3, Features, 1), new double[Samples]),
        ["labels"] = () => DataSet.FromLabels(_inputs.Transpose(), new int[Samples], 2),
        ["batch"] = () => _ = new Batch<double>(_inputs.Transpose(), _targets.Transpose()),
        ["predict"] = () => _network.Predict(_inputs.Transpose()),
        ["predict into"] = () => _network.Predict(_inputs.Transpose(), new MatrixSpan<double>(new double[12], 3, 4)),
        ["pipeline"] = () => Pipeline.Create(_network).Predict(_inputs.Transpose()),
        ["labels of a pipeline"] = () =>
            Pipeline.Create(_network, labels: new LabelEncoder(["a", "b", "c"])).PredictLabels(_inputs.Transpose()),
        ["fit"] = () => _trainer.Fit(_square),
        ["evaluate"] = () => _trainer.Evaluate(_square),
        ["evaluate a pipeline"] = () => Pipeline.Create(_network).Evaluate(_square, []),
        ["step, inputs"] = () => _trainer.Step(_inputs.Transpose(), _targets),
        ["step, targets"] = () => _trainer.Step(TestData.Uniform<double>(Features, 9, 1), _targets.Transpose()),
        ["engine"] = () => new BackpropagationEngine<double>(_network).Forward(_inputs.Transpose()),
        ["stream"] = () => _trainer.Fit(
            BatchSource.From(_ => new[] { new Batch<double>(_square.Inputs.ToMatrix(), _square.Targets.ToMatrix()) })),
        ["gradient check"] = () => GradientCheck.Run(_network.Layers[0], _inputs.Transpose()),
        ["transform"] = () => Standardization.Fit<double>(_inputs).Transform(_inputs.Transpose()),
        ["transform of a data set"] = () => _square.TransformInputs(Standardization.Fit<double>(_inputs)),
        ["metric"] = () => new MeanSquaredErrorMetric().Start().Add<double>(_targets, _targets.Transpose()),
    };

    public static TheoryData<string> Mistakes { get; } = new(_mistakes.Keys);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Transposed_matrices_are_called_so(string mistake) =>
        _mistakes[mistake].Should().Throw<Exception>().WithMessage("*rows are the samples, transpose *")
            .Which.Should().Match(e => e is ArgumentException || e is InvalidOperationException);

    [Fact]
    public void Other_mistakes_are_not() =>
        FluentActions.Invoking(() => _network.Predict(TestData.Uniform<double>(5, 7, 1)))
            .Should().Throw<ArgumentException>()
            .WithMessage("The network takes 4 features per sample, but 5 were given. (Parameter 'inputs')");

    [Fact]
    public void One_of_a_thing_is_in_the_singular()
    {
        Network<double> one = Network.Create<double>(1, seed: 1).Dense(1).Build();
        FluentActions.Invoking(() => one.Predict(TestData.Uniform<double>(2, 2, 1)))
            .Should().Throw<ArgumentException>()
            .WithMessage("The network takes 1 feature per sample, but 2 were given.*");
        FluentActions.Invoking(() => _network.Predict(TestData.Uniform<double>(1, 2, 1)))
            .Should().Throw<ArgumentException>().WithMessage("*4 features per sample, but 1 was given.*");
        var trainer = new Trainer<double>(one, new MeanSquaredError(), new Sgd(1));
        trainer.Invoking(t => t.Fit(new DataSet<double>(_inputs, _targets)))
            .Should().Throw<ArgumentException>().WithMessage("The network takes 1 feature per sample*");
        trainer.Invoking(t => t.Fit(new DataSet<double>(
                TestData.Uniform<double>(1, 9, 1), TestData.Uniform<double>(2, 9, 1))))
            .Should().Throw<ArgumentException>()
            .WithMessage("The network gives 1 output, but the targets of the data have 2 rows. *");
        FluentActions.Invoking(
            () => new DataSet<double>(TestData.Uniform<double>(2, 1, 1), TestData.Uniform<double>(3, 4, 1)))
            .Should().Throw<ArgumentException>().WithMessage("There is 1 input but 4 targets;*");
    }

    [Theory]
    [InlineData(0.01, 10, "*A ValidationSplit of 0.01 leaves no sample of 10 for validation: choose a share*")]
    [InlineData(0.99, 10, "*A ValidationSplit of 0.99 leaves no sample of 10 for training: choose a share*")]
    [InlineData(0.5, 1, "*A ValidationSplit of 0.5 leaves no sample of 1 for *: a single sample cannot be split*")]
    public void A_share_for_validation_that_leaves_no_sample_is_refused(double share, int samples, string message) =>
        _trainer.Invoking(t => t.Fit(
            new DataSet<double>(_inputs, _targets).Take(samples), new() { ValidationSplit = share }))
            .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("options");

    [Fact]
    public void A_layer_of_another_network_is_refused_where_it_is_added() =>
        FluentActions.Invoking(() => Network.Create<double>(Features, seed: 1).Add(_network.Layers[0]))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The layer 'dense1' is part of a network already; a layer belongs to one network.");

    [Fact]
    public void Names_that_are_nearly_right_are_suggested()
    {
        _network.Invoking(n => n.Layer("Dense1"))
            .Should().Throw<KeyNotFoundException>().WithMessage("*there are dense1. Did you mean 'dense1'?");
        _network.Invoking(n => n.Parameter("dense1.weight"))
            .Should().Throw<KeyNotFoundException>().WithMessage("*Did you mean 'dense1.weights'?");
        new LabelEncoder(["setosa", "virginica"]).Invoking(l => l.Encode("Setosa"))
            .Should().Throw<ArgumentException>().WithMessage("*Did you mean 'setosa'?*");
    }
}
