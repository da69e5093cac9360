using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>What a callback sees of the passes of a batch: gradients, activations and the validation data.</summary>
public sealed class ContextTests
{
    private static readonly Matrix<double> _inputs = TestData.Uniform<double>(3, 8, seed: 1);
    private static readonly Matrix<double> _targets = TestData.Uniform<double>(2, 8, seed: 2);

    [Fact]
    public void The_gradients_and_activations_of_a_step_are_those_of_the_engine()
    {
        Network<double> network = Create();
        var engine = new BackpropagationEngine<double>(Create(), new MeanSquaredError());
        Gradients<double> expected = Gradients.For(engine.Network);
        engine.Compute(_inputs, _targets, expected);
        bool hasSeen = false;
        Fit(network, 8, 1, context =>
        {
            hasSeen = true;
            for (int i = 0; i < network.Parameters.Count; i++)
            {
                context.TryGetGradient(network.Parameters[i], out ReadOnlySpan<double> gradient).Should().BeTrue();
                gradient.ToArray().Should().Equal(expected[engine.Network.Parameters[i]].AsColumnMajorArray());
            }

            context.TryGetActivations(network.Layers[0], out ReadOnlyMatrixSpan<double> outputs).Should().BeTrue();
            outputs.Values.ToArray().Should().Equal(engine.Activations(engine.Network.Layers[0]).Values.ToArray());
        });
        hasSeen.Should().BeTrue();
    }

    [Fact]
    public void A_clipped_gradient_is_seen_as_the_optimizer_sees_it()
    {
        Network<double> network = Create();
        double norm = 0;
        Fit(
            network,
            8,
            1,
            context =>
            {
                double squares = 0;
                foreach (Parameter<double> parameter in network.Parameters)
                {
                    context.TryGetGradient(parameter, out ReadOnlySpan<double> gradient);
                    squares += gradient.ToArray().Sum(value => value * value);
                }

                norm = Math.Sqrt(squares);
            },
            new ClipByGlobalNorm(1e-3));
        norm.Should().BeApproximately(1e-3, 1e-12);
    }

    [Fact]
    public void A_batch_whose_gradients_wait_has_none()
    {
        Network<double> network = Create();
        List<bool> seen = [];
        Fit(network, 2, 2, context => seen.Add(context.TryGetGradient(network.Parameters[0], out _)));
        seen.Should().Equal(false, true, false, true);
    }

    [Fact]
    public void Before_and_between_batches_there_is_nothing_and_strangers_are_refused()
    {
        Network<double> network = Create();
        var watcher = new Watcher();
        Fit(network, 8, 1, _ => { }, clipping: null, watcher);
        watcher.AtStart.Should().Be((false, false));
        watcher.AtEpochEnd.Should().BeFalse();
        Parameter<double> stranger = Create().Parameters[0];
        FluentActions.Invoking(() => Fit(network, 8, 1, context => context.TryGetGradient(stranger, out _)))
            .Should().Throw<ArgumentException>().WithParameterName("parameter");
        Fit(network, 8, 1, context =>
            context.TryGetActivations(Create().Layers[0], out _).Should().BeFalse());
    }

    [Fact]
    public void Looking_allocates_nothing()
    {
        Network<double> network = Create();
        List<long> allocated = new(4);
        Fit(network, 2, 1, context =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < network.Parameters.Count; i++)
            {
                context.TryGetGradient(network.Parameters[i], out _);
            }

            context.TryGetActivations(network.Layers[0], out _);
            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        });

        allocated[^1].Should().Be(0);
    }

    [Fact]
    public void The_validation_data_are_those_split_off()
    {
        DataSet<double>? seen = null;
        Network<double> network = Create();
        new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.1), threads: 1).Fit(
            new DataSet<double>(_inputs, _targets),
            new()
            {
                Epochs = 1,
                ValidationSplit = 0.25,
                Callbacks = [new Caller(context => seen = context.Validation)],
            });
        seen!.Inputs.Values.ToArray().Should().Equal(_inputs.SubMatrix(0, 3, 6, 2).AsColumnMajorArray());
    }

    [Fact]
    public void Those_who_only_watch_are_told_after_those_who_change()
    {
        List<string> told = [];
        Network<double> network = Create();
        new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.1), threads: 1).Fit(
            new DataSet<double>(_inputs, _targets),
            new()
            {
                Epochs = 1,
                BatchSize = 8,
                Callbacks =
                [
                    new Observer(() => told.Add("observer")), new Caller(_ => told.Add("first")),
                    new Caller(_ => told.Add("second")),
                ],
            });
        told.Should().Equal("first", "second", "observer");
    }

    private static Network<double> Create() =>
        Network.Create<double>(3, seed: 4).Dense(5, new ReLU()).Dense(2).Build();

    private static void Fit(
        Network<double> network,
        int batchSize,
        int accumulationSteps,
        Action<TrainingContext<double>> atBatchEnd,
        IGradientClipping? clipping = null,
        params ITrainingCallback<double>[] others) =>
        new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.1), threads: 1).Fit(
            new DataSet<double>(_inputs, _targets),
            new()
            {
                Epochs = 1,
                BatchSize = batchSize,
                Shuffle = false,
                AccumulationSteps = accumulationSteps,
                GradientClipping = clipping,
                Callbacks = [new Caller(atBatchEnd), .. others],
            });

    private sealed class Caller(Action<TrainingContext<double>> atBatchEnd) : ITrainingCallback<double>
    {
        public void OnBatchEnd(TrainingContext<double> context) => atBatchEnd(context);
    }

    private sealed class Observer(Action atBatchEnd) : ITrainingCallback<double>, IRunObserver
    {
        public void OnBatchEnd(TrainingContext<double> context) => atBatchEnd();
    }

    private sealed class Watcher : ITrainingCallback<double>
    {
        public (bool, bool) AtStart { get; private set; } = (true, true);

        public bool AtEpochEnd { get; private set; } = true;

        public void OnTrainingStart(TrainingContext<double> context) => AtStart = (
            context.TryGetGradient(context.Network.Parameters[0], out _),
            context.TryGetActivations(context.Network.Layers[0], out _));

        public void OnEpochEnd(TrainingContext<double> context, EpochResult result) =>
            AtEpochEnd = context.TryGetGradient(context.Network.Parameters[0], out _);
    }
}
