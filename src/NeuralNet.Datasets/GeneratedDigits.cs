using System.Numerics;
using MathNet.Numerics.Distributions;
using NeuralNet.Data;
using NeuralNet.Datasets.Drawing;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Datasets;

/// <summary>
/// Digits drawn by this package itself, for machines that cannot get MNIST: light strokes on a dark ground, of random
/// shape, slant, width, pressure and place. They look like MNIST's but are not, and every result says so.
/// </summary>
public static class GeneratedDigits
{
    /// <summary>The name of the data in every result.</summary>
    public const string Name = "generated digits";

    /// <summary>Height and width of an image in pixels.</summary>
    public const int Size = 28;

    private const int Classes = 10;

    /// <summary>Draws a data set; the digits take turns, so all are equally frequent.</summary>
    /// <param name="trainingCount">Number of training samples.</param>
    /// <param name="testCount">Number of test samples.</param>
    /// <param name="seed">The same seed gives the same pixels.</param>
    /// <param name="cancellationToken">Cancels the drawing.</param>
    /// <returns>Images of 28 × 28 pixels in ten classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of samples is below 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImageDataset Create(
        int trainingCount, int testCount, int seed, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trainingCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(testCount, 1);
        var random = new Random(seed);
        LabeledImages training = DrawSet(trainingCount, random, cancellationToken);
        LabeledImages test = DrawSet(testCount, random, cancellationToken);
        string[] classes = [.. Enumerable.Range(0, Classes).Select(digit => $"{digit}")];
        return new ImageDataset(Name, new FeatureShape(Size, Size, 1), classes, training, test)
            .From(DatasetOrigin.Generated, "this program, which drew them");
    }

    /// <summary>Draws one digit.</summary>
    /// <param name="digit">The digit, from 0 to 9.</param>
    /// <param name="random">The source of random numbers for its shape.</param>
    /// <returns>Pixels from 0 to 255, row after row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is no digit.</exception>
    public static byte[] Draw(int digit, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(digit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(digit, Classes);
        var paper = new Paper(
            Size,
            penRadius: Uniform(random, 0.75f, 1.75f),
            brightness: Uniform(random, 0.8f, 1));
        Matrix3x2 placement = DrawPlacement(random);
        Stroke[][] shapes = DigitShapes.Of(digit);
        foreach (Stroke stroke in shapes[random.Next(shapes.Length)])
        {
            paper.Draw(stroke.Trace(point => Vector2.Transform(point + Jitter(random, 0.035f), placement)));
        }

        return paper.Develop(random, noise: 15, spots: random.Next(6));
    }

    private static LabeledImages DrawSet(int count, Random random, CancellationToken cancellationToken)
    {
        int[] labels = new int[count];
        byte[] inputs = new byte[count * Size * Size];
        for (int sample = 0; sample < count; sample++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            labels[sample] = sample % Classes;
            Draw(labels[sample], random).CopyTo(inputs, sample * Size * Size);
        }

        return new(new ByteMatrix(inputs, Size * Size, count), labels, Classes);
    }

    /// <summary>
    /// Draws a random map from the square of the control points to the paper: size, slant, rotation and position.
    /// </summary>
    private static Matrix3x2 DrawPlacement(Random random)
    {
        float height = Uniform(random, 15, 20);
        float width = height * Uniform(random, 0.6f, 0.95f);
        return Matrix3x2.CreateTranslation(-0.5f, -0.5f)
            * Matrix3x2.CreateScale(width, height)
            * Matrix3x2.CreateSkew(Gaussian(random, -0.15f, 0.18f), 0)
            * Matrix3x2.CreateRotation(Gaussian(random, 0, 0.1f))
            * Matrix3x2.CreateTranslation(new Vector2((Size - 1) / 2f) + Jitter(random, 1.2f));
    }

    private static Vector2 Jitter(Random random, float deviation) =>
        new(Gaussian(random, 0, deviation), Gaussian(random, 0, deviation));

    private static float Gaussian(Random random, float mean, float deviation) =>
        (float)Normal.Sample(random, mean, deviation);

    private static float Uniform(Random random, float least, float most) =>
        least + ((most - least) * random.NextSingle());
}
