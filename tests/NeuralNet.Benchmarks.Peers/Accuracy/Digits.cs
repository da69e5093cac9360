using NeuralNet.Data;

namespace NeuralNet.Benchmarks.Peers.Accuracy;

/// <summary>Images of MNIST's format with their labels.</summary>
/// <param name="Pixels">The pixels of the images, one after the other, from 0 to 1.</param>
/// <param name="Labels">A label per image.</param>
internal sealed record Digits(float[] Pixels, int[] Labels)
{
    /// <summary>Pixels of an image.</summary>
    public int ImageSize => Pixels.Length / Labels.Length;

    /// <summary>Reads the images to learn from, or those to test.</summary>
    /// <param name="folder">The folder with the four files.</param>
    /// <param name="part"><c>train</c> or <c>t10k</c>, as the files' names begin.</param>
    public static Digits Read(string folder, string part) => new(
        IdxReader.Read(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"))
            .ToMatrix<float>(scale: 1.0 / 255)
            .AsColumnMajorArray(),
        IdxReader.Read(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz")).ToLabels());

    /// <summary>The images at some places, one after the other.</summary>
    public float[] PixelsAt(ReadOnlySpan<int> places)
    {
        float[] pixels = new float[places.Length * ImageSize];
        for (int i = 0; i < places.Length; i++)
        {
            Pixels.AsSpan(places[i] * ImageSize, ImageSize).CopyTo(pixels.AsSpan(i * ImageSize));
        }

        return pixels;
    }

    /// <summary>The labels at some places.</summary>
    public int[] LabelsAt(ReadOnlySpan<int> places)
    {
        int[] labels = new int[places.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = Labels[places[i]];
        }

        return labels;
    }
}
