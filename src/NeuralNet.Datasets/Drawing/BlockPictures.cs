using System.Numerics.Tensors;
using System.Text;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Datasets.Drawing;

/// <summary>Pictures as text: a character of blocks for two pixels, one above the other.</summary>
internal static class BlockPictures
{
    /// <summary>Draws pictures side by side.</summary>
    /// <param name="pictures">A picture per column, with values from 0 to 1.</param>
    /// <param name="shape">Height, width and channels of each.</param>
    public static string Draw(ReadOnlyMatrixSpan<float> pictures, FeatureShape shape)
    {
        var text = new StringBuilder();
        for (int row = 0; row < shape[0]; row += 2)
        {
            int start = text.Length;
            for (int i = 0; i < pictures.Columns * shape[1]; i++)
            {
                (int picture, int column) = Math.DivRem(i, shape[1]);
                bool upper = IsLight(pictures.Column(picture), shape, row, column);
                bool lower = IsLight(pictures.Column(picture), shape, row + 1, column);
                text.Append(upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ');
            }

            while (text.Length > start && text[^1] == ' ')
            {
                text.Length--;
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    // Below the last row it is dark.
    private static bool IsLight(ReadOnlySpan<float> picture, FeatureShape shape, int row, int column) =>
        row < shape[0]
        && TensorPrimitives.Average(picture.Slice(((row * shape[1]) + column) * shape.Channels, shape.Channels)) > 0.5f;
}
