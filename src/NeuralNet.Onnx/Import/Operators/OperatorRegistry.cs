using System.Numerics;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>The operators that can be read, each with its reader.</summary>
internal static class OperatorRegistry<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Dictionary<string, OperatorReading<T>> _readings = new(StringComparer.Ordinal)
    {
        ["Identity"] = PassThroughReader<T>.Identity,
        ["Cast"] = PassThroughReader<T>.Cast,
        ["CastLike"] = PassThroughReader<T>.CastLike,
        ["Dropout"] = PassThroughReader<T>.Dropout,
        ["ai.onnx.ml.ZipMap"] = PassThroughReader<T>.Identity,

        ["ai.onnx.ml.Imputer"] = PassThroughReader<T>.Missing,
        ["IsNaN"] = PassThroughReader<T>.Missing,

        ["Flatten"] = ShapeReader<T>.Flatten,
        ["Reshape"] = ShapeReader<T>.Reshape,
        ["Squeeze"] = ShapeReader<T>.Squeeze,
        ["Unsqueeze"] = ShapeReader<T>.Unsqueeze,
        ["Transpose"] = ShapeReader<T>.Transpose,
        ["Expand"] = ShapeReader<T>.Expand,

        ["Concat"] = JoinReader<T>.Concatenate,
        ["ai.onnx.ml.FeatureVectorizer"] = JoinReader<T>.FeatureVectorizer,
        ["Slice"] = RangeReader<T>.Slice,
        ["Split"] = RangeReader<T>.Split,
        ["Gather"] = RangeReader<T>.Gather,
        ["ai.onnx.ml.ArrayFeatureExtractor"] = RangeReader<T>.ArrayFeatureExtractor,

        ["Conv"] = ImageReader<T>.Convolution,
        ["ConvTranspose"] = TransposedConvolutionReader<T>.Read,
        ["Resize"] = ResizeReader<T>.Read,
        ["Upsample"] = ResizeReader<T>.Read,
        ["MaxPool"] = ImageReader<T>.MaxPool,
        ["AveragePool"] = ImageReader<T>.AveragePool,
        ["GlobalMaxPool"] = ImageReader<T>.GlobalMaxPool,
        ["GlobalAveragePool"] = ImageReader<T>.GlobalAveragePool,
        ["Pad"] = PaddingReader<T>.Read,
        ["ReduceMax"] = ReductionReader<T>.Max,
        ["ReduceMean"] = ReductionReader<T>.Mean,
        ["ReduceSum"] = ReductionReader<T>.Sum,

        ["LSTM"] = RecurrentReader<T>.Read,
        ["GRU"] = RecurrentReader<T>.Read,
        ["RNN"] = RecurrentReader<T>.Read,

        ["Gemm"] = ProductReader<T>.Gemm,
        ["MatMul"] = ProductReader<T>.MatMul,
        ["ai.onnx.ml.LinearRegressor"] = LinearModelReader<T>.Regressor,
        ["ai.onnx.ml.LinearClassifier"] = LinearModelReader<T>.Classifier,

        ["Add"] = ArithmeticReader<T>.Add,
        ["Sum"] = ArithmeticReader<T>.Sum,
        ["Mean"] = ArithmeticReader<T>.Mean,
        ["Sub"] = ArithmeticReader<T>.Subtract,
        ["Mul"] = ArithmeticReader<T>.Multiply,
        ["Div"] = ArithmeticReader<T>.Divide,
        ["Max"] = ArithmeticReader<T>.Maximum,
        ["Min"] = ArithmeticReader<T>.Minimum,
        ["Neg"] = ArithmeticReader<T>.Negate,
        ["Pow"] = ArithmeticReader<T>.Power,
        ["ai.onnx.ml.Scaler"] = ArithmeticReader<T>.Scaler,

        ["BatchNormalization"] = NormalizationReader<T>.BatchNormalization,
        ["LayerNormalization"] = NormalizationReader<T>.LayerNormalization,
        ["RMSNormalization"] = NormalizationReader<T>.RmsNormalization,
        ["GroupNormalization"] = NormalizationReader<T>.GroupNormalization,
        ["InstanceNormalization"] = NormalizationReader<T>.InstanceNormalization,

        ["ai.onnx.ml.Normalizer"] = NormalizationReader<T>.Normalizer,

        ["Relu"] = ActivationReader<T>.Relu,
        ["LeakyRelu"] = ActivationReader<T>.LeakyRelu,
        ["PRelu"] = ActivationReader<T>.PRelu,
        ["Shrink"] = ActivationReader<T>.Shrink,
        ["ThresholdedRelu"] = ActivationReader<T>.ThresholdedRelu,
        ["Elu"] = ActivationReader<T>.Elu,
        ["Celu"] = ActivationReader<T>.Celu,
        ["Selu"] = ActivationReader<T>.Selu,
        ["Gelu"] = ActivationReader<T>.Gelu,
        ["Mish"] = ActivationReader<T>.Mish,
        ["Swish"] = ActivationReader<T>.Swish,
        ["Sigmoid"] = ActivationReader<T>.Sigmoid,
        ["HardSigmoid"] = ActivationReader<T>.HardSigmoid,
        ["HardSwish"] = ActivationReader<T>.HardSwish,
        ["Tanh"] = ActivationReader<T>.Tanh,
        ["Softplus"] = ActivationReader<T>.Softplus,
        ["Softsign"] = ActivationReader<T>.Softsign,
        ["Clip"] = ActivationReader<T>.Clip,
        ["Softmax"] = ActivationReader<T>.Softmax,
        ["LogSoftmax"] = ActivationReader<T>.LogSoftmax,
        ["Abs"] = ActivationReader<T>.Abs,
        ["Exp"] = ActivationReader<T>.Exp,
        ["Log"] = ActivationReader<T>.Log,
        ["Sqrt"] = ActivationReader<T>.Sqrt,
        ["Reciprocal"] = ActivationReader<T>.Reciprocal,
    };

    /// <summary>
    /// Reads an operator: adds what it does behind the values that it takes and gives the value it makes.
    /// </summary>
    /// <exception cref="NotSupportedException">The operator cannot be represented.</exception>
    /// <exception cref="InvalidDataException">The operator makes no sense.</exception>
    public static GraphValue Read(OperatorCall<T> call) =>
        _readings.TryGetValue(call.Node.Operation, out OperatorReading<T>? read) ? read(call) : throw call.Unknown();
}
