namespace NeuralNet.Conformal;

/// <summary>Computes the scores of classes.</summary>
internal static class ConformalScores
{
    /// <summary>The score of a class of a sample.</summary>
    /// <param name="kind">The kind of score.</param>
    /// <param name="probabilities">The probability of each class.</param>
    /// <param name="index">The class.</param>
    public static double Of(ConformalScore kind, ReadOnlySpan<double> probabilities, int index)
    {
        double own = probabilities[index];
        if (kind == ConformalScore.LeastAmbiguous)
        {
            return 1 - own;
        }

        // Of equal probabilities the first class is before the others, as in all decisions. A probability that is no
        // number is above none, but makes the share of the class itself none.
        double above = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            above += probabilities[i] > own || (probabilities[i] == own && i < index) ? probabilities[i]
                : double.IsNaN(probabilities[i]) ? double.NaN
                : 0;
        }

        // The most probable class always suits: a set that could be empty would leave out just the surest samples.
        return above == 0 ? 0 : above + (Share(probabilities) * own);
    }

    /// <summary>
    /// A number in [0, 1) that follows from the probabilities alone, and looks drawn at random: their bits mixed by
    /// SplitMix64 (G. Steele, D. Lea and C. Flood, 2014).
    /// </summary>
    private static double Share(ReadOnlySpan<double> probabilities)
    {
        ulong state = 0;
        foreach (double probability in probabilities)
        {
            state = Mix(state + 0x9E3779B97F4A7C15 + BitConverter.DoubleToUInt64Bits(probability));
        }

        return (state >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
