namespace NeuralNet.Data.Images.Png;

/// <summary>The channels of a pixel of a PNG image, as numbered in the format.</summary>
internal enum PngColor
{
    /// <summary>A shade of grey.</summary>
    Grey = 0,

    /// <summary>Red, green and blue.</summary>
    Rgb = 2,

    /// <summary>The index of a color of the palette.</summary>
    Palette = 3,

    /// <summary>A shade of grey and its opacity.</summary>
    GreyAlpha = 4,

    /// <summary>Red, green, blue and opacity.</summary>
    Rgba = 6,
}
