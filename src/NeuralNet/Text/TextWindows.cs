using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Guards;

namespace NeuralNet.Text;

/// <summary>
/// Makes data sets of a long text for a network that predicts how it goes on: a sample is a window of successive
/// symbols, and its target is what follows.
/// </summary>
/// <remarks>
/// The numbers of the text are kept once, however many windows cover them; inputs and one-hot targets are made batch by
/// batch. So are those of <c>Shuffle</c>, <c>Split</c> and <c>Folds</c>. Windows overlap: for an honest validation, cut
/// the text in two before, not the windows.
/// </remarks>
public static class TextWindows
{
    /// <summary>Windows whose target is the one symbol behind them, one-hot.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="numbers">The text, as <see cref="Vocabulary.Encode(string)"/> gives it; copied.</param>
    /// <param name="steps">Number of symbols of a window.</param>
    /// <param name="count">Number of different symbols, <see cref="Vocabulary.Count"/>: the length of a target.</param>
    /// <param name="stride">The distance between the beginnings of two windows, in symbols.</param>
    /// <returns>The data set, steps → count.</returns>
    /// <example><code>
    /// DataSet&lt;float&gt; windows = TextWindows.NextSymbol&lt;float&gt;(
    ///     vocabulary.Encode(text), steps: 40, vocabulary.Count, stride: 3);
    /// </code></example>
    /// <exception cref="ArgumentException">The text is shorter than a window and the symbol behind it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is below 1, or a number of the text is not from 0 to <paramref name="count"/> − 1.
    /// </exception>
    public static DataSet<T> NextSymbol<T>(ReadOnlySpan<int> numbers, int steps, int count, int stride = 1)
        where T : unmanaged, IFloatingPointIeee754<T> => Make<T>(numbers, steps, count, stride, steps, targets: 1);

    /// <summary>
    /// Windows whose target is the window one symbol later: behind each step, the symbol that follows it, one-hot, as a
    /// network needs it that predicts at every step, such as one that ends in
    /// <c>.PerStep(step =&gt; step.Dense(count))</c> and is trained with
    /// <c>new SoftmaxCrossEntropy().PerStep(steps)</c>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="numbers">The text, as <see cref="Vocabulary.Encode(string)"/> gives it; copied.</param>
    /// <param name="steps">Number of symbols of a window.</param>
    /// <param name="count">Number of different symbols, <see cref="Vocabulary.Count"/>.</param>
    /// <param name="stride">The distance between the beginnings of two windows, in symbols.</param>
    /// <returns>The data set, steps → steps × count.</returns>
    /// <exception cref="ArgumentException">The text is shorter than a window and the symbol behind it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is below 1, or a number of the text is not from 0 to <paramref name="count"/> − 1.
    /// </exception>
    public static DataSet<T> NextSymbols<T>(ReadOnlySpan<int> numbers, int steps, int count, int stride = 1)
        where T : unmanaged, IFloatingPointIeee754<T> => Make<T>(numbers, steps, count, stride, 1, targets: steps);

    private static DataSet<T> Make<T>(
        ReadOnlySpan<int> numbers, int steps, int count, int stride, int targetStart, int targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        Require.AtLeast(steps, 1);
        Require.AtLeast(count, 1);
        Require.AtLeast(stride, 1);
        ElementCount.Of(count, targets, "A target");
        if (numbers.Length <= steps)
        {
            throw new ArgumentException(
                $"A window of {Quantity.Of(steps, "symbol")} and the symbol behind it need {steps + 1L} symbols, but "
                + $"the text has {numbers.Length}.",
                nameof(numbers));
        }

        int outside = numbers.IndexOfAnyExceptInRange(0, count - 1);
        if (outside >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(numbers),
                numbers[outside],
                $"The number {numbers[outside]} at place {outside} is none of the {count} from 0 to {count - 1}.");
        }

        int[] text = numbers.ToArray();
        int windows = ((text.Length - steps - 1) / stride) + 1;
        return new(
            new WindowStore<T>(text, steps, stride),
            new OneHotStore<T>(text.AsMemory(targetStart), targets, count, stride),
            windows);
    }
}
