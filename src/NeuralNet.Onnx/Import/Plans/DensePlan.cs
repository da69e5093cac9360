using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// A dense layer: its weights are a constant, outputs × inputs, times a factor per output and one for all.
/// </summary>
internal sealed class DensePlan<T> : LayerPlan<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ConstantTensor _weights;
    private readonly double _factor;
    private readonly double[] _biases;
    private double[]? _rowFactors;
    private IActivation? _activation;

    public DensePlan(OnnxNode node, ConstantTensor weights, double factor)
        : base(node)
    {
        _weights = weights;
        _factor = factor;
        _biases = new double[weights.Dimensions[0]];
    }

    public override int? InputSize => (int)_weights.Dimensions[1];

    public override int? OutputSize => OutputCount;

    /// <summary>The number of outputs.</summary>
    public int OutputCount => _biases.Length;

    /// <summary>True until an activation follows; until then a factor or a bias can be taken into z.</summary>
    public bool IsOpen => _activation is null;

    /// <summary>z + factor·c.</summary>
    public void Add(ConstantTensor constant, double factor)
    {
        for (int i = 0; i < _biases.Length; i++)
        {
            _biases[i] += factor * constant.Element(constant.Count == 1 ? 0 : i);
        }
    }

    /// <summary>z · c, or z / c.</summary>
    public void Multiply(ConstantTensor constant, bool divide)
    {
        if (_rowFactors is null)
        {
            _rowFactors = new double[_biases.Length];
            Array.Fill(_rowFactors, 1);
        }

        for (int i = 0; i < _biases.Length; i++)
        {
            double value = constant.Element(constant.Count == 1 ? 0 : i);
            double factor = divide ? 1 / value : value;
            _biases[i] *= factor;
            _rowFactors[i] *= factor;
        }
    }

    /// <summary>Gives the layer its activation.</summary>
    public void Close(IActivation activation) => _activation = activation;

    public override Layer<T> Make(FeatureShape inputShape) =>
        new Dense<T>(inputShape, _biases.Length, _activation, weightInitializer: new Zero());

    public override void Fill(Layer<T> layer)
    {
        var dense = (Dense<T>)layer;
        _weights.CopyTo(dense.Weights.Values, _rowFactors, _factor);
        Span<T> biases = dense.Biases!.Values;
        for (int i = 0; i < biases.Length; i++)
        {
            biases[i] = T.CreateTruncating(_biases[i]);
        }
    }
}
