using System.Numerics.Tensors;

namespace NeuralNet.Data.Images;

/// <summary>Scales images: rows first, then columns.</summary>
internal static class Resampling
{
    /// <summary>Scales an image.</summary>
    public static byte[] Resize(Image image, ResampledAxis rows, ResampledAxis columns)
    {
        int channels = image.Channels;
        byte[] result = new byte[new LinearAlgebra.FeatureShape(rows.Count, columns.Count, channels).Size];
        float[] line = new float[image.Width * channels];
        float[] old = new float[line.Length];
        float[] weights = [];
        (int First, float[] Weights)[] sums = new (int, float[])[columns.Count];
        for (int column = 0; column < columns.Count; column++)
        {
            (int start, int length) = columns.Weights(column, image.Width, ref weights);
            sums[column] = (start, weights[..length]);
        }

        for (int row = 0; row < rows.Count; row++)
        {
            (int first, int count) = rows.Weights(row, image.Height, ref weights);
            Array.Clear(line);
            for (int i = 0; i < count; i++)
            {
                TensorPrimitives.ConvertChecked<byte, float>(
                    image.Pixels.Slice((first + i) * line.Length, line.Length), old);
                for (int x = 0; x < line.Length; x++)
                {
                    line[x] += weights[i] * old[x];
                }
            }

            ResizeLine(line, sums, channels, result.AsSpan(row * columns.Count * channels));
        }

        return result;
    }

    private static void ResizeLine(
        float[] line, (int First, float[] Weights)[] sums, int channels, Span<byte> result)
    {
        for (int column = 0; column < sums.Length; column++)
        {
            (int first, float[] weights) = sums[column];
            for (int channel = 0; channel < channels; channel++)
            {
                float sum = 0;
                for (int i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * line[((first + i) * channels) + channel];
                }

                result[(column * channels) + channel] = (byte)Math.Clamp(MathF.Floor(sum + 0.5f), 0, byte.MaxValue);
            }
        }
    }
}
