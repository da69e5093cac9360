using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Traces;

/// <summary>Every term of the forward and backward pass of one sample through a dense layer.</summary>
/// <remarks>
/// Forward z = W·a⁽ˡ⁻¹⁾ + b, a = σ(z). Backward δ = ∂L/∂z = (∂a/∂z)ᵀ·∂L/∂a, which for an element-wise activation is
/// ∂L/∂a ⊙ σ'(z); then ∂L/∂W = δ·(a⁽ˡ⁻¹⁾)ᵀ, ∂L/∂b = δ and ∂L/∂a⁽ˡ⁻¹⁾ = Wᵀ·δ.
/// </remarks>
public sealed class DenseTrace : LayerTrace
{
    private readonly Dense<double> _layer;
    private readonly TracePoint _point;
    private readonly ParameterTrace _weights;
    private readonly ParameterTrace? _biases;
    private readonly Lazy<Matrix<double>> _jacobian;
    private readonly Lazy<Vector<double>?> _derivative;

    internal DenseTrace(LayerRecord record, Dense<double> layer, TracePoint point)
        : base(record)
    {
        _layer = layer;
        _point = point;
        _weights = Parameters.First(parameter => parameter.Name == layer.Weights.Name);
        _biases = Parameters.FirstOrDefault(parameter => parameter.Name == layer.Biases?.Name);
        Activation = layer.Activation!;
        PreActivation = Vector<double>.Build.Dense(ComputePreActivation());
        Delta = Vector<double>.Build.Dense(ComputeDelta());
        _jacobian = new(ComputeJacobian);
        _derivative = new(() => IsDiagonal(ActivationJacobian) ? ActivationJacobian.Diagonal() : null);
    }

    /// <summary>σ, the activation.</summary>
    public IActivation Activation { get; }

    /// <summary>W, outputs × inputs; row j holds the weights of neuron j.</summary>
    public Matrix<double> Weights => _weights.Value;

    /// <summary>b; 0 where the layer has no biases.</summary>
    public Vector<double> Biases => _biases?.Value.Column(0) ?? Vector<double>.Build.Dense(Output.Count);

    /// <summary>z = W·a⁽ˡ⁻¹⁾ + b.</summary>
    public Vector<double> PreActivation { get; }

    /// <summary>
    /// ∂a/∂z: row i, column j holds ∂aᵢ/∂zⱼ. Diagonal for an element-wise activation. Computed when first read.
    /// </summary>
    public Matrix<double> ActivationJacobian => _jacobian.Value;

    /// <summary>
    /// σ'(z), the diagonal of <see cref="ActivationJacobian"/>; null if that is not diagonal, as for softmax, where σ'
    /// is not a vector.
    /// </summary>
    public Vector<double>? ActivationDerivative => _derivative.Value;

    /// <summary>δ = ∂L/∂z.</summary>
    public Vector<double> Delta { get; }

    /// <summary>∂L/∂W = δ·(a⁽ˡ⁻¹⁾)ᵀ, plus ∂R/∂W where the weights have a penalty R.</summary>
    public Matrix<double> WeightGradient => _weights.Gradient;

    /// <summary>Whether the layer has biases.</summary>
    internal bool HasBiases => _biases is not null;

    /// <summary>∂R/∂W of the weights' penalty R; 0 where they have none.</summary>
    internal Matrix<double> WeightPenaltyGradient => _weights.PenaltyGradient;

    /// <summary>∂L/∂b = δ; δ as well where the layer has no biases.</summary>
    public Vector<double> BiasGradient => _biases?.Gradient.Column(0) ?? Delta;

    /// <summary>
    /// Returns ∇L with respect to the weights of one neuron, Wⱼ: row j of ∂L/∂W, that is δⱼ·a⁽ˡ⁻¹⁾, plus the gradient
    /// of a penalty.
    /// </summary>
    /// <param name="neuron">j, counted from 0.</param>
    /// <returns>A vector with an element for every input.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    public Vector<double> GradientOfNeuron(int neuron)
    {
        RequireIndex(neuron, Output.Count, nameof(neuron));
        return WeightGradient.Row(neuron);
    }

    /// <summary>Computes the chain rule for wⱼₖ, factor by factor, and a finite difference to compare with.</summary>
    /// <remarks>
    /// For the finite difference, the network's parameters are set to their values at the time of the trace, and one of
    /// them is varied; all are restored before this returns. Nobody else may use the network meanwhile.
    /// </remarks>
    /// <param name="neuron">j, counted from 0.</param>
    /// <param name="input">k, counted from 0.</param>
    /// <returns>The factors, their product and the finite difference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such weight.</exception>
    public ChainRuleTerms Weight(int neuron, int input)
    {
        RequireIndex(neuron, Output.Count, nameof(neuron));
        RequireIndex(input, Input.Count, nameof(input));
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{Name}.weights[{neuron}, {input}]"),
            Input[input],
            Paths(neuron),
            _weights.PenaltyGradient[neuron, input],
            WeightGradient[neuron, input],
            _point.Differentiate(_layer.Weights, (input * Output.Count) + neuron));
    }

    /// <summary>Computes the chain rule for bⱼ, factor by factor, and a finite difference to compare with.</summary>
    /// <remarks>As for <see cref="Weight"/>, nobody else may use the network meanwhile.</remarks>
    /// <param name="neuron">j, counted from 0.</param>
    /// <returns>The factors, their product and the finite difference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such neuron.</exception>
    /// <exception cref="InvalidOperationException">The layer has no biases.</exception>
    public ChainRuleTerms Bias(int neuron)
    {
        RequireIndex(neuron, Output.Count, nameof(neuron));
        ParameterTrace biases = _biases ?? throw new InvalidOperationException($"'{Name}' has no biases.");
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{Name}.biases[{neuron}]"),
            PreActivationByParameter: 1,
            Paths(neuron),
            biases.PenaltyGradient[neuron, 0],
            biases.Gradient[neuron, 0],
            _point.Differentiate(_layer.Biases!, neuron));
    }

    private static void RequireIndex(int index, int count, string name)
    {
        if ((uint)index >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(
                name, index, $"There are {count}, counted from 0, but {index} was asked for.");
        }
    }

    private static bool IsDiagonal(Matrix<double> matrix) =>
        matrix.EnumerateIndexed(Zeros.AllowSkip).All(element => element.Item1 == element.Item2 || element.Item3 == 0);

    // The same product as in the layer, so that z equals the layer's to the bit.
    private double[] ComputePreActivation()
    {
        double[] z = new double[Output.Count];
        MatrixProduct.Multiply<double>(
            Transpose.No,
            Weights,
            Transpose.No,
            new ReadOnlyMatrixSpan<double>(Input.AsArray(), Input.Count, 1),
            new MatrixSpan<double>(z, z.Length, 1),
            accumulate: false,
            ForkJoin.Alone);
        Vector<double> biases = Biases;
        for (int j = 0; HasBiases && j < z.Length; j++)
        {
            z[j] += biases[j];
        }

        return z;
    }

    private double[] ComputeDelta()
    {
        double[] delta = OutputGradient.ToArray();
        var inPlace = new MatrixSpan<double>(delta, delta.Length, 1);
        Activation.Backward(Kept(PreActivation.AsArray(), 1), new(Output.AsArray(), delta.Length, 1), inPlace, inPlace);
        return delta;
    }

    // Sample i of this batch gives the gradient of aᵢ alone: its column is (∂aᵢ/∂zⱼ) over j, row i of the Jacobian.
    private Matrix<double> ComputeJacobian()
    {
        int n = Output.Count;
        double[] z = new double[n * n];
        double[] a = new double[n * n];
        double[] unit = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            PreActivation.AsArray().CopyTo(z, i * n);
            Output.AsArray().CopyTo(a, i * n);
            unit[(i * n) + i] = 1;
        }

        var inPlace = new MatrixSpan<double>(unit, n, n);
        Activation.Backward(Kept(z, n), new(a, n, n), inPlace, inPlace);
        return Matrix<double>.Build.Dense(n, n, unit).Transpose();
    }

    private ReadOnlyMatrixSpan<double> Kept(double[] z, int columns) =>
        Activation.BackwardReadsInput ? new(z, Output.Count, columns) : default;

    private ChainPath[] Paths(int neuron) =>
    [
        .. Enumerable.Range(0, Output.Count)
            .Where(i => i == neuron || ActivationDerivative is null)
            .Select(i => new ChainPath(i, ActivationJacobian[i, neuron], OutputGradient[i])),
    ];
}
