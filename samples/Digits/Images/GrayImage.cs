namespace NeuralNet.Samples.Digits.Images;

/// <summary>A grey image.</summary>
/// <param name="Rows">Height in pixels.</param>
/// <param name="Columns">Width in pixels.</param>
/// <param name="Pixels">From 0 for black to 1 for white, row after row.</param>
internal sealed record GrayImage(int Rows, int Columns, float[] Pixels)
{
    /// <summary>A pixel.</summary>
    public float this[int row, int column] => Pixels[(row * Columns) + column];
}
