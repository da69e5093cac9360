namespace NeuralNet.Onnx.Import.Plans;

/// <summary>A step of arithmetic between a value and constant numbers.</summary>
internal enum ScalingStep
{
    Add,
    Subtract,
    Multiply,
    Divide,
}
