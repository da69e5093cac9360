using System.Numerics;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>The operators that can be read, each with its reader.</summary>
internal static class OperatorRegistry<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Dictionary<string, OperatorReading<T>> _readings = new(StringComparer.Ordinal)
    {
        ["Identity"] = PassThroughReader<T>.Identity,
        ["Cast"] = PassThroughReader<T>.Cast,
        ["Dropout"] = PassThroughReader<T>.Dropout,

        ["Flatten"] = ShapeReader<T>.Flatten,
        ["Reshape"] = ShapeReader<T>.Reshape,

        ["Squeeze"] = ShapeReader<T>.Squeeze,
        ["Unsqueeze"] = ShapeReader<T>.Unsqueeze,
        ["Transpose"] = ShapeReader<T>.Transpose,

        ["Conv"] = ImageReader<T>.Convolution,
        ["MaxPool"] = ImageReader<T>.MaxPool,
        ["AveragePool"] = ImageReader<T>.AveragePool,
        ["GlobalMaxPool"] = ImageReader<T>.GlobalMaxPool,
        ["GlobalAveragePool"] = ImageReader<T>.GlobalAveragePool,
        ["ReduceMax"] = ImageReader<T>.ReduceMax,
        ["ReduceMean"] = ImageReader<T>.ReduceMean,
        ["Pad"] = ImageReader<T>.Pad,

        ["Gemm"] = ProductReader<T>.Gemm,
        ["MatMul"] = ProductReader<T>.MatMul,

        ["Add"] = ArithmeticReader<T>.Add,
        ["Sum"] = ArithmeticReader<T>.Add,
        ["Sub"] = ArithmeticReader<T>.Subtract,
        ["Mul"] = ArithmeticReader<T>.Multiply,
        ["Div"] = ArithmeticReader<T>.Divide,
        ["ai.onnx.ml.Scaler"] = ArithmeticReader<T>.Scaler,

        ["BatchNormalization"] = NormalizationReader<T>.BatchNormalization,
        ["LayerNormalization"] = NormalizationReader<T>.LayerNormalization,

        ["Relu"] = ActivationReader<T>.Relu,
        ["LeakyRelu"] = ActivationReader<T>.LeakyRelu,
        ["PRelu"] = ActivationReader<T>.PRelu,
        ["Elu"] = ActivationReader<T>.Elu,
        ["Celu"] = ActivationReader<T>.Celu,
        ["Selu"] = ActivationReader<T>.Selu,
        ["Gelu"] = ActivationReader<T>.Gelu,
        ["Mish"] = ActivationReader<T>.Mish,
        ["Sigmoid"] = ActivationReader<T>.Sigmoid,
        ["HardSigmoid"] = ActivationReader<T>.HardSigmoid,
        ["HardSwish"] = ActivationReader<T>.HardSwish,
        ["Tanh"] = ActivationReader<T>.Tanh,
        ["Softplus"] = ActivationReader<T>.Softplus,
        ["Softsign"] = ActivationReader<T>.Softsign,
        ["Clip"] = ActivationReader<T>.Clip,
        ["Softmax"] = ActivationReader<T>.Softmax,
        ["LogSoftmax"] = ActivationReader<T>.LogSoftmax,
    };

    /// <summary>
    /// Reads an operator: adds what it does to the layers before it and gives the value that it makes.
    /// </summary>
    /// <exception cref="NotSupportedException">The operator cannot be represented.</exception>
    /// <exception cref="InvalidDataException">The operator makes no sense.</exception>
    public static GraphValue Read(OperatorCall call, LayerChain<T> layers)
    {
        if (_readings.TryGetValue(call.Node.Operation, out OperatorReading<T>? read))
        {
            return read(call, layers);
        }

        call.RequireFlat();
        throw call.Unknown();
    }
}
