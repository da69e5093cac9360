using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Plans;

/// <summary>
/// A dense layer or a convolution: what is added to its outputs or multiplied with them becomes part of its biases and
/// its weights, until an activation follows.
/// </summary>
/// <param name="node">The node that the layer comes from.</param>
/// <param name="inputShape">The shape in which it reads its input.</param>
/// <param name="axes">The axis of its outputs, or of its filters, which are the rows of the weights.</param>
internal abstract class ProductPlan<T>(OnnxNode node, FeatureShape inputShape, IReadOnlyList<Axis> axes)
    : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] _biases = new double[Axis.Product(axes)];
    private IActivation? _activation;

    public override FeatureShape InputShape => inputShape;

    public override IActivation? Activation => _activation;

    /// <summary>True until an activation follows; until then a factor or a bias can be taken into z.</summary>
    public bool IsOpen => _activation is null;

    /// <summary>The axis of the outputs, or of the filters; none if there is one.</summary>
    public IReadOnlyList<Axis> Axes => axes;

    /// <summary>The number of outputs, or of filters.</summary>
    public int Outputs => _biases.Length;

    /// <summary>True if an activation is applied to the outputs at each place by itself.</summary>
    public virtual bool IsPerPlace => false;

    /// <summary>True if anything was added.</summary>
    protected bool HasBiases { get; private set; }

    /// <summary>The factor of each row of the weights; null if all are 1.</summary>
    protected double[]? RowFactors { get; private set; }

    /// <summary>True if the features are the outputs, or the channels of the outputs.</summary>
    public bool Gives(FeatureSet features) =>
        features.Axes is { } others && others.SequenceEqual(axes.SelectMany(axis => axis.Parts));

    /// <summary>z + factor·c, where c is one number for all or one for each output.</summary>
    public void Add(double[] c, double factor)
    {
        for (int i = 0; i < _biases.Length; i++)
        {
            _biases[i] += factor * c[c.Length == 1 ? 0 : i];
        }

        HasBiases = true;
    }

    /// <summary>z · c, or z / c.</summary>
    public void Multiply(double[] c, bool divide)
    {
        if (RowFactors is null)
        {
            RowFactors = new double[_biases.Length];
            Array.Fill(RowFactors, 1);
        }

        for (int i = 0; i < _biases.Length; i++)
        {
            double value = c[c.Length == 1 ? 0 : i];
            double factor = divide ? 1 / value : value;
            _biases[i] *= factor;
            RowFactors[i] *= factor;
        }
    }

    /// <summary>Gives the layer its activation.</summary>
    public void Close(IActivation activation) => _activation = activation;

    protected void CopyBiases(Span<T> biases)
    {
        for (int i = 0; i < biases.Length; i++)
        {
            biases[i] = T.CreateTruncating(_biases[i]);
        }
    }
}
