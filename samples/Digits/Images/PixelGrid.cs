namespace NeuralNet.Samples.Digits.Images;

/// <summary>
/// Gathers the pixels of an image while they are decoded. A large image is reduced meanwhile, so that the memory it
/// takes is bounded: each pixel is then the mean of a square of the image's own.
/// </summary>
internal sealed class PixelGrid
{
    // More than enough for a digit that is to fit into 28 x 28 pixels.
    private const int MostPixels = 1 << 21;

    private readonly int _imageRows;
    private readonly int _imageColumns;
    private readonly int _side;
    private readonly int _rows;
    private readonly int _columns;

    // Sums over each square.
    private readonly float[] _light;
    private readonly float[] _opacity;

    /// <summary>Makes the grid of an image of that size.</summary>
    public PixelGrid(int rows, int columns)
    {
        (_imageRows, _imageColumns) = (rows, columns);
        do
        {
            _side++;
            (_rows, _columns) = ((rows + _side - 1) / _side, (columns + _side - 1) / _side);
        }
        while ((long)_rows * _columns > MostPixels);

        _light = new float[_rows * _columns];
        _opacity = new float[_rows * _columns];
    }

    /// <summary>Takes a pixel of the image, in any order, each once.</summary>
    public void Add(int row, int column, float light, float opacity = 1)
    {
        int index = (row / _side * _columns) + (column / _side);
        _light[index] += opacity * light;
        _opacity[index] += opacity;
    }

    /// <summary>The image. Transparent parts show white paper, or black if the drawing is light.</summary>
    public GrayImage ToImage()
    {
        double opacity = _opacity.Sum(sum => (double)sum);
        double light = _light.Sum(sum => (double)sum);
        bool isLightInk = opacity < (double)_imageRows * _imageColumns && light > opacity / 2;
        float ground = isLightInk ? 0 : 1;
        float[] pixels = new float[_light.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            float count = Count(_imageRows, i / _columns) * Count(_imageColumns, i % _columns);
            pixels[i] = (_light[i] + ((count - _opacity[i]) * ground)) / count;
        }

        return new(_rows, _columns, pixels);
    }

    // The last square of a row or column may be cut off.
    private int Count(int size, int index) => Math.Min(_side, size - (index * _side));
}
