using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.CodeGeneration;
using NeuralNet.Decisions;
using NeuralNet.Ensembles;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;

namespace NeuralNet.Tests.Ensembles;

/// <summary>An ensemble is a network that gives the mean of its members' outputs.</summary>
public sealed class EnsembleTests
{
    [Fact]
    public void Numbers_are_averaged()
    {
        Network<double>[] members = [Tanh(1), Tanh(2), Tanh(3)];
        Matrix<double> inputs = Inputs(4, 300);

        Network<double> ensemble = Ensemble.Combine(members, new MeanSquaredError());
        EnsemblePrediction<double> prediction = ensemble.PredictMembers(inputs);

        prediction.Mean.Should().Be(ensemble.Predict(inputs));
        for (int k = 0; k < 3; k++)
        {
            prediction.Members[k].Should().Be(members[k].Predict(inputs));
        }

        for (int j = 0; j < inputs.ColumnCount; j++)
        {
            double[] values = [.. members.Select(member => member.Predict(inputs)[1, j])];
            double mean = values.Average();
            prediction.Mean[1, j].Should().BeApproximately(mean, 1e-15);
            prediction.StandardDeviation[1, j].Should().BeApproximately(
                Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / 2), 1e-14);
        }
    }

    [Fact]
    public void Of_logits_the_probabilities_are_averaged()
    {
        Network<double>[] members = [Logits(3, 1), Logits(3, 2)];
        Matrix<double> inputs = Inputs(4, 5);
        Network<double> ensemble = Ensemble.Combine(members, new SoftmaxCrossEntropy());

        Matrix<double> mean = ensemble.Predict(inputs);

        Pipeline<double>[] single = [.. members.Select(member => Pipeline.Create(member, labels: Labels(3)))];
        Matrix<double> expected = (single[0].PredictProbabilities((ReadOnlyMatrixSpan<double>)inputs)
            + single[1].PredictProbabilities((ReadOnlyMatrixSpan<double>)inputs)) / 2;
        (mean - expected).L2Norm().Should().BeLessThan(1e-15);
        ensemble.OutputKind.Should().Be(OutputKind.Distribution);
        Pipeline.Create(ensemble, labels: Labels(3))
            .PredictProbabilities((ReadOnlyMatrixSpan<double>)inputs).Should().Be(mean);
    }

    [Fact]
    public void A_single_logit_becomes_a_probability_with_the_threshold_of_one()
    {
        Network<double> ensemble = Ensemble.Combine([Logits(1, 1), Logits(1, 2)], new SigmoidCrossEntropy());

        ensemble.OutputKind.Should().Be(OutputKind.Probability);
        Pipeline.Create(ensemble, labels: Labels(2)).Threshold.Should().Be(0.5);
        ensemble.Predict(Inputs(4, 9)).Enumerate().Should().OnlyContain(p => p > 0 && p < 1);
    }

    [Fact]
    public void Logarithms_of_probabilities_become_probabilities()
    {
        Network<double> One(int seed) => Network.Create<double>(4, seed).Dense(3, new LogSoftmax()).Build();
        Network<double>[] members = [One(1), One(2)];
        Matrix<double> inputs = Inputs(4, 3);

        Matrix<double> mean = Ensemble.Combine(members, new NegativeLogLikelihood()).Predict(inputs);

        Matrix<double> expected =
            (members[0].Predict(inputs).PointwiseExp() + members[1].Predict(inputs).PointwiseExp()) / 2;
        (mean - expected).L2Norm().Should().BeLessThan(1e-15);
    }

    [Fact]
    public void Of_several_outputs_each_is_averaged_in_its_own_way()
    {
        Network<double> One(int seed) => Network.Create<double>(4, seed).Dense(5, new Tanh())
            .Output("price", price => price.Dense(1)).Output("kind", kind => kind.Dense(3)).Build();
        Network<double>[] members = [One(1), One(2)];
        var loss = new LossPerOutput(
            members[0].Outputs,
            new OutputLoss("price", new MeanSquaredError()),
            new OutputLoss("kind", new SoftmaxCrossEntropy()));
        Matrix<double> inputs = Inputs(4, 6);

        Network<double> ensemble = Ensemble.Combine(members, loss);
        Matrix<double> mean = ensemble.Predict(inputs);

        ensemble.Outputs.Select(output => output.Name).Should().Equal("price", "kind");
        ensemble.OutputKindOf("kind").Should().Be(OutputKind.Distribution);
        ensemble.Outputs["kind"].Of(mean).ColumnSums().Should().OnlyContain(sum => Math.Abs(sum - 1) < 1e-12);
        Matrix<double> prices = (members[0].Predict(inputs) + members[1].Predict(inputs)) / 2;
        (ensemble.Outputs["price"].Of(mean) - ensemble.Outputs["price"].Of(prices)).L2Norm()
            .Should().BeLessThan(1e-14);
        OutputDescription.Of(ensemble).Outputs[1].Meaning.Should().Be(OutputMeaning.Classes);
    }

    [Fact]
    public void It_is_one_file_and_one_source()
    {
        Network<double> ensemble = Ensemble.Combine([Logits(3, 1), Tall(2)], new SoftmaxCrossEntropy());
        Pipeline<double> pipeline = Pipeline.Create(
            ensemble, new Standardization([0, 0, 0, 0], [1, 2, 3, 4]), labels: Labels(3));
        using var file = new MemoryStream();
        pipeline.Save(file);
        file.Position = 0;

        Pipeline<double> loaded = Pipeline.Load<double>(file);

        Matrix<double> inputs = Inputs(4, 8);
        EnsemblePrediction<double> prediction = loaded.PredictMembers(inputs);
        prediction.Mean.Should().Be(pipeline.Predict(inputs));
        prediction.Members.Should().HaveCount(2);
        prediction.MutualInformation().Should().OnlyContain(value => value > 0);
        ensemble.ToCSharpSource(new() { ClassName = "Crowd" }).Should().Contain("class Crowd");
    }

    [Fact]
    public void Entropy_is_that_of_the_mean_and_the_mutual_information_what_the_members_add()
    {
        Network<double> ensemble = Ensemble.Combine([Sure(0, 1), Sure(1, 2)], new SoftmaxCrossEntropy());
        Matrix<double> inputs = Matrix<double>.Build.Dense(1, 1, 1);

        EnsemblePrediction<double> prediction = ensemble.PredictMembers(inputs);

        // One member is sure of the first class, the other of the second.
        prediction.Entropy()[0].Should().BeApproximately(Math.Log(2), 1e-6);
        prediction.MutualInformation()[0].Should().BeApproximately(Math.Log(2), 1e-6);

        Network<double> alike = Ensemble.Combine([Sure(0, 1), Sure(0, 1.5)], new SoftmaxCrossEntropy());
        alike.PredictMembers(inputs).Entropy()[0].Should().BeLessThan(1e-6);
    }

    [Fact]
    public void Of_answers_the_entropies_are_summed()
    {
        Network<double> One(double bias)
        {
            Network<double> network = Network.Create<double>(1, seed: 1).Dense(2, new Sigmoid()).Build();
            network.Parameter("dense1.weights").Values.Clear();
            network.Parameter("dense1.biases").Values.Fill(bias);
            return network;
        }

        EnsemblePrediction<double> prediction = Ensemble.Combine([One(0), One(1e-9)], new BinaryCrossEntropy())
            .PredictMembers(Matrix<double>.Build.Dense(1, 1));

        prediction.Entropy()[0].Should().BeApproximately(2 * Math.Log(2), 1e-9);
        prediction.MutualInformation()[0].Should().BeApproximately(0, 1e-9);
    }

    [Fact]
    public void Of_a_scaled_regression_the_spread_is_in_the_unit_of_the_data()
    {
        Network<double> ensemble = Ensemble.Combine([Tanh(1), Tanh(2)], new MeanSquaredError());
        var targets = new Standardization([100, 200], [10, 5]);
        Matrix<double> inputs = Inputs(4, 3);

        EnsemblePrediction<double> scaled = Pipeline.Create(ensemble, outputs: targets).PredictMembers(inputs);
        EnsemblePrediction<double> plain = ensemble.PredictMembers(inputs);

        scaled.Mean[0, 2].Should().BeApproximately(100 + (10 * plain.Mean[0, 2]), 1e-12);
        scaled.StandardDeviation[1, 1].Should().BeApproximately(5 * plain.StandardDeviation[1, 1], 1e-12);
        Action entropy = () => scaled.Entropy();
        entropy.Should().Throw<InvalidOperationException>().WithMessage("*not known to be probabilities*");
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        Network<double> ensemble = Ensemble.Combine([Tanh(1), Tanh(2)], new MeanSquaredError());
        Matrix<double> inputs = Inputs(4, 700);

        ensemble.PredictMembers(inputs, threads: 4).StandardDeviation
            .Should().Be(ensemble.PredictMembers(inputs, threads: 1).StandardDeviation);
    }

    [Fact]
    public void The_members_are_copied_and_may_be_frozen()
    {
        Network<double>[] members = [Tanh(1), Tanh(2)];
        members[0].Layers[0].Freeze();
        Network<double> ensemble = Ensemble.Combine(members, new MeanSquaredError());
        Matrix<double> inputs = Inputs(4, 2);
        Matrix<double> before = ensemble.Predict(inputs);

        members[0].Parameters[0].Values.Clear();

        ensemble.Predict(inputs).Should().Be(before);
        ensemble.Parameters.Count(parameter => parameter.IsFrozen).Should().Be(2);
    }

    [Fact]
    public void What_is_no_ensemble_is_refused()
    {
        Action one = () => Ensemble.Combine([Tanh(1)], new MeanSquaredError());
        Action twins = () => Ensemble.Combine([Tanh(1), Tanh(2), Tanh(1)], new MeanSquaredError());
        Action sizes = () => Ensemble.Combine([Tanh(1), Logits(3, 2)], new MeanSquaredError());
        Action plain = () => Tanh(1).PredictMembers(Inputs(4, 2));
        Action logarithm = () => Ensemble.Combine(
            [
                Network.Create<double>(2, seed: 1).Dense(1, new LogSigmoid()).Build(),
                Network.Create<double>(2, seed: 2).Dense(1, new LogSigmoid()).Build(),
            ],
            new MeanSquaredError());

        one.Should().Throw<ArgumentException>().WithMessage("*at least two*");
        twins.Should().Throw<ArgumentException>().WithMessage("*members 0 and 2 are the same*seed*");
        sizes.Should().Throw<ArgumentException>().WithMessage("*member 0 takes*member 1 takes*");
        plain.Should().Throw<ArgumentException>().WithMessage("*no ensemble*Ensemble.Train*");
        logarithm.Should().Throw<NotSupportedException>().WithMessage("*logarithm of a probability*Sigmoid*");
    }

    private static Network<double> Tanh(int seed) =>
        Network.Create<double>(4, seed).Dense(6, new Tanh()).Dropout(0.5).Dense(2).Build();

    private static Network<double> Tall(int seed) => Network.Create<double>(4, seed)
        .Dense(7).BatchNormalization().Activation(new GELU()).Residual(block => block.Dense(7)).Dense(3).Build();

    private static Network<double> Logits(int outputs, int seed) =>
        Network.Create<double>(4, seed).Dense(6, new ReLU()).Dense(outputs).Build();

    private static Network<double> Sure(int of, double scale)
    {
        Network<double> network = Network.Create<double>(1, seed: 1).Dense(2).Build();
        network.Parameter("dense1.weights").Values.Clear();
        network.Parameter("dense1.weights").Values[of] = 20 * scale;
        return network;
    }

    private static LabelEncoder Labels(int count) => new([.. "abc"[..count].Select(letter => letter.ToString())]);

    private static Matrix<double> Inputs(int rows, int columns)
    {
        var random = new Random(3);
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => (2 * random.NextDouble()) - 1);
    }
}
