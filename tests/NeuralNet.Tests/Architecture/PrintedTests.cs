using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
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
using NeuralNet.Schedules;
using NeuralNet.Training;

namespace NeuralNet.Tests.Architecture;

/// <summary>What people see who write an object to the console.</summary>
public class PrintedTests
{
    private static readonly DataSet<float> _data = new(
        Matrix<float>.Build.Dense(2, 4, (feature, sample) => feature + sample),
        Matrix<float>.Build.Dense(1, 4, (_, sample) => sample));

    public static TheoryData<object, string> Objects { get; } = new()
    {
        { _data, "4 samples of 2 inputs and 1 target" },
        { _data.WithWeights([1, 2, 3, 4]), "4 samples of 2 inputs and 1 target, weighted" },
        {
            DataSet.FromLabels<float>(new ByteMatrix(new byte[6], 3, 2), [0, 1], 2),
            "2 samples of 3 inputs, kept as bytes, and 2 targets"
        },
        { new ByteMatrix(new byte[6], 3, 2), "3 × 2 bytes, times 0.00392" },
        {
            Network.Create<float>(784, seed: 1).Dense(128, new ReLU()).Build().Layers[0],
            "dense1: 784 → 128, ReLU, 100,480 parameters"
        },
        {
            Network.Create<float>(new FeatureShape(4, 4, 1), seed: 1).MaxPooling(2).Dense(1).Build().Layers[0],
            "maxPooling1: 4 × 4 × 1 → 2 × 2 × 1"
        },
        { new Sgd(), "Sgd: learning rate 0.01" },
        {
            new Sgd(0.1, momentum: 0.9, nesterov: true, l2Penalty: 0.001),
            "Sgd: learning rate 0.1, momentum 0.9, Nesterov, L2 penalty 0.001"
        },
        { new Adam(amsGrad: true), "Adam: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1E-08, AMSGrad" },
        { new AdamW(), "AdamW: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1E-08, weight decay 0.01" },
        { new RmsProp(), "RmsProp: learning rate 0.01, α 0.99, ε 1E-08" },
        { new Adadelta(), "Adadelta: learning rate 1, ρ 0.9, ε 1E-06" },
        { new Adagrad(), "Adagrad: learning rate 0.01, ε 1E-10" },
        { new Lion(), "Lion: learning rate 0.0001, β₁ 0.9, β₂ 0.99" },
        {
            new Standardization([5.8433, 3], [1, 0.5]),
            "Standardization: 2 features; means 5.843, 3; standard deviations 1, 0.5"
        },
        { new MinMaxScaling([0, -1], [2, 1]), "MinMaxScaling: 2 features; minimums 0, -1; maximums 2, 1" },
        { new Imputation([1, 2, 3, 4, 5, 6, 7]), "Imputation: 7 features; replacements 1, 2, 3, 4, 5, 6, …" },
        { new CyclicEncoding([24, 7]), "CyclicEncoding: 2 features → 4; periods 24, 7" },
        { new MissingIndicator(1), "MissingIndicator: 1 feature" },
        {
            new TransformSequence(new Imputation([1]), new CyclicEncoding([24])),
            "TransformSequence: 1 feature → 2; Imputation, CyclicEncoding"
        },
        { new FitOptions<float>(), "10 epochs, batches of 32" },
        {
            new FitOptions<float>
            {
                Steps = 100,
                BatchSize = 64,
                Schedule = new CosineDecay(),
                GradientClipping = new ClipByNorm(1),
                Callbacks = [new EarlyStopping<float>()],
                Metrics = [new MeanAbsoluteErrorMetric()],
                Validation = _data,
            },
            "no limit of epochs, at most 100 steps, batches of 64, CosineDecay, ClipByNorm, EarlyStopping, "
            + "mae, validation of 4 samples"
        },
        { new FitOptions<float> { ValidationSplit = 0.2 }, "10 epochs, batches of 32, validation of 20 %" },
        {
            new Trainer<float>(Network.Create<float>(2, seed: 1).Dense(1).Build(), new MeanSquaredError(), new Sgd()),
            "2 → 1, MeanSquaredError, Sgd: learning rate 0.01; 0 steps"
        },
    };

    [Theory]
    [MemberData(nameof(Objects), DisableDiscoveryEnumeration = true)]
    public void An_object_says_what_it_is(object printed, string text) => printed.ToString().Should().Be(text);

    [Fact]
    public void A_pipeline_and_its_figures_say_what_they_are()
    {
        Pipeline<float> pipeline = Pipeline.Create(
            Network.Create<float>(2, seed: 1).Dense(3).Build(),
            inputs: new Standardization([0, 0], [1, 1]),
            labels: new LabelEncoder(["a", "b", "c"]));
        DataSet<float> data = DataSet.FromLabels(Matrix<float>.Build.Dense(2, 3), [0, 0, 0], 3);

        pipeline.ToString().Should().Be(string.Join(
            Environment.NewLine,
            "raw input: 2",
            "inputs: Standardization: 2 features; means 0, 0; standard deviations 1, 1",
            "network: 2 → 3, 9 parameters",
            "labels: a, b, c"));
        pipeline.Evaluate(data, [new Accuracy()]).ToString().Should().Be("accuracy 1");
    }

    [Fact]
    public void The_memory_of_a_training_step_is_that_which_the_layers_take()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(8, 8, 2), seed: 1)
            .Convolution(4, kernelSize: 3, activation: new ReLU())
            .Residual(block => block.Convolution(4, kernelSize: 3, padding: Padding.Same))
            .Dense(10)
            .Build();
        const int Samples = 1000;
        var memory = new LayerMemory<double>(network.Body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        memory.Prepare(Samples, hasBackward: true);
        long remembered = (GC.GetAllocatedBytesForCurrentThread() - before) / sizeof(double);

        long told = TrainingMemory.NumbersOf(network.Body, Samples);

        long known = memory.ScratchLength + (2 * Samples * 10) + network.ParameterCount;
        (told - known).Should().BeInRange(
            (long)(0.99 * remembered), remembered, "lists and headers of arrays come on top");
    }
}
