using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Decisions;

/// <summary>
/// Turns the numbers of a sample into an answer: the class of the largest, or yes above a threshold. All of the library
/// decides here: metrics, confusion matrices, pipelines, class weights.
/// </summary>
/// <remarks>
/// NaN is no answer, and neither are several infinities, which overflowed and are not equal. Here both are refused;
/// metrics make their figure NaN.
/// </remarks>
public static class Decision
{
    /// <summary>The default threshold: the middle of probabilities and of 0/1 targets.</summary>
    internal const double Middle = 0.5;

    /// <summary>The value in the place of a class where the numbers tell none.</summary>
    internal const int None = -1;

    /// <summary>The largest distance of a sum of probabilities from 1; float rounding of many stays below it.</summary>
    internal const double SumTolerance = 1e-3;

    /// <summary>Finds the largest number, such as the class of the largest output.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">The numbers, at least one.</param>
    /// <returns>Its index, from 0; of equal numbers, that of the first.</returns>
    /// <exception cref="ArgumentException">
    /// There are no numbers, one is NaN, or several are infinite and none is larger.
    /// </exception>
    public static int Largest<T>(ReadOnlySpan<T> scores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (scores.IsEmpty)
        {
            throw new ArgumentException("There is no number, so none is the largest.", nameof(scores));
        }

        int largest = LargestOrNone(scores);
        return largest != None
            ? largest
            : throw new ArgumentException(
                $"{WhyNone(scores)}, so none is the largest. {Advice}", nameof(scores));
    }

    /// <summary>Compares a number with a threshold, in the precision of the number.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="score">The number, such as a probability.</param>
    /// <param name="threshold">The threshold, which is rounded to the precision of the number.</param>
    /// <returns>True if the number is above the threshold; false if it is below or equal.</returns>
    /// <exception cref="ArgumentException">One of them is NaN.</exception>
    public static bool IsAbove<T>(T score, double threshold)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (T.IsNaN(score) || double.IsNaN(threshold))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{score} is neither above {threshold} nor below: NaN is no answer. {Advice}"),
                T.IsNaN(score) ? nameof(score) : nameof(threshold));
        }

        return score > T.CreateChecked(threshold);
    }

    /// <summary>The advice for NaN.</summary>
    internal static string Advice =>
        "Check that the inputs are finite numbers, and the parameters of the network, too.";

    /// <summary>Number of classes that a number of outputs tells apart.</summary>
    internal static int Classes(int outputs) => Math.Max(outputs, 2);

    /// <summary>Number of classes or, where every output is a yes-or-no answer, of these.</summary>
    internal static int Classes(int outputs, bool areLabels) => areLabels ? outputs : Classes(outputs);

    /// <summary>
    /// The index of the largest number, the first of equal ones; <see cref="None"/> if one is NaN, or if the largest is
    /// infinite and there are several of it: numbers that overflowed are not equal, only beyond what can be compared.
    /// </summary>
    internal static int LargestOrNone<T>(ReadOnlySpan<T> scores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // It gives the index of the first NaN, if there is one.
        int largest = TensorPrimitives.IndexOfMax(scores);
        T score = scores[largest];
        return T.IsNaN(score) || (T.IsInfinity(score) && scores[(largest + 1)..].Contains(score)) ? None : largest;
    }

    /// <summary>1 if a number is above a threshold, 0 if not, <see cref="None"/> if it is NaN.</summary>
    internal static int YesOrNone<T>(T score, double threshold)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsNaN(score) ? None
        : IsAbove(score, threshold) ? 1
        : 0;

    /// <summary>
    /// The class of a sample: that of the largest of several outputs, or of one output 1 above the threshold and else
    /// 0; <see cref="None"/> if an output is NaN, or several are infinite and none is larger.
    /// </summary>
    internal static int ClassOrNone<T>(ReadOnlySpan<T> outputs, double threshold)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        outputs.Length == 1 ? YesOrNone(outputs[0], threshold) : LargestOrNone(outputs);

    /// <summary>
    /// The class with the least expected cost, of outputs in a scale; <see cref="None"/> if one is NaN, or they
    /// overflowed.
    /// </summary>
    internal static int ClassOrNone<T>(ReadOnlySpan<T> outputs, ClassCosts costs, OutputScale scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] rented = ArrayPool<double>.Shared.Rent(outputs.Length);
        try
        {
            Span<double> probabilities = rented.AsSpan(0, outputs.Length);
            LogOdds.ReadProbabilities(outputs, scale, areClasses: true, probabilities);
            return costs.DecideOrNone(probabilities);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>The class that a target means; <see cref="None"/> if it means none.</summary>
    internal static int TargetOrNone<T>(ReadOnlySpan<T> target)
        where T : unmanaged, IFloatingPointIeee754<T> => ClassOrNone(target, Middle);

    /// <summary>
    /// Whether a target of several numbers can mean one class: exactly one of them is above ½, or they are a
    /// distribution and sum to 1. Answers to several yes-or-no questions mostly are neither.
    /// </summary>
    internal static bool NamesClass<T>(ReadOnlySpan<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int high = 0;
        double sum = 0;
        foreach (T value in target)
        {
            double number = double.CreateTruncating(value);
            high += number > Middle ? 1 : 0;
            sum += number;
        }

        // NaN names no class either, but it is dealt with as NaN.
        return high == 1 || Math.Abs(sum - 1) <= SumTolerance || double.IsNaN(sum);
    }

    /// <summary>Describes the fault of numbers that tell no class, to be continued with ", so …".</summary>
    internal static string WhyNone<T>(ReadOnlySpan<T> scores, string of = "", string what = "Output")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int at = IndexOfNaN(scores);
        if (at != None)
        {
            return $"{what} {at}{of} is NaN";
        }

        int first = TensorPrimitives.IndexOfMax(scores);
        int second = first + 1 + scores[(first + 1)..].IndexOf(scores[first]);
        string infinity = T.IsPositive(scores[first]) ? "∞" : "−∞";
        return second == first
            ? $"{what} {first}{of} is {infinity}"
            : $"{what}s {first} and {second}{of} are both {infinity}";
    }

    /// <summary>The index of the first NaN; −1 if there is none.</summary>
    internal static int IndexOfNaN<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsNaN(values[i]))
            {
                return i;
            }
        }

        return None;
    }
}
