using System.Globalization;

namespace NeuralNet.Samples.ChainRule;

/// <summary>The index of a weight wⱼₖ of a layer.</summary>
/// <param name="Neuron">j, counted from 0.</param>
/// <param name="Input">k, counted from 0.</param>
internal readonly record struct WeightIndex(int Neuron, int Input)
{
    /// <summary>As on the command line: counted from 1.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Neuron + 1},{Input + 1}");

    /// <summary>Reads two numbers from 1 to <paramref name="most"/> with a comma between them.</summary>
    public static bool TryParse(string text, int most, out WeightIndex index)
    {
        int[] numbers =
        [
            .. text.Split(',').Select(part =>
                int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0),
        ];
        bool isRight = numbers.Length == 2 && Array.TrueForAll(numbers, number => number >= 1 && number <= most);
        index = isRight ? new(numbers[0] - 1, numbers[1] - 1) : default;
        return isRight;
    }
}
