using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Preprocessing;
using NeuralNet.Training;

namespace NeuralNet.Tests.Diagnostics;

public sealed class FirstEpochCheckTests
{
    [Fact]
    public void Pixels_from_0_to_255_are_warned_of()
    {
        TrainingWarning warning = Only(
            Classifier(20),
            new SoftmaxCrossEntropy(),
            Classes(20, 300, from: 0, to: 255),
            TrainingWarningKind.UnscaledInputs,
            new Adam(1e-5));
        warning.Layer.Should().Be("dense1");
        warning.Message.Should().Contain("feature").And.Contain("Standardization").And.Contain("255");
    }

    [Fact]
    public void Tiny_inputs_are_warned_of() =>
        Kinds(Classifier(20), new SoftmaxCrossEntropy(), Classes(20, 300, from: 0, to: 1e-5))
            .Should().Contain(TrainingWarningKind.UnscaledInputs);

    [Fact]
    public void A_feature_that_drowns_the_others_is_warned_of()
    {
        DataSet<float> data = Classes(4, 300);
        Matrix<float> inputs = data.Inputs.ToMatrix();
        inputs.SetRow(2, inputs.Row(2) * 8);
        inputs.SetRow(0, inputs.Row(0) * 0.01f);
        inputs.SetRow(1, inputs.Row(1) * 0.01f);
        Only(
            Classifier(4),
            new SoftmaxCrossEntropy(),
            new(inputs, data.Targets.ToMatrix()),
            TrainingWarningKind.DifferentScales)
            .Message.Should().Contain("feature 2");
    }

    [Fact]
    public void A_feature_too_small_to_be_seen_beside_the_others_is_warned_of()
    {
        DataSet<float> data = Classes(4, 300);
        Matrix<float> inputs = data.Inputs.ToMatrix();
        inputs.SetRow(1, inputs.Row(1) * 0.001f);
        Only(
            Classifier(4),
            new SoftmaxCrossEntropy(),
            new(inputs, data.Targets.ToMatrix()),
            TrainingWarningKind.DifferentScales)
            .Message.Should().Contain("feature 1 stays from").And.Contain("Standardization");
    }

    [Fact]
    public void A_pixel_that_is_rarely_and_faintly_lit_does_no_harm()
    {
        DataSet<float> data = Classes(4, 300);
        Matrix<float> inputs = data.Inputs.ToMatrix();
        inputs.SetRow(1, Vector<float>.Build.Dense(300, j => j % 100 == 0 ? 1 / 255f : 0));
        Kinds(Classifier(4), new SoftmaxCrossEntropy(), new(inputs, data.Targets.ToMatrix()))
            .Should().NotContain(TrainingWarningKind.DifferentScales);
    }

    [Fact]
    public void A_normalization_in_front_sees_to_the_scale()
    {
        Network<float> network = Network.Create<float>(20, seed: 1)
            .Add(new BatchNormalization<float>(20)).Dense(16, new ReLU()).Dense(2).Build();
        Kinds(network, new SoftmaxCrossEntropy(), Classes(20, 700, from: 0, to: 255)).Should().BeEmpty();
    }

    [Fact]
    public void A_constant_feature_is_warned_of()
    {
        DataSet<float> data = Classes(4, 300);
        Matrix<float> inputs = data.Inputs.ToMatrix();
        inputs.SetRow(3, Vector<float>.Build.Dense(300, 0.25f));
        Only(
            Classifier(4),
            new SoftmaxCrossEntropy(),
            new(inputs, data.Targets.ToMatrix()),
            TrainingWarningKind.ConstantFeatures)
            .Message.Should().Contain("feature 3, which is always 0.25");
    }

    [Fact]
    public void Inputs_that_are_all_the_same_are_warned_of() =>
        Kinds(
            Classifier(4),
            new SoftmaxCrossEntropy(),
            new(Matrix<float>.Build.Dense(4, 300, 1), Classes(4, 300).Targets.ToMatrix()))
            .Should().Contain(TrainingWarningKind.ConstantFeatures);

    public static TheoryData<IActivation, double, double> Unreachable { get; } = new()
    {
        { new Sigmoid(), 0, 255 },
        { new HardSigmoid(), -1, 1 },
        { new Tanh(), 0, 10 },
        { new ReLU(), -1, 1 },
        { new ReLU6(), 0, 10 },
        { new Softplus(), -1, 1 },
        { new ELU(), -5, 1 },
        { new GELU(), -1, 1 },
        { new LogSigmoid(), 0, 1 },
    };

    [Theory]
    [MemberData(nameof(Unreachable))]
    public void Targets_that_no_output_can_reach_are_warned_of(IActivation last, double from, double to)
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(16, new Tanh()).Dense(2, last).Build();
        DataSet<float> data = new(
            TestData.Uniform<float>(4, 300, seed: 2), TestData.Uniform<float>(2, 300, seed: 3, from, to));
        TrainingWarning warning = Warnings(network, new MeanSquaredError(), data)
            .Should().Contain(w => w.Kind == TrainingWarningKind.TargetsOutOfRange).Which;
        warning.Layer.Should().Be("dense2");
        warning.Message.Should().Contain($"ends in {last.Name}").And.Contain("without an activation");
    }

    public static TheoryData<ILoss, double, double> Misread { get; } = new()
    {
        { new SigmoidCrossEntropy(), -1, 1 },
        { new Hinge(), 0, 1 },
        { new SquaredHinge(), 0, 1 },
        { new Poisson(), -1, 1 },
    };

    [Theory]
    [MemberData(nameof(Misread))]
    public void Targets_that_the_loss_does_not_understand_are_warned_of(ILoss loss, double no, double yes)
    {
        Matrix<float> inputs = TestData.Uniform<float>(4, 300, seed: 2);
        Matrix<float> targets = Matrix<float>.Build.Dense(1, 300, (_, j) => (float)(inputs[0, j] > 0 ? yes : no));
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(16, new Tanh()).Dense(1).Build();
        Kinds(network, loss, new(inputs, targets)).Should().Contain(TrainingWarningKind.TargetsOutOfRange);
    }

    [Fact]
    public void Targets_that_do_not_sum_to_one_are_warned_of()
    {
        Matrix<float> targets = TestData.Uniform<float>(3, 300, seed: 3, 0, 1);
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(16, new Tanh()).Dense(3).Build();
        Warnings(network, new SoftmaxCrossEntropy(), new(TestData.Uniform<float>(4, 300, seed: 2), targets))
            .Should().Contain(w => w.Kind == TrainingWarningKind.TargetsNotDistributions)
            .Which.Message.Should().Contain("OneHot.Encode");
    }

    [Fact]
    public void A_softmax_over_one_output_is_warned_of()
    {
        Matrix<float> inputs = TestData.Uniform<float>(4, 300, seed: 2);
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(16, new Tanh()).Dense(1).Build();
        Matrix<float> targets = Matrix<float>.Build.Dense(1, 300, (_, j) => inputs[0, j] > 0 ? 1 : 0);
        Warnings(network, new SoftmaxCrossEntropy(), new(inputs, targets))
            .Should().Contain(w => w.Kind == TrainingWarningKind.TargetsNotDistributions)
            .Which.Message.Should().Contain("one output");
    }

    [Fact]
    public void Prices_in_the_hundred_thousands_are_warned_of() =>
        Kinds(Regressor(4, new Identity()), new MeanSquaredError(), Regression(4, 600, scale: 1e5), new Sgd(1e-6))
            .Should().Contain(TrainingWarningKind.UnscaledTargets);

    [Fact]
    public void One_class_only_is_warned_of()
    {
        DataSet<float> data = DataSet.FromLabels(TestData.Uniform<float>(4, 700, seed: 2), new int[700], 2);
        TrainingWarning warning = Only(Classifier(4), new SoftmaxCrossEntropy(), data, TrainingWarningKind.SameTargets);
        warning.Message.Should().Contain("All of the 700 samples").And.Contain("one class");
    }

    [Fact]
    public void A_second_class_late_in_the_epoch_counts()
    {
        int[] labels = new int[700];
        labels[699] = 1;
        DataSet<float> data = DataSet.FromLabels(TestData.Uniform<float>(4, 700, seed: 2), labels, 2);
        new Trainer<float>(Classifier(4), new SoftmaxCrossEntropy(), new Adam())
            .Fit(data, new() { Epochs = 1, Shuffle = false })
            .Warnings.Should().BeEmpty();
    }

    [Fact]
    public void A_dead_layer_is_warned_of()
    {
        Network<float> network = Network.Create<float>(4, seed: 1)
            .Dense(16, new ReLU(), biasInitializer: new Constant(-50)).Dense(2).Build();
        TrainingWarning warning = Warnings(network, new SoftmaxCrossEntropy(), Classes(4, 300))
            .Should().Contain(w => w.Kind == TrainingWarningKind.DeadLayer).Which;
        warning.Layer.Should().Be("dense1");
        warning.Message.Should().Contain("ReLU");
    }

    [Fact]
    public void Dead_filters_are_told_by_number()
    {
        // A filter is zero at all positions of all samples; one that is zero almost everywhere is alive.
        Network<float> network = Network.Create<float>(new FeatureShape(4, 4, 1), seed: 1)
            .Convolution(5, kernelSize: 2, activation: new ReLU())
            .Convolution(4, kernelSize: 2)
            .Activation(new ReLU())
            .Dense(2)
            .Build();
        Set("convolution1.biases", 0, -100, -100, 0, -100);
        Set("convolution2.biases", 0, -100, 1, 1);
        TrainingWarning warning = Warnings(network, new SoftmaxCrossEntropy(), Classes(16, 1600), new Sgd(1e-3))
            .Should().ContainSingle(w => w.Kind == TrainingWarningKind.DeadUnits).Which;
        warning.Layer.Should().Be("convolution1");
        warning.Message.Should().StartWith(
            "3 of the 5 filters of 'convolution1' (filter 1, 2, 4) are on the flat part of ReLU at every position of "
            + "every sample looked at: their gradients are 0, and they learn nothing.");

        Set("convolution2.biases", -100, -100, -100, 1);
        Warnings(network, new SoftmaxCrossEntropy(), Classes(16, 1600), new Sgd(1e-3))
            .Should().Contain(w => w.Kind == TrainingWarningKind.DeadUnits && w.Layer == "activation1")
            .Which.Message.Should().StartWith("3 of the 4 channels of 'activation1' (channel 0, 1, 2) are");

        Set("convolution1.biases", -100, -100, -100, -100, -100);
        Warnings(network, new SoftmaxCrossEntropy(), Classes(16, 1600))
            .Should().Contain(w => w.Kind == TrainingWarningKind.DeadLayer && w.Layer == "convolution1")
            .Which.Message.Should().StartWith("Every filter of 'convolution1' is on the flat part of ReLU");

        void Set(string name, params float[] values) => values.CopyTo(network.Parameter(name).Values);
    }

    [Fact]
    public void Dead_units_of_a_dense_layer_are_told_by_number()
    {
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(4, new ReLU()).Dense(2).Build();
        new float[] { -100, 0, -100, 3 }.CopyTo(network.Parameter("dense1.biases").Values);
        Warnings(network, new SoftmaxCrossEntropy(), Classes(4, 1600))
            .Should().ContainSingle(w => w.Kind == TrainingWarningKind.DeadUnits)
            .Which.Message.Should().StartWith("2 of the 4 units of 'dense1' (unit 0, 2) are on the flat part of ReLU "
                + "for every sample looked at: their gradients are 0");
    }

    [Fact]
    public void Dead_layers_within_blocks_and_branches_are_warned_of()
    {
        var low = new Constant(-50);
        Network<float> network = Network.Create<float>(4, seed: 1)
            .Residual(block => block.Dense(16, new ReLU(), biasInitializer: low).Dense(4))
            .Branches(
                Merge.Sum,
                alive => alive.Dense(8),
                dead => dead.Dense(8, new Tanh()).Dense(8, new ReLU(), biasInitializer: low))
            .Dense(2)
            .Build();
        Warnings(network, new SoftmaxCrossEntropy(), Classes(4, 300))
            .Where(warning => warning.Kind == TrainingWarningKind.DeadLayer).Select(warning => warning.Layer)
            .Should().BeEquivalentTo("residual1.dense1", "branches1.sequence2.dense2");
    }

    [Fact]
    public void A_layer_that_dies_in_the_first_epoch_is_warned_of()
    {
        // A bias that a huge step pushes far below zero; at first all is well.
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(16, new ReLU())
            .Dense(1, new ReLU(), biasInitializer: new Constant(1)).Build();
        Matrix<float> inputs = TestData.Uniform<float>(4, 700, seed: 2, 0, 1);
        DataSet<float> data = new(inputs, Matrix<float>.Build.Dense(1, 700, (_, j) => inputs[0, j] * 0.1f));
        Kinds(network, new MeanSquaredError(), data, new Sgd(5)).Should().Contain(TrainingWarningKind.DeadLayer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_saturated_layer_is_warned_of(bool isOutput)
    {
        IInitializer huge = new Normal(0, 500);
        Network<float> network = isOutput
            ? Network.Create<float>(4, seed: 1).Dense(16, new Tanh()).Dense(2, new Sigmoid(), huge).Build()
            : Network.Create<float>(4, seed: 1).Dense(16, new Tanh(), huge).Dense(2, new Sigmoid()).Build();
        Warnings(network, new MeanSquaredError(), Classes(4, 300))
            .Should().ContainSingle(w => w.Kind == TrainingWarningKind.SaturatedLayer)
            .Which.Layer.Should().Be(isOutput ? "dense2" : "dense1");
    }

    [Fact]
    public void A_learning_rate_that_changes_nothing_is_warned_of() =>
        Only(
            Classifier(4),
            new SoftmaxCrossEntropy(),
            Classes(4, 1000),
            TrainingWarningKind.LossNotFalling,
            new Sgd(1e-9))
            .Message.Should().Contain("too low").And.Contain("LearningRateFinder");

    [Fact]
    public void A_loss_that_rises_is_warned_of() =>
        Warnings(Regressor(4, new Identity()), new MeanSquaredError(), Regression(4, 336), new Sgd(1))
            .Should().Contain(w => w.Kind == TrainingWarningKind.LossNotFalling)
            .Which.Message.Should().Contain("too high");

    [Fact]
    public void What_is_trained_has_the_same_bits_without_the_check()
    {
        static float[] Train(bool check)
        {
            Network<float> network = Network.Create<float>(20, seed: 1)
                .Dense(16, new ReLU()).Dropout(0.3).Add(new BatchNormalization<float>(16)).Dense(2).Build();
            new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam())
                .Fit(
                    Classes(20, 700),
                    new()
                    {
                        Epochs = 2,
                        AccumulationSteps = 2,
                        CheckFirstEpoch = check,
                        Metrics = [new NeuralNet.Metrics.Accuracy()],
                    });
            return [.. network.Parameters.SelectMany(p => p.Values.ToArray())];
        }

        Train(check: true).Should().Equal(Train(check: false));
    }

    [Fact]
    public void Nothing_is_looked_at_where_it_is_switched_off() =>
        new Trainer<float>(Classifier(20), new SoftmaxCrossEntropy(), new Sgd(1e-9))
            .Fit(Classes(20, 700, 0, 255), new() { Epochs = 1, CheckFirstEpoch = false }).Warnings.Should().BeEmpty();

    [Fact]
    public void Callbacks_are_told_at_once_and_a_warning_comes_once()
    {
        var log = new WarningLog();
        TrainingHistory history = new Trainer<float>(Classifier(20), new SoftmaxCrossEntropy(), new Adam(1e-5))
            .Fit(Classes(20, 3200, 0, 255), new() { Epochs = 3, Callbacks = [log] });
        log.Told.Select(told => told.Warning).Should().Equal(history.Warnings);
        log.Told.Should().ContainSingle(told => told.Warning.Kind == TrainingWarningKind.UnscaledInputs)
            .Which.Batch.Should().Be(8, "256 samples have been seen then");
    }

    [Fact]
    public void A_stream_is_looked_at_too()
    {
        DataSet<float> data = Classes(20, 640, 0, 255);
        IBatchSource<float> source = BatchSource.From(_ => Enumerable.Range(0, 20).Select(
            i => new Batch<float>(
                data.Skip(32 * i).Take(32).Inputs.ToMatrix(), data.Skip(32 * i).Take(32).Targets.ToMatrix())));
        new Trainer<float>(Classifier(20), new SoftmaxCrossEntropy(), new Adam(1e-5)).Fit(source, new() { Epochs = 1 })
            .Warnings.Should().ContainSingle(w => w.Kind == TrainingWarningKind.UnscaledInputs);
    }

    [Fact]
    public void A_network_that_has_learned_need_not_improve()
    {
        Network<float> network = Classifier(4);
        DataSet<float> data = Classes(4, 1000);
        new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(0.01)).Fit(data, new() { Epochs = 30 });
        new Trainer<float>(network, new SoftmaxCrossEntropy(), new Sgd(1e-9)).Fit(data, new() { Epochs = 1 }).Warnings
            .Should().BeEmpty();
    }

    public static TheoryData<string> HealthyNames { get; } = new(Healthy().Keys);

    [Theory]
    [MemberData(nameof(HealthyNames))]
    public void Healthy_trainings_are_left_alone(string name)
    {
        (Network<float> network, ILoss loss, DataSet<float> data, IOptimizer optimizer, int batchSize) =
            Healthy()[name]();
        new Trainer<float>(network, loss, optimizer).Fit(data, new() { Epochs = 2, BatchSize = batchSize }).Warnings
            .Should().BeEmpty();
    }

    private static Dictionary<
        string,
        Func<(Network<float> Network, ILoss Loss, DataSet<float> Data, IOptimizer Optimizer, int BatchSize)>>
        Healthy() => new()
        {
            ["digits from 0 to 1, ReLU, Adam"] = () =>
                (Classifier(64, 10), new SoftmaxCrossEntropy(), Digits(1500, 0, 1), new Adam(), 32),
            ["digits, standardized over all pixels"] = () =>
                (Classifier(64, 10), new SoftmaxCrossEntropy(), Digits(1500, -0.4242f, 2.8215f), new Adam(), 64),
            ["digits, black on white"] = () =>
                (Classifier(64, 10), new SoftmaxCrossEntropy(), Digits(1500, 1, 0), new Sgd(0.1), 32),
            ["sigmoids to the end, squared error"] = () =>
                (Sigmoids(64, 10), new MeanSquaredError(), Digits(1500, 0, 1), new Sgd(0.3), 32),
            ["sigmoid and binary cross-entropy"] = () =>
                (Regressor(6, new Sigmoid()), new BinaryCrossEntropy(), YesOrNo(6, 800), new Adam(), 32),
            ["logits and sigmoid cross-entropy"] = () =>
                (Regressor(6, new Identity()), new SigmoidCrossEntropy(), YesOrNo(6, 800), new Sgd(0.1), 16),
            ["regression, standardized"] = () =>
                (Regressor(5, new Identity()), new MeanSquaredError(), Regression(5, 800), new Adam(), 32),
            ["regression, one sample a step"] = () =>
                (Regressor(5, new Identity()), new MeanSquaredError(), Regression(5, 200), new Sgd(0.01), 1),
            ["regression of positive numbers, Softplus"] = () =>
                (Regressor(5, new Softplus()), new MeanSquaredError(), Regression(5, 800, shift: 3), new Adam(), 32),
            ["regression in the tens, mean absolute error"] = () =>
                (Regressor(5, new Identity()), new MeanAbsoluteError(), Regression(5, 800, scale: 10, shift: 40),
                    new Adam(0.01), 32),
            ["tanh at the end, targets from -1 to 1"] = () =>
                (Regressor(5, new Tanh()), new Huber(), Regression(5, 800, scale: 0.2), new Adam(), 32),
            ["exclusive or, four samples"] = () =>
                (Regressor(2, new Sigmoid()), new MeanSquaredError(), ExclusiveOr(), new Adam(0.1), 32),
            ["hinge on -1 and 1"] = () =>
                (Regressor(6, new Identity()), new Hinge(), YesOrNo(6, 800, no: -1), new Adam(), 32),
            ["log-softmax and negative log-likelihood"] = () =>
                (LogSoftmaxes(6), new NegativeLogLikelihood(), Classes(6, 800), new Adam(), 32),
            ["rare categories, one-hot, beside numbers"] = () =>
                (Classifier(60), new SoftmaxCrossEntropy(), Categories(800), new Adam(), 32),
            ["noise that nothing explains"] = () =>
                (Classifier(5), new SoftmaxCrossEntropy(), Noise(1000), new Adam(), 32),
            ["whole data set in a batch"] = () =>
                (Classifier(4), new SoftmaxCrossEntropy(), Classes(4, 600), new Sgd(0.5), 600),
            ["heavy tails"] = () => (Classifier(4), new SoftmaxCrossEntropy(), HeavyTails(800), new Adam(), 32),
            ["every kind of layer"] = () =>
                (EveryLayer.Create<float>(20), new SoftmaxCrossEntropy(), TenClasses(20, 800), new Adam(), 32),
            ["ten samples"] = () => (Classifier(4), new SoftmaxCrossEntropy(), Classes(4, 10), new Adam(), 5),
        };

    private static Network<float> Classifier(int inputs, int classes = 2) =>
        Network.Create<float>(inputs, seed: 1).Dense(32, new ReLU()).Dense(classes).Build();

    private static Network<float> Sigmoids(int inputs, int classes) =>
        Network.Create<float>(inputs, seed: 1).Dense(32, new Sigmoid()).Dense(classes, new Sigmoid()).Build();

    private static Network<float> LogSoftmaxes(int inputs) =>
        Network.Create<float>(inputs, seed: 1).Dense(16, new LeakyReLU()).Dense(2, new LogSoftmax()).Build();

    private static Network<float> Regressor(int inputs, IActivation last) =>
        Network.Create<float>(inputs, seed: 1).Dense(16, new Tanh()).Dense(1, last).Build();

    private static DataSet<float> Classes(int features, int count, double from = -1, double to = 1)
    {
        Matrix<float> inputs = TestData.Uniform<float>(features, count, seed: 2, from, to);
        return DataSet.FromLabels(
            inputs, [.. Enumerable.Range(0, count).Select(j => inputs[0, j] > inputs[1, j] ? 1 : 0)], 2);
    }

    private static DataSet<float> TenClasses(int features, int count)
    {
        Matrix<float> inputs = TestData.Uniform<float>(features, count, seed: 2);
        return DataSet.FromLabels(
            inputs, [.. Enumerable.Range(0, count).Select(j => (int)((inputs[0, j] + 1) * 4.999f))], 10);
    }

    /// <summary>
    /// Bars of 8 × 8 pixels, their place the class; the rest is background, some pixels of it in every image.
    /// </summary>
    private static DataSet<float> Digits(int count, float background, float ink)
    {
        Random random = new(1);
        int[] labels = [.. Enumerable.Range(0, count).Select(j => j % 10)];
        Matrix<float> inputs = Matrix<float>.Build.Dense(64, count, background);
        for (int j = 0; j < count; j++)
        {
            for (int i = 0; i < 5; i++)
            {
                inputs[1 + labels[j] + (i * 9), j] = background
                    + ((ink - background) * (0.5f + (random.NextSingle() / 2)));
            }
        }

        return DataSet.FromLabels(inputs, labels, 10);
    }

    private static DataSet<float> Regression(int features, int count, double scale = 1, double shift = 0)
    {
        Matrix<float> inputs = TestData.Uniform<float>(features, count, seed: 2, -1.7, 1.7);
        return new(
            inputs,
            Matrix<float>.Build.Dense(
                1, count, (_, j) => (float)((scale * (inputs[0, j] - (inputs[1, j] / 2))) + shift)));
    }

    private static DataSet<float> YesOrNo(int features, int count, float no = 0)
    {
        Matrix<float> inputs = TestData.Uniform<float>(features, count, seed: 2);
        return new(inputs, Matrix<float>.Build.Dense(1, count, (_, j) => inputs[0, j] + inputs[1, j] > 0 ? 1 : no));
    }

    private static DataSet<float> ExclusiveOr() => new(
        Matrix<float>.Build.DenseOfArray(new float[,] { { 0, 0, 1, 1 }, { 0, 1, 0, 1 } }),
        Matrix<float>.Build.DenseOfArray(new float[,] { { 0, 1, 1, 0 } }));

    private static DataSet<float> Categories(int count)
    {
        DataSet<float> data = Classes(60, count);
        Random random = new(3);
        Matrix<float> inputs = data.Inputs.ToMatrix();
        for (int j = 0; j < count; j++)
        {
            // Of 55 categories, the later ones are rare.
            int category = (int)(55 * Math.Pow(random.NextDouble(), 4));
            for (int i = 5; i < 60; i++)
            {
                inputs[i, j] = i - 5 == category ? 1 : 0;
            }
        }

        return new(inputs, data.Targets.ToMatrix());
    }

    private static DataSet<float> Noise(int count)
    {
        Random random = new(4);
        return DataSet.FromLabels(
            TestData.Uniform<float>(5, count, seed: 2), [.. Enumerable.Range(0, count).Select(_ => random.Next(2))], 2);
    }

    private static DataSet<float> HeavyTails(int count)
    {
        DataSet<float> data = Classes(4, count, -3, 3);
        Matrix<float> inputs = data.Inputs.ToMatrix().Map(x => MathF.Sign(x) * MathF.Pow(MathF.Abs(x), 4));
        DataSet<float> raw = new(inputs, data.Targets.ToMatrix());
        return raw.TransformInputs(Standardization.Fit(raw.Inputs));
    }

    private static IReadOnlyList<TrainingWarning> Warnings(
        Network<float> network, ILoss loss, DataSet<float> data, IOptimizer? optimizer = null) =>
        new Trainer<float>(network, loss, optimizer ?? new Adam())
            .Fit(data, new() { Epochs = 1, BatchSize = 16 }).Warnings;

    private static IEnumerable<TrainingWarningKind> Kinds(
        Network<float> network, ILoss loss, DataSet<float> data, IOptimizer? optimizer = null) =>
        Warnings(network, loss, data, optimizer).Select(warning => warning.Kind);

    private static TrainingWarning Only(
        Network<float> network, ILoss loss, DataSet<float> data, TrainingWarningKind kind, IOptimizer? optimizer = null)
    {
        TrainingWarning warning = Warnings(network, loss, data, optimizer).Should().ContainSingle().Which;
        warning.Kind.Should().Be(kind);
        return warning;
    }
}
