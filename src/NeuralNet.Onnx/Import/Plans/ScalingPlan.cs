using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// (x − origin)·gain + offset, feature by feature: a frozen batch normalization with these numbers, because there is no
/// layer for scaling alone.
/// </summary>
internal sealed class ScalingPlan<T>(OnnxNode node, ParameterBudget budget) : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>An ε so small that 1 + ε is 1: the running variance is 1, so the divisor is exactly 1.</summary>
    private const double Epsilon = 1e-30;

    private const long ParametersPerFeature = 4;

    private double[] _origins = [0];
    private double[] _gains = [1];
    private double[] _offsets = [0];
    private bool _isScaled;
    private int? _size;

    public override int? InputSize => _size;

    /// <summary>Adds a step of arithmetic behind those before.</summary>
    /// <exception cref="InvalidDataException">Constants of two lengths meet.</exception>
    public void Apply(OnnxNode node, ScalingStep step, ConstantTensor constant)
    {
        if (constant.Count > 1)
        {
            if (_size is int size && size != constant.Count)
            {
                throw node.Damaged($"{constant} meets a value of {Quantity.Of(size, "feature")}");
            }

            budget.Take(node, ParametersPerFeature * constant.Count);
            _size = constant.Count;
            _origins = Widened(_origins);
            _gains = Widened(_gains);
            _offsets = Widened(_offsets);
        }

        for (int i = 0; i < _gains.Length; i++)
        {
            double value = constant.Element(constant.Count == 1 ? 0 : i);
            switch (step)
            {
                case ScalingStep.Add:
                    _offsets[i] += value;
                    break;
                case ScalingStep.Subtract when !_isScaled:
                    _origins[i] += value;
                    break;
                case ScalingStep.Subtract:
                    _offsets[i] -= value;
                    break;
                case ScalingStep.Multiply:
                    _gains[i] *= value;
                    _offsets[i] *= value;
                    break;
                default:
                    _gains[i] /= value;
                    _offsets[i] /= value;
                    break;
            }
        }

        _isScaled |= step != ScalingStep.Subtract;
    }

    public override Layer<T> Make(FeatureShape inputShape)
    {
        budget.Take(Node, ParametersPerFeature * inputShape.Size);
        var layer = new BatchNormalization<T>(inputShape, epsilon: Epsilon);
        layer.Freeze();
        return layer;
    }

    public override void Fill(Layer<T> layer)
    {
        var normalization = (BatchNormalization<T>)layer;
        Copy(_gains, normalization.Gamma.Values);
        Copy(_offsets, normalization.Beta.Values);
        Copy(_origins, normalization.RunningMean.Values);
    }

    private static void Copy(double[] values, Span<T> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = T.CreateTruncating(values[values.Length == 1 ? 0 : i]);
        }
    }

    private double[] Widened(double[] values)
    {
        if (values.Length == _size)
        {
            return values;
        }

        double[] wide = new double[_size!.Value];
        Array.Fill(wide, values[0]);
        return wide;
    }
}
