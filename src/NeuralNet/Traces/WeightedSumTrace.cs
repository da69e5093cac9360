using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Traces;

/// <summary>
/// Every term of the forward and backward pass of one sample through a layer that computes z = W·x + b and a = σ(z): a
/// dense layer, where x is the whole input, or a convolution, where x is the patch of each place.
/// </summary>
public abstract class WeightedSumTrace : LayerTrace
{
    private readonly ParameterTrace _weights;
    private readonly ParameterTrace? _biases;
    private readonly Lazy<Vector<double>> _preActivation;
    private readonly Lazy<Vector<double>> _delta;

    private protected WeightedSumTrace(
        LayerRecord record, TracePoint point, Parameter<double> weights, Parameter<double>? biases)
        : base(record)
    {
        Point = point;
        Activation = record.Layer.Activation!;
        _weights = Parameters.First(parameter => parameter.Name == weights.Name);
        _biases = Parameters.FirstOrDefault(parameter => parameter.Name == biases?.Name);
        _preActivation = new(() => Vector<double>.Build.Dense(ComputePreActivation()));
        _delta = new(() =>
        {
            double[] delta = OutputGradient.ToArray();
            BackwardThroughActivation(PreActivation.AsArray(), Output.AsArray(), delta);
            return Vector<double>.Build.Dense(delta);
        });
    }

    /// <summary>σ, the activation.</summary>
    public IActivation Activation { get; }

    /// <summary>W, a row for each neuron or filter.</summary>
    public Matrix<double> Weights => _weights.Value;

    /// <summary>b; 0 where the layer has no biases.</summary>
    public Vector<double> Biases => _biases?.Value.Column(0) ?? Vector<double>.Build.Dense(Weights.RowCount);

    /// <summary>z, as many elements as the output.</summary>
    public Vector<double> PreActivation => _preActivation.Value;

    /// <summary>
    /// σ'(z); null where the activation is not element-wise, as softmax, and σ' is not a vector.
    /// </summary>
    public abstract Vector<double>? ActivationDerivative { get; }

    /// <summary>δ = ∂L/∂z.</summary>
    public Vector<double> Delta => _delta.Value;

    /// <summary>∂L/∂W, with ∂R/∂W where the weights have a penalty R.</summary>
    public Matrix<double> WeightGradient => _weights.Gradient;

    /// <summary>
    /// ∂L/∂b, the δ of each neuron or filter, summed over places; also where the layer has no biases.
    /// </summary>
    public Vector<double> BiasGradient =>
        _biases?.Gradient.Column(0)
        ?? Matrix<double>.Build.Dense(Weights.RowCount, Delta.Count / Weights.RowCount, Delta.ToArray()).RowSums();

    /// <summary>True if the layer has biases.</summary>
    internal bool HasBiases => _biases is not null;

    /// <summary>∂R/∂W of the weights' penalty R; 0 where they have none.</summary>
    internal Matrix<double> WeightPenaltyGradient => _weights.PenaltyGradient;

    /// <summary>The formulas of the layer, as its text shows them.</summary>
    internal abstract WeightedSumLabels Labels(string input);

    private protected TracePoint Point { get; }

    /// <summary>The biases.</summary>
    /// <exception cref="InvalidOperationException">The layer has none.</exception>
    private protected ParameterTrace RequiredBiases =>
        _biases ?? throw new InvalidOperationException($"'{Name}' has no biases.");

    /// <summary>Computes z by the layer's own product, so that it equals the layer's to the bit.</summary>
    private protected abstract double[] ComputePreActivation();

    /// <summary>Makes of ∂L/∂a, in place, ∂L/∂z; a sample or place per column.</summary>
    private protected void BackwardThroughActivation(double[] z, double[] a, double[] gradient)
    {
        int rows = Weights.RowCount;
        int columns = gradient.Length / rows;
        var inPlace = new MatrixSpan<double>(gradient, rows, columns);
        ReadOnlyMatrixSpan<double> kept = Activation.BackwardReadsInput ? new(z, rows, columns) : default;
        Activation.Backward(kept, new(a, rows, columns), inPlace, inPlace);
    }
}
