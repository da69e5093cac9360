using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Layers;
using NeuralNet.Preprocessing;
using NeuralNet.Training;

namespace NeuralNet.Tests.Data;

public sealed class DataSetTests
{
    private readonly DataSet<double> _data = new(
        Matrix<double>.Build.Dense(2, 5, (i, j) => (10 * j) + i), Matrix<double>.Build.Dense(1, 5, (_, j) => j));

    [Fact]
    public void Take_skip_and_split_share_the_samples()
    {
        _data.Take(2).Targets.Values.ToArray().Should().Equal(0, 1);
        _data.Skip(3).Targets.Values.ToArray().Should().Equal(3, 4);
        _data.Skip(1).Take(2).Inputs.Values.ToArray().Should().Equal(10, 11, 20, 21);
        (DataSet<double> first, DataSet<double> second) = _data.Split(0.6);
        first.Count.Should().Be(3);
        second.Targets.Values.ToArray().Should().Equal(3, 4);
        _data.SplitAt(1).Second.Count.Should().Be(4);
    }

    [Fact]
    public void Shuffling_keeps_inputs_and_targets_together_and_is_seeded()
    {
        DataSet<double> shuffled = _data.Shuffle(seed: 3);
        shuffled.Targets.Values.ToArray().Should().BeEquivalentTo([0.0, 1, 2, 3, 4]).And.NotBeInAscendingOrder();
        for (int j = 0; j < 5; j++)
        {
            shuffled.Inputs[0, j].Should().Be(10 * shuffled.Targets[0, j]);
        }

        shuffled.Targets.Values.ToArray().Should().Equal(_data.Shuffle(seed: 3).Targets.Values.ToArray());
    }

    [Fact]
    public void Batches_are_gathered_by_index()
    {
        double[] inputs = new double[4];
        double[] targets = new double[2];
        _data.Skip(1).CopyTo([3, 0], inputs, targets);
        inputs.Should().Equal(40, 41, 10, 11);
        targets.Should().Equal(4, 1);
    }

    [Fact]
    public void Labels_become_one_hot_targets()
    {
        DataSet<float> data = DataSet.FromLabels(Matrix<float>.Build.Dense(1, 3), [2, 0, 1], 3);
        data.Targets.Values.ToArray().Should().Equal(0, 0, 1, 1, 0, 0, 0, 1, 0);
        data.TargetSize.Should().Be(3);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_label_out_of_range_is_refused_by_position(int label) =>
        FluentActions.Invoking(() => OneHot.Encode<float>([0, label], 3)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage($"The label of sample 1 is {label}, but with 3 classes labels go from 0 to 2.*");

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_refused_by_position(double value)
    {
        Matrix<double> inputs = Matrix<double>.Build.Dense(2, 3);
        inputs[1, 2] = value;
        FluentActions.Invoking(() => new DataSet<double>(inputs, Matrix<double>.Build.Dense(1, 3)))
            .Should().Throw<ArgumentException>()
            .WithMessage($"The inputs hold {value} in row 1 of sample 2; every value must be a finite number.*");
        FluentActions.Invoking(() => new DataSet<double>(Matrix<double>.Build.Dense(1, 3), inputs))
            .Should().Throw<ArgumentException>()
            .WithMessage($"The targets hold {value} in row 1 of sample 2*");
    }

    [Fact]
    public void Inputs_without_targets_are_refused() =>
        FluentActions.Invoking(
            () => new DataSet<double>(Matrix<double>.Build.Dense(2, 3), Matrix<double>.Build.Dense(1, 2)))
            .Should().Throw<ArgumentException>().WithMessage("There are 3 inputs but 2 targets*");

    [Fact]
    public void Empty_parts_are_refused()
    {
        _data.Invoking(d => d.Take(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("count must be from 1 to 5*");
        _data.Invoking(d => d.Take(6)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Skip(5)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.SplitAt(0)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.SplitAt(5)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Split(0)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Split(1)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Split(double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Split(1.0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_share_that_is_meant_as_percent_is_refused_with_the_share()
    {
        // As a number of samples it would be a small part of a large data set, without a word.
        DataSet<double> data = new(Matrix<double>.Build.Dense(1, 500), Matrix<double>.Build.Dense(1, 500));
        string expected = "*must be above 0 and below 1, but it is 80. It is a share, not percent: for 80 % set 0.8.*";
        data.Invoking(d => d.Split(80)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage(expected).WithParameterName("firstFraction");
        data.Invoking(d => d.StratifiedSplit(80, seed: 1)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage(expected).WithParameterName("firstFraction");
        FluentActions.Invoking(() => new FitOptions<double> { ValidationSplit = 80 })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage(expected).WithParameterName("ValidationSplit");
        FluentActions.Invoking(() => new Dropout<double>(3, rate: 50)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage(
                "rate must be at least 0 and below 1, but it is 50. It is a share, not percent: for 50 % set 0.5.*");
        data.Invoking(d => d.Split(-1)).Should().Throw<ArgumentOutOfRangeException>()
            .Which.Message.Should().NotContain("percent");
    }

    [Fact]
    public void Weights_stay_with_their_samples()
    {
        _data.Weights.IsEmpty.Should().BeTrue();
        DataSet<double> weighted = _data.WithWeights([0.0, 1, 2, 3, 4]);
        weighted.Skip(1).Take(3).Weights.ToArray().Should().Equal(1, 2, 3);
        weighted.SplitAt(2).Second.Weights.ToArray().Should().Equal(2, 3, 4);
        weighted.Skip(2).WithWeights([7, 8, 9]).Skip(1).Weights.ToArray().Should().Equal(8, 9);
        weighted.Skip(2).WithWeights([7, 8, 9]).Targets.Values.ToArray().Should().Equal(2, 3, 4);
        DataSet<double> shuffled = weighted.Skip(1).Shuffle(seed: 3);
        shuffled.Weights.ToArray().Should().Equal(shuffled.Targets.Values.ToArray());
        foreach ((DataSet<double> training, DataSet<double> validation) in weighted.Folds(2, seed: 1))
        {
            training.Weights.ToArray().Should().Equal(training.Targets.Values.ToArray());
            validation.Weights.ToArray().Should().Equal(validation.Targets.Values.ToArray());
        }

        double[] weights = new double[3];
        weighted.Skip(1).CopyWeightsTo([3, 0, 1], weights);
        weights.Should().Equal(4, 1, 2);
        _data.CopyWeightsTo([3, 0, 1], weights);
        weights.Should().Equal(1, 1, 1);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_out_of_range_is_refused_by_sample(double weight) =>
        _data.Invoking(d => d.WithWeights([1, 1, weight, 1, 1]))
            .Should().Throw<ArgumentException>().WithMessage("The weight of sample 2 is *");

    [Fact]
    public void Each_sample_has_one_weight()
    {
        _data.Invoking(d => d.WithWeights([1, 1]))
            .Should().Throw<ArgumentException>().WithMessage("There are 5 samples but 2 weights*");
        new DataSet<double>(_data.Inputs.ToMatrix(), _data.Targets.ToMatrix(), [5.0, 4, 3, 2, 1]).Weights.ToArray()
            .Should().Equal(5, 4, 3, 2, 1);
    }

    [Fact]
    public void Class_weights_balance_the_classes()
    {
        int[] labels = [0, 0, 0, 1, 2, 2];
        double[] balanced = ClassWeights.Balanced(labels, 3);
        balanced.Should().Equal(6 / 9.0, 2, 1);
        DataSet<float> data = DataSet.FromLabels(Matrix<float>.Build.Dense(1, 6), labels, 3).Skip(1)
            .WithClassWeights(balanced);
        data.Weights.ToArray().Should().Equal(6 / 9f, 6 / 9f, 2, 1, 1);
        ClassWeights.OfSamples<float>(labels, balanced).Should().Equal(6 / 9f, 6 / 9f, 6 / 9f, 2, 1, 1);
        FluentActions.Invoking(() => ClassWeights.Balanced([0, 2], 3))
            .Should().Throw<ArgumentException>().WithMessage("Class 1 of 3 has no sample*");
        FluentActions.Invoking(() => ClassWeights.Balanced([0, 3], 3)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.WithClassWeights([1.0])).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Folds_validate_each_sample_once_and_train_on_the_others(int k)
    {
        (DataSet<double> Training, DataSet<double> Validation)[] folds = [.. _data.Folds(k, seed: 1)];
        folds.Should().HaveCount(k);
        folds.SelectMany(fold => fold.Validation.Targets.Values.ToArray()).Should().BeEquivalentTo([0.0, 1, 2, 3, 4]);
        foreach ((DataSet<double> training, DataSet<double> validation) in folds)
        {
            training.Targets.Values.ToArray().Concat(validation.Targets.Values.ToArray())
                .Should().BeEquivalentTo([0.0, 1, 2, 3, 4]);
            validation.Count.Should().BeInRange(5 / k, (5 + k - 1) / k);
            training.Inputs[0, 0].Should().Be(10 * training.Targets[0, 0]);
        }

        _data.Folds(k, seed: 1).Select(fold => fold.Validation.Targets[0, 0])
            .Should().Equal(folds.Select(fold => fold.Validation.Targets[0, 0]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stratified_folds_have_their_share_of_every_class(bool oneHot)
    {
        DataSet<double> data = Classes(oneHot);
        foreach ((DataSet<double> training, DataSet<double> validation) in data.Folds(4, seed: 2, stratified: true))
        {
            training.Count.Should().Be(75);
            Counts(validation).Should().Equal(15, 7, 3);
        }
    }

    [Fact]
    public void Stratified_folds_are_as_equal_in_size_as_any()
    {
        DataSet<double> data = DataSet.FromLabels(
            Matrix<double>.Build.Dense(1, 15, (_, j) => j), [.. Enumerable.Range(0, 15).Select(j => j % 3)], 3);
        data.Folds(4, seed: 1, stratified: true).Select(fold => fold.Validation.Count)
            .Should().BeEquivalentTo([4, 4, 4, 3]);
    }

    [Theory]
    [InlineData(0.5, 30, 14, 6)]
    [InlineData(0.9, 54, 25, 11)]
    [InlineData(0.33, 20, 9, 4)]
    public void A_stratified_split_keeps_the_shares(double fraction, int first, int second, int third)
    {
        (DataSet<double> most, DataSet<double> rest) = Classes(oneHot: true).StratifiedSplit(fraction, seed: 3);
        Counts(most).Should().Equal(first, second, third);
        Counts(rest).Should().Equal(60 - first, 28 - second, 12 - third);
        most.Inputs.Values.ToArray().Concat(rest.Inputs.Values.ToArray())
            .Should().OnlyHaveUniqueItems().And.NotBeInAscendingOrder();
    }

    [Fact]
    public void What_names_no_classes_is_not_stratified()
    {
        _data.Invoking(d => d.Folds(2, 1, stratified: true))
            .Should().Throw<InvalidOperationException>().WithMessage("*Are the targets classes?");
        var soft = new DataSet<double>(Matrix<double>.Build.Dense(1, 2), Matrix<double>.Build.Dense(2, 2, 0.5));
        soft.Invoking(d => d.StratifiedSplit(0.5, 1))
            .Should().Throw<InvalidOperationException>().WithMessage("*that of sample 0 is neither.");
        _data.Invoking(d => d.Folds(1, 1)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Folds(6, 1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Inputs_and_targets_are_transformed()
    {
        DataSet<double> part = _data.WithWeights([0.0, 1, 2, 3, 4]).Skip(3);
        DataSet<double> inputs = part.TransformInputs(new OneHotEncoding([[30, 40], [31, 41]]));
        inputs.Inputs.Values.ToArray().Should().Equal(1, 0, 1, 0, 0, 1, 0, 1);
        inputs.Targets.Values.ToArray().Should().Equal(3, 4);
        inputs.Weights.ToArray().Should().Equal(3, 4);
        DataSet<double> targets = part.TransformTargets(new Standardization([3], [2]));
        targets.Targets.Values.ToArray().Should().Equal(0, 0.5);
        targets.Inputs.Values.ToArray().Should().Equal(30, 31, 40, 41);
        part.Invoking(d => d.TransformInputs(new Standardization([0, 0], [1e-308, 1])))
            .Should().Throw<ArgumentException>();
    }

    // 60, 28 and 12 samples of three classes; the input is the sample's number.
    private static DataSet<double> Classes(bool oneHot)
    {
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 60 ? 0 : i < 88 ? 1 : 2)];
        Matrix<double> inputs = Matrix<double>.Build.Dense(1, 100, (_, j) => j);
        return oneHot
            ? DataSet.FromLabels(inputs, labels, 3)
            : new(inputs, Matrix<double>.Build.Dense(1, 100, (_, j) => labels[j] - 1));
    }

    private static int[] Counts(DataSet<double> data) =>
        [
            .. data.Inputs.Values.ToArray().GroupBy(i => i < 60 ? 0 : i < 88 ? 1 : 2)
                .OrderBy(group => group.Key).Select(group => group.Count()),
        ];
}
