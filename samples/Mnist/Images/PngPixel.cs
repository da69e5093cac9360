namespace NeuralNet.Samples.Mnist.Images;

/// <summary>How light a pixel is, and how opaque, both from 0 to 1.</summary>
internal readonly record struct PngPixel(float Light, float Opacity);
