using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Batches;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>Samples may have a weight for each of several outputs.</summary>
public sealed class OutputWeightTests
{
    private const int Samples = 6;

    private static readonly Matrix<double> _inputs = TestData.Uniform<double>(3, Samples, seed: 1);
    private static readonly Matrix<double> _targets = TestData.Uniform<double>(3, Samples, seed: 2);

    // Of the outputs a and b, sample by sample.
    private static readonly Matrix<double> _weights = Matrix<double>.Build.Dense(
        2, Samples, [1, 0, 0, 2, 0.5, 1, 1, 1, 0, 0, 3, 0.25]);

    [Fact]
    public void The_loss_of_each_output_is_weighed_by_itself()
    {
        Network<double> network = Build();
        LossPerOutput loss = Loss(network);
        var engine = new BackpropagationEngine<double>(network, loss);
        Gradients<double> gradients = Gradients.For(network);
        double value = engine.Compute(_inputs, _targets, gradients, sampleWeights: Values(_weights));

        Matrix<double> outputs = network.Predict(_inputs);
        double expected = 0;
        for (int j = 0; j < Samples; j++)
        {
            double a = Math.Pow(outputs[0, j] - _targets[0, j], 2);
            double b = Math.Abs(outputs[1, j] - _targets[1, j]) + Math.Abs(outputs[2, j] - _targets[2, j]);
            expected += ((_weights[0, j] * a) + (_weights[1, j] * 0.5 * b / 2)) / Samples;
        }

        value.Should().BeApproximately(expected, 1e-12);
        DataSet<double> data = new DataSet<double>(_inputs, _targets).WithOutputWeights(_weights);
        new Trainer<double>(network, loss, new Sgd(0.1)).Evaluate(data).Loss.Should().BeApproximately(expected, 1e-12);
    }

    [Fact]
    public void A_target_of_weight_0_does_not_count()
    {
        double[] one = GradientOf(_targets);
        Matrix<double> other = _targets.Clone();
        other[1, 0] = 1000;
        other[2, 0] = -1000;
        other[0, 1] = 77;
        GradientOf(other).Should().Equal(one);
        other[0, 0] = 77;
        GradientOf(other).Should().NotEqual(one);
    }

    [Fact]
    public void Parts_and_copies_of_a_data_set_keep_them()
    {
        DataSet<double> data = new DataSet<double>(_inputs, _targets).WithOutputWeights(_weights);
        data.WeightSize.Should().Be(2);
        data.Weights.ToArray().Should().Equal(_weights.ToColumnMajorArray());
        data.Skip(2).Take(2).Weights.ToArray().Should().Equal(0.5, 1, 1, 1);
        data.Skip(2).WithOutputWeights(_weights.SubMatrix(0, 2, 0, 4)).Skip(1).Weights.ToArray()
            .Should().Equal(0, 2, 0.5, 1, 1, 1);
        data.Select([5, 1]).Weights.ToArray().Should().Equal(3, 0.25, 0, 2);
        double[] copied = new double[4];
        data.CopyWeightsTo([5, 1], copied);
        copied.Should().Equal(3, 0.25, 0, 2);
        data.WithWeights([1, 2, 3, 4, 5, 6]).WeightSize.Should().Be(1);
        new DataSet<double>(_inputs, _targets).WeightSize.Should().Be(1);
    }

    [Fact]
    public void A_run_over_a_data_set_a_stream_and_by_hand_is_the_same()
    {
        DataSet<double> data = new DataSet<double>(_inputs, _targets).WithOutputWeights(_weights);
        Network<double> fitted = Build();
        var trainer = new Trainer<double>(fitted, Loss(fitted), new Adam(0.01));
        trainer.Fit(data, new FitOptions<double> { Epochs = 3, BatchSize = 4, Shuffle = false });

        Network<double> stepped = Build();
        var stepper = new Trainer<double>(stepped, Loss(stepped), new Adam(0.01));
        Network<double> streamed = Build();
        var batches = new List<Batch<double>>();
        foreach ((int start, int count) in new[] { (0, 4), (4, 2) })
        {
            batches.Add(new(
                _inputs.SubMatrix(0, 3, start, count),
                _targets.SubMatrix(0, 3, start, count),
                _weights.SubMatrix(0, 2, start, count).ToColumnMajorArray()));
        }

        for (int epoch = 0; epoch < 3; epoch++)
        {
            foreach (Batch<double> batch in batches)
            {
                stepper.Step(batch.Inputs, batch.Targets, [.. batch.Weights!]);
            }
        }

        new Trainer<double>(streamed, Loss(streamed), new Adam(0.01)).Fit(
            BatchSource.From(_ => batches), new FitOptions<double> { Epochs = 3 });
        foreach (Network<double> other in new[] { stepped, streamed })
        {
            for (int i = 0; i < fitted.Parameters.Count; i++)
            {
                other.Parameters[i].Values.ToArray().Should().Equal(fitted.Parameters[i].Values.ToArray());
            }
        }
    }

    [Fact]
    public void A_checkpoint_holds_the_loss_of_each_output_and_refuses_another()
    {
        string folder = Directory.CreateTempSubdirectory("neuralnet-outputs-").FullName;
        try
        {
            DataSet<double> data = new DataSet<double>(_inputs, _targets).WithOutputWeights(_weights);
            Network<double> whole = Build();
            new Trainer<double>(whole, Loss(whole), new Adam(0.01))
                .Fit(data, new FitOptions<double> { Epochs = 4, BatchSize = 4 });
            Network<double> begun = Build();
            new Trainer<double>(begun, Loss(begun), new Adam(0.01)).Fit(
                data,
                new FitOptions<double>
                {
                    Epochs = 2,
                    BatchSize = 4,
                    Callbacks = [new Checkpointing<double>(folder)],
                });

            Network<double> again = Build();
            var resumed = new Trainer<double>(again, Loss(again), new Adam(0.01));
            resumed.Resume(folder).Should().NotBeNull();
            resumed.Fit(data, new FitOptions<double> { Epochs = 4, BatchSize = 4 });
            again.Parameters[0].Values.ToArray().Should().Equal(whole.Parameters[0].Values.ToArray());

            var other = new LossPerOutput(
                again.Outputs,
                new OutputLoss("a", new MeanSquaredError()),
                new OutputLoss("b", new MeanAbsoluteError(), weight: 0.75));
            new Trainer<double>(Build(), other, new Adam(0.01)).Invoking(t => t.Resume(folder))
                .Should().Throw<CheckpointMismatchException>().WithMessage("*0.5*0.75*");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var data = new DataSet<double>(_inputs, _targets);
        data.Invoking(d => d.WithOutputWeights(_weights.SubMatrix(0, 2, 0, 5)))
            .Should().Throw<ArgumentException>().WithMessage("There are 6 samples but 5 columns of weights*");
        data.Invoking(d => d.WithOutputWeights(Matrix<double>.Build.Dense(2, Samples, (i, j) => i - (j == 3 ? 1 : 0))))
            .Should().Throw<ArgumentException>().WithMessage("The weight of sample 3 is -1*");
        Network<double> network = Build();
        new BackpropagationEngine<double>(network, Loss(network))
            .Invoking(e => e.Compute(
                _inputs, _targets, Gradients.For(network), sampleWeights: new double[Samples + 1]))
            .Should().Throw<ArgumentException>().WithMessage("*has 6 samples, but 7 weights*for each of the 2*");
        new BackpropagationEngine<double>(network, new MeanSquaredError())
            .Invoking(e => e.Compute(_inputs, _targets, Gradients.For(network), sampleWeights: Values(_weights)))
            .Should().Throw<ArgumentException>().WithMessage("*2 weights each*use a LossPerOutput*");
        new Trainer<double>(network, Loss(network), new Sgd(0.1))
            .Invoking(t => t.Fit(data, new FitOptions<double> { ClassWeights = [1, 2] }))
            .Should().Throw<ArgumentException>().WithMessage("Class weights are those of one*WithOutputWeights*");
        FluentActions.Invoking(() => new Batch<double>(_inputs, _targets, new double[7]))
            .Should().Throw<ArgumentException>();

        Network<double> one = Network.Create<double>(3, seed: 1).Dense(3).Build();
        var trainer = new Trainer<double>(one, new MeanSquaredError(), new Sgd(0.1));
        trainer.Invoking(t => t.Fit(data.WithOutputWeights(_weights)))
            .Should().Throw<ArgumentException>().WithMessage("The samples of the data have 2 weights each*1 output*");
        trainer.Invoking(t => t.Evaluate(data.WithOutputWeights(_weights))).Should().Throw<ArgumentException>();
        trainer.Invoking(t => t.Fit(BatchSource.From(_ => new[]
            {
                new Batch<double>(_inputs, _targets, Values(_weights)),
            })))
            .Should().Throw<InvalidOperationException>().WithMessage("Batch 1 of epoch 1 has 2 weights per sample*");
    }

    private static Network<double> Build() => Network.Create<double>(3, seed: 1)
        .Dense(4, new Tanh()).Output("a", a => a.Dense(1)).Output("b", b => b.Dense(2)).Build();

    private static LossPerOutput Loss(Network<double> network) => new(
        network.Outputs,
        new OutputLoss("a", new MeanSquaredError()),
        new OutputLoss("b", new MeanAbsoluteError(), weight: 0.5));

    private static double[] Values(Matrix<double> weights) => weights.ToColumnMajorArray();

    private static double[] GradientOf(Matrix<double> targets)
    {
        Network<double> network = Build();
        Gradients<double> gradients = Gradients.For(network);
        new BackpropagationEngine<double>(network, Loss(network))
            .Compute(_inputs, targets, gradients, sampleWeights: Values(_weights));
        return [.. network.Parameters.SelectMany(parameter => gradients.Values(parameter).ToArray())];
    }
}
