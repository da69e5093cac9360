using System.Numerics;
using MathNet.Numerics.Distributions;

namespace NeuralNet.Datasets.Drawing;

/// <summary>Draws lines of a round pen onto a square of grey pixels, with smooth edges.</summary>
internal sealed class Paper(int size, float penRadius, float brightness)
{
    private readonly float[] _coverage = new float[size * size];

    /// <summary>Draws a line through points; (0, 0) is the middle of the upper left pixel.</summary>
    public void Draw(List<Vector2> trace)
    {
        for (int i = 1; i < trace.Count; i++)
        {
            DrawSegment(trace[i - 1], trace[i]);
        }
    }

    /// <summary>The pixels, from 0 for dark to 255 for light, row after row.</summary>
    /// <param name="random">The source of random numbers for the noise.</param>
    /// <param name="noise">Standard deviation of the noise of the strokes.</param>
    /// <param name="spots">Number of faint spots; otherwise the ground is black, as in MNIST.</param>
    public byte[] Develop(Random random, double noise, int spots)
    {
        byte[] pixels = new byte[_coverage.Length];
        for (int spot = 0; spot < spots; spot++)
        {
            pixels[random.Next(pixels.Length)] = (byte)random.Next(20, 60);
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            if (_coverage[i] > 0)
            {
                double light = (255 * brightness * _coverage[i]) + Normal.Sample(random, 0, noise);
                pixels[i] = (byte)Math.Clamp(light, 0, 255);
            }
        }

        return pixels;
    }

    private void DrawSegment(Vector2 start, Vector2 end)
    {
        float reach = penRadius + 1;
        Vector2 least = Vector2.Clamp(Vector2.Min(start, end) - new Vector2(reach), Vector2.Zero, new(size - 1));
        Vector2 most = Vector2.Clamp(Vector2.Max(start, end) + new Vector2(reach), Vector2.Zero, new(size - 1));
        for (int y = (int)least.Y; y <= (int)most.Y; y++)
        {
            for (int x = (int)least.X; x <= (int)most.X; x++)
            {
                // A pixel on the edge is as light as the share of it that the pen covers.
                float covered = Math.Clamp(penRadius + 0.5f - Distance(new(x, y), start, end), 0, 1);
                ref float coverage = ref _coverage[(y * size) + x];
                coverage = Math.Max(coverage, covered);
            }
        }
    }

    private static float Distance(Vector2 point, Vector2 start, Vector2 end)
    {
        Vector2 along = end - start;
        float length2 = along.LengthSquared();
        float t = length2 == 0 ? 0 : Math.Clamp(Vector2.Dot(point - start, along) / length2, 0, 1);
        return Vector2.Distance(point, start + (t * along));
    }
}
