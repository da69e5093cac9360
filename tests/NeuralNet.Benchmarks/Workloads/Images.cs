namespace NeuralNet.Benchmarks.Workloads;

/// <summary>Random numbers that look like MNIST: pixels from 0 to 1, four in five of them 0, and labels.</summary>
internal sealed class Images(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>The pixels of a number of samples.</summary>
    public float[] Pixels(int samples, int features)
    {
        float[] pixels = new float[samples * features];
        foreach (ref float pixel in pixels.AsSpan())
        {
            pixel = _random.Next(5) == 0 ? _random.NextSingle() : 0;
        }

        return pixels;
    }

    /// <summary>The labels of a number of samples.</summary>
    public int[] Labels(int samples, int classes)
    {
        int[] labels = new int[samples];
        foreach (ref int label in labels.AsSpan())
        {
            label = _random.Next(classes);
        }

        return labels;
    }
}
