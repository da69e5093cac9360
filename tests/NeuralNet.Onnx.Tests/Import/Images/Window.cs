namespace NeuralNet.Onnx.Tests.Import.Images;

/// <summary>The window of an operator; its pads are top, left, bottom, right.</summary>
internal sealed record Window(
    (int Height, int Width) Size,
    (int Height, int Width) Stride,
    (int Height, int Width) Dilation,
    int[] Pads);
