using System.Numerics;
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
    private FeatureSet? _features;

    public override FeatureShape? InputShape =>
        _features is null ? null : _features.Shape ?? (FeatureShape)_gains.Length;

    /// <summary>True if numbers for these features can be taken, too.</summary>
    public bool Takes(FeatureSet features) =>
        features.Axes is null
        || _features is null
        || (_features.Axes is { } axes && features.Axes.SequenceEqual(axes));

    /// <summary>Adds a step of arithmetic behind those before.</summary>
    /// <param name="node">The node that does it.</param>
    /// <param name="step">The step.</param>
    /// <param name="values">One number for all features, or one for each.</param>
    /// <param name="features">The features.</param>
    /// <exception cref="NotSupportedException">The network has far more numbers than the file.</exception>
    public void Apply(OnnxNode node, ScalingStep step, double[] values, FeatureSet features)
    {
        if (values.Length > 1)
        {
            budget.Take(node, ParametersPerFeature * values.Length);
            _features ??= features;
            _origins = Widened(_origins, values.Length);
            _gains = Widened(_gains, values.Length);
            _offsets = Widened(_offsets, values.Length);
        }

        for (int i = 0; i < _gains.Length; i++)
        {
            double value = values[values.Length == 1 ? 0 : i];
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
        budget.Take(Node, ParametersPerFeature * inputShape.Channels);
        var layer = new BatchNormalization<T>(inputShape, epsilon: Epsilon);
        layer.Freeze();
        return layer;
    }

    public override void Fill(Layer<T> layer)
    {
        var normalization = (BatchNormalization<T>)layer;
        FeatureSet features = _features ?? FeatureSet.Flat;
        features.Copy(_gains, normalization.Gamma.Values);
        features.Copy(_offsets, normalization.Beta.Values);
        features.Copy(_origins, normalization.RunningMean.Values);
    }

    private static double[] Widened(double[] values, int length)
    {
        if (values.Length == length)
        {
            return values;
        }

        double[] wide = new double[length];
        Array.Fill(wide, values[0]);
        return wide;
    }
}
