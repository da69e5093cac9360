namespace NeuralNet.Samples.Mnist.Images;

/// <summary>What a pixel of a PNG image is made of, as the format numbers it.</summary>
internal enum PngColor
{
    /// <summary>A shade of grey.</summary>
    Grey = 0,

    /// <summary>Red, green and blue.</summary>
    Rgb = 2,

    /// <summary>The index of a color of the palette.</summary>
    Palette = 3,

    /// <summary>A shade of grey and how opaque it is.</summary>
    GreyAlpha = 4,

    /// <summary>Red, green, blue and how opaque they are.</summary>
    Rgba = 6,
}
