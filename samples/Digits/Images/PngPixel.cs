namespace NeuralNet.Samples.Digits.Images;

/// <summary>The lightness and the opacity of a pixel, both from 0 to 1.</summary>
internal readonly record struct PngPixel(float Light, float Opacity);
