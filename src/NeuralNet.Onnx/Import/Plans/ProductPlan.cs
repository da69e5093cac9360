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
/// <param name="outputs">The number of outputs, or of filters: the rows of the weights.</param>
internal abstract class ProductPlan<T>(OnnxNode node, FeatureShape inputShape, int outputs) : LayerPlan<T>(node)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] _biases = new double[outputs];
    private IActivation? _activation;

    public override FeatureShape InputShape => inputShape;

    public override IActivation? Activation => _activation;

    /// <summary>True until an activation follows; until then a factor or a bias can be taken into z.</summary>
    public bool IsOpen => _activation is null;

    /// <summary>The number of outputs, or of filters.</summary>
    public int Outputs => outputs;

    /// <summary>True if anything was added.</summary>
    protected bool HasBiases { get; private set; }

    /// <summary>The factor of each row of the weights; null if all are 1.</summary>
    protected double[]? RowFactors { get; private set; }

    /// <summary>True if the features are the outputs, or the channels of the outputs.</summary>
    public abstract bool Gives(FeatureSet features);

    /// <summary>z + factor·c, where c is one number for all or one for each output.</summary>
    public void Add(double[] c, double factor)
    {
        for (int i = 0; i < outputs; i++)
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
            RowFactors = new double[outputs];
            Array.Fill(RowFactors, 1);
        }

        for (int i = 0; i < outputs; i++)
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
