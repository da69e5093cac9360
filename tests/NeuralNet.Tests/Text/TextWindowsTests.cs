using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Text;

namespace NeuralNet.Tests.Text;

public sealed class TextWindowsTests
{
    private static readonly int[] _text = [1, 2, 3, 0, 1, 2, 3];

    [Fact]
    public void A_window_is_followed_by_the_next_symbol()
    {
        DataSet<float> windows = TextWindows.NextSymbol<float>(_text, steps: 3, count: 4);
        windows.Count.Should().Be(4);
        windows.Inputs.Values.ToArray().Should().Equal(1, 2, 3, 2, 3, 0, 3, 0, 1, 0, 1, 2);
        Classes(windows).Should().Equal(0, 1, 2, 3);
    }

    [Fact]
    public void Windows_may_be_some_symbols_apart()
    {
        DataSet<double> windows = TextWindows.NextSymbol<double>(_text, steps: 2, count: 5, stride: 2);
        windows.Inputs.Values.ToArray().Should().Equal(1, 2, 3, 0, 1, 2);
        windows.TargetSize.Should().Be(5);
        Classes(windows).Should().Equal(3, 1, 3);
        TextWindows.NextSymbol<double>(_text, steps: 6, count: 5, stride: 100).Count.Should().Be(1);
    }

    [Fact]
    public void The_target_of_each_step_may_be_the_symbol_behind_it()
    {
        DataSet<float> windows = TextWindows.NextSymbols<float>(_text, steps: 3, count: 4, stride: 3);
        windows.Count.Should().Be(2);
        windows.TargetSize.Should().Be(12);
        windows.Inputs.Values.ToArray().Should().Equal(1, 2, 3, 0, 1, 2);
        windows.Targets.Values.ToArray().Chunk(4).Select(symbol => Array.IndexOf(symbol, 1f))
            .Should().Equal(2, 3, 0, 1, 2, 3);
        windows.Targets.Values.ToArray().Sum().Should().Be(6);
    }

    [Fact]
    public void Parts_and_choices_are_those_of_a_data_set_of_copies()
    {
        DataSet<float> windows = TextWindows.NextSymbol<float>(_text, steps: 3, count: 4);
        var copies = new DataSet<float>(windows.Inputs.ToMatrix(), windows.Targets.ToMatrix());
        Same(windows.Skip(1).Take(2), copies.Skip(1).Take(2));
        Same(windows.Skip(1).Select([2, 0, 0]), copies.Skip(1).Select([2, 0, 0]));
        Same(windows.Shuffle(5).Skip(1).Select([1, 2]), copies.Shuffle(5).Skip(1).Select([1, 2]));
        Same(windows.Skip(2).WithWeights([1, 2]), copies.Skip(2).WithWeights([1, 2]));
        foreach ((var window, var copy) in windows.Folds(2, seed: 3).Zip(copies.Folds(2, seed: 3)))
        {
            Same(window.Training, copy.Training);
            Same(window.Validation, copy.Validation);
        }

        float[] inputs = new float[6];
        float[] targets = new float[8];
        Array.Fill(targets, 7);
        windows.Skip(1).CopyTo([2, 0], inputs, targets);
        inputs.Should().Equal(0, 1, 2, 2, 3, 0);
        targets.Should().Equal(0, 0, 0, 1, 0, 1, 0, 0);
        FluentActions.Invoking(() => windows.CopyTo([0, 1], inputs.AsSpan(1), targets))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => windows.CopyTo([0, 1], inputs, targets.AsSpan(1)))
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => windows.CopyTo([4], inputs, targets))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("There are 4 samples*sample 4 was asked for*");
    }

    [Fact]
    public void The_text_is_kept_once_and_what_is_written_to_the_array_afterwards_does_not_matter()
    {
        int[] text = [.. Enumerable.Range(0, 2_000_000).Select(i => i % 100)];
        long before = GC.GetTotalAllocatedBytes(precise: true);
        DataSet<float> windows = TextWindows.NextSymbol<float>(text, steps: 100, count: 100).Shuffle(1);
        (GC.GetTotalAllocatedBytes(precise: true) - before).Should().BeLessThan(
            10 * sizeof(int) * (long)text.Length, "copies of windows and targets are a hundred times the text each");
        text.AsSpan().Clear();
        float[] inputs = new float[100];
        float[] targets = new float[100];
        windows.CopyTo([0], inputs, targets);
        targets[((int)inputs[^1] + 1) % 100].Should().Be(1);
    }

    [Fact]
    public void An_evaluation_reads_the_targets_as_it_does_those_of_a_data_set_of_copies()
    {
        DataSet<double> windows = TextWindows.NextSymbol<double>(
            [.. Enumerable.Range(0, 3000).Select(i => i * i % 7)], steps: 5, count: 7).Skip(3);
        var copies = new DataSet<double>(windows.Inputs.ToMatrix(), windows.Targets.ToMatrix());
        Network<double> network = Network.Create<double>(5, seed: 1).Dense(7).Build();
        var evaluator = new Evaluator<double>(network, new SoftmaxCrossEntropy());
        evaluator.Evaluate(windows, [new Accuracy()]).Should().BeEquivalentTo(
            evaluator.Evaluate(copies, [new Accuracy()]));
    }

    [Fact]
    public void What_cannot_be_is_refused_in_words()
    {
        FluentActions.Invoking(() => TextWindows.NextSymbol<float>(_text, steps: 7, count: 4))
            .Should().Throw<ArgumentException>().WithMessage("*need 8 symbols, but the text has 7*");
        FluentActions.Invoking(() => TextWindows.NextSymbol<float>(_text, steps: 3, count: 3))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The number 3 at place 2*from 0 to 2*");
        FluentActions.Invoking(() => TextWindows.NextSymbols<float>([1, -1, 0], steps: 1, count: 3))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The number -1 at place 1*");
        FluentActions.Invoking(() => TextWindows.NextSymbol<float>(_text, steps: 0, count: 4))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("steps must be at least 1*");
        FluentActions.Invoking(() => TextWindows.NextSymbol<float>(_text, steps: 2, count: 4, stride: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("stride must be at least 1*");
    }

    private static int[] Classes<T>(DataSet<T> windows)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        T[][] targets = [.. windows.Targets.Values.ToArray().Chunk(windows.TargetSize)];
        targets.Should().AllSatisfy(target => target.Count(value => value != T.Zero).Should().Be(1));
        return [.. targets.Select(target => Array.IndexOf(target, T.One))];
    }

    private static void Same(DataSet<float> windows, DataSet<float> copies)
    {
        windows.Inputs.Values.ToArray().Should().Equal(copies.Inputs.Values.ToArray());
        windows.Targets.Values.ToArray().Should().Equal(copies.Targets.Values.ToArray());
        windows.Weights.ToArray().Should().Equal(copies.Weights.ToArray());
    }
}
