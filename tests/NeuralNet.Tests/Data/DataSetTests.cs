using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;

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
        _data.Split(1).Second.Count.Should().Be(4);
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
        FluentActions.Invoking(() => new DataSet<double>(inputs, Matrix<double>.Build.Dense(1, 3))).Should().Throw<ArgumentException>()
            .WithMessage($"The inputs hold {value} in row 1 of sample 2; every value must be a finite number.*");
        FluentActions.Invoking(() => new DataSet<double>(Matrix<double>.Build.Dense(1, 3), inputs)).Should().Throw<ArgumentException>()
            .WithMessage($"The targets hold {value} in row 1 of sample 2*");
    }

    [Fact]
    public void Inputs_without_targets_are_refused() =>
        FluentActions.Invoking(() => new DataSet<double>(Matrix<double>.Build.Dense(2, 3), Matrix<double>.Build.Dense(1, 2)))
            .Should().Throw<ArgumentException>().WithMessage("There are 3 inputs but 2 targets*");

    [Fact]
    public void Empty_parts_are_refused()
    {
        _data.Invoking(d => d.Take(0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("count must be from 1 to 5*");
        _data.Invoking(d => d.Take(6)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Skip(5)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Split(0)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Split(5)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Split(double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
        _data.Invoking(d => d.Split(1.0)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
