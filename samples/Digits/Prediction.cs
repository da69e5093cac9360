using NeuralNet.Decisions;
using static System.FormattableString;

namespace NeuralNet.Samples.Digits;

/// <summary>A network's prediction for an image.</summary>
/// <param name="Pixels">The image as the network sees it: pixels from 0 to 1, row after row.</param>
/// <param name="Size">Its height and width in pixels.</param>
/// <param name="Probabilities">The probability of each class.</param>
internal sealed record Prediction(float[] Pixels, int Size, float[] Probabilities)
{
    /// <summary>The most probable class.</summary>
    public int Class => Decision.Largest<float>(Probabilities);

    /// <summary>The line a run ends with.</summary>
    public string LastLine => Invariant($"It is a {Class}, with probability {100 * Probabilities[Class]:F2} %.");
}
