using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>A network serves one training at a time: a second use is refused, and the first goes on unharmed.</summary>
public sealed class TrainerUseTests
{
    private readonly DataSet<float> _data = TestData.Diagonal<float>(40, seed: 1);

    public static TheoryData<string> Uses { get; } = new("Fit", "Step", "StepGiven", "Find", "Other");

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_use_within_a_run_is_refused_and_changes_no_bit_of_it(string use)
    {
        float[] alone = Train(MakeTrainer(), _ => { });
        Trainer<float> trainer = MakeTrainer();
        int refused = 0;
        float[] disturbed = Train(trainer, _ =>
        {
            Use(trainer, use)
                .Should().Throw<InvalidOperationException>().WithMessage("* was called within Fit, as by a callback*");
            refused++;
        });
        refused.Should().Be(8);
        disturbed.Should().Equal(alone);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_use_on_another_thread_is_refused_and_changes_no_bit(string use)
    {
        float[] alone = Train(MakeTrainer(), _ => { });
        Trainer<float> trainer = MakeTrainer();
        float[] disturbed = Train(trainer, _ => OnAnotherThread(() =>
            Use(trainer, use)
                .Should().Throw<InvalidOperationException>()
                .WithMessage("* was called while Fit is under way on another thread.*")));
        disturbed.Should().Equal(alone);
    }

    [Fact]
    public void A_callback_may_predict_and_evaluate()
    {
        float[] alone = Train(MakeTrainer(), _ => { });
        Trainer<float> trainer = MakeTrainer();
        float[] watched = Train(trainer, context =>
        {
            double loss = trainer.Evaluate(_data, [new Accuracy()]).Loss;
            context.Evaluate(_data).Loss.Should().Be(loss);
            trainer.Network.Predict(_data.Inputs).ColumnCount.Should().Be(40);
        });
        watched.Should().Equal(alone);
    }

    [Fact]
    public void An_evaluation_on_another_thread_is_refused_while_the_parameters_change()
    {
        Trainer<float> trainer = MakeTrainer();
        Train(trainer, context => OnAnotherThread(() =>
        {
            trainer.Invoking(t => t.Evaluate(_data)).Should().Throw<InvalidOperationException>()
                .WithMessage("Evaluate was called while Fit is under way on another thread.*");
            context.Invoking(c => c.Evaluate(_data)).Should().Throw<InvalidOperationException>();
        }));
    }

    [Fact]
    public void A_metric_may_not_train_and_may_not_evaluate_within_an_evaluation()
    {
        Trainer<float> trainer = MakeTrainer();
        List<string> messages = [];
        var nosy = new Nosy(() =>
        {
            foreach (Action use in new Action[] { () => trainer.Evaluate(_data), () => Step(trainer) })
            {
                messages.Add(use.Should().Throw<InvalidOperationException>().Which.Message);
            }
        });
        double loss = trainer.Evaluate(_data, [nosy]).Loss;
        messages.Should().HaveCount(2);
        messages[0].Should().StartWith("Evaluate was called within Evaluate");
        messages[1].Should().StartWith("Step was called within Evaluate");
        trainer.Evaluate(_data).Loss.Should().Be(loss);
    }

    [Fact]
    public void After_an_exception_the_trainer_is_free()
    {
        Trainer<float> trainer = MakeTrainer();
        trainer.Invoking(t => Train(t, _ => throw new IOException())).Should().Throw<IOException>();
        trainer.Invoking(t => t.Evaluate(_data, [new Nosy(() => throw new IOException())]))
            .Should().Throw<IOException>();
        trainer.Invoking(t => t.Step(Gradients.For(MakeTrainer().Network))).Should().Throw<ArgumentException>();
        Step(trainer);
        trainer.Fit(_data, new() { Epochs = 1 });
        trainer.Evaluate(_data);
    }

    [Fact]
    public void Two_trainers_of_one_network_may_take_turns()
    {
        Trainer<float> one = MakeTrainer();
        var other = new Trainer<float>(one.Network, new SoftmaxCrossEntropy(), new Sgd(0.1));
        for (int i = 0; i < 3; i++)
        {
            Step(one);
            Step(other);
        }

        (one.StepCount, other.StepCount).Should().Be((3, 3));
    }

    [Fact]
    public void An_engine_refuses_a_pass_within_a_pass()
    {
        Trainer<float> trainer = MakeTrainer();
        BackpropagationEngine<float>? engine = null;
        Gradients<float> gradients = Gradients.For(trainer.Network);
        string? message = null;
        var loss = new NosyLoss(() => message = engine!.Invoking(e => e.Forward(_data.Inputs))
            .Should().Throw<InvalidOperationException>().Which.Message);
        engine = new BackpropagationEngine<float>(trainer.Network, loss);
        engine.Compute(_data.Inputs, _data.Targets, gradients);
        message.Should().StartWith("Forward was called within Compute");
        engine.Forward(_data.Inputs);
    }

    private Action Use(Trainer<float> trainer, string use) => use switch
    {
        "Fit" => () => trainer.Fit(_data),
        "Step" => () => Step(trainer),
        "StepGiven" => () => trainer.Step(Gradients.For(trainer.Network)),
        "Find" => () => LearningRateFinder.Run(trainer, _data),
        _ => () => Step(new Trainer<float>(trainer.Network, new SoftmaxCrossEntropy(), new Sgd(0.1))),
    };

    private void Step(Trainer<float> trainer) => trainer.Step(_data.Inputs, _data.Targets);

    private float[] Train(Trainer<float> trainer, Action<TrainingContext<float>> watch)
    {
        // A step of two batches: pending gradients are what a second use would throw away.
        trainer.Fit(_data, new()
        {
            Epochs = 2,
            BatchSize = 10,
            AccumulationSteps = 3,
            Callbacks = [new Watcher(watch)],
        });
        return [.. trainer.Network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
    }

    private static void OnAnotherThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        thread.Join();
        failure.Should().BeNull();
    }

    private static Trainer<float> MakeTrainer() =>
        new(
            Network.Create<float>(2, seed: 1).Dense(4).Dropout(0.2).Dense(2).Build(),
            new SoftmaxCrossEntropy(),
            new Adam(0.05));

    private sealed class Watcher(Action<TrainingContext<float>> watch) : ITrainingCallback<float>
    {
        public void OnBatchEnd(TrainingContext<float> context) => watch(context);
    }

    private sealed class Nosy(Action act) : IMetric, IMetricAccumulator
    {
        public string Name => "nosy";

        public double Value => 0;

        public IMetricAccumulator Start(OutputDescription outputs) => this;

        public void Add<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => act();

        public void Reset()
        {
        }
    }

    private sealed class NosyLoss(Action act) : ILoss
    {
        private readonly SoftmaxCrossEntropy _loss = new();

        public string Name => "nosy";

        public LossInput Input => LossInput.Logits;

        public void Compute<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            act();
            _loss.Compute(outputs, targets, losses, gradient);
        }
    }
}
