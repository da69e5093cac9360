using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Traces;

/// <summary>Every term of the forward and backward pass of one sample through a dense layer.</summary>
/// <remarks>
/// Forward z = W·a⁽ˡ⁻¹⁾ + b, a = σ(z). Backward δ = ∂L/∂z = (∂a/∂z)ᵀ·∂L/∂a, which for an element-wise activation is
/// ∂L/∂a ⊙ σ'(z); then ∂L/∂W = δ·(a⁽ˡ⁻¹⁾)ᵀ, ∂L/∂b = δ and ∂L/∂a⁽ˡ⁻¹⁾ = Wᵀ·δ.
/// </remarks>
public sealed class DenseTrace : WeightedSumTrace
{
    private readonly Dense<double> _layer;
    private readonly Lazy<Matrix<double>> _jacobian;
    private readonly Lazy<Vector<double>?> _derivative;

    internal DenseTrace(LayerRecord record, Dense<double> layer, TracePoint point)
        : base(record, point, layer.Weights, layer.Biases)
    {
        _layer = layer;
        _jacobian = new(ComputeJacobian);
        _derivative = new(() => IsDiagonal(ActivationJacobian) ? ActivationJacobian.Diagonal() : null);
    }

    /// <summary>
    /// ∂a/∂z: row i, column j holds ∂aᵢ/∂zⱼ. Diagonal for an element-wise activation. Computed when first read.
    /// </summary>
    public Matrix<double> ActivationJacobian => _jacobian.Value;

    /// <summary>
    /// σ'(z), the diagonal of <see cref="ActivationJacobian"/>; null if that is not diagonal, as for softmax, where σ'
    /// is not a vector.
    /// </summary>
    public override Vector<double>? ActivationDerivative => _derivative.Value;

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
            WeightPenaltyGradient[neuron, input],
            WeightGradient[neuron, input],
            Point.Differentiate(_layer.Weights, (input * Output.Count) + neuron));
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
        ParameterTrace biases = RequiredBiases;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{Name}.biases[{neuron}]"),
            PreActivationByParameter: 1,
            Paths(neuron),
            biases.PenaltyGradient[neuron, 0],
            biases.Gradient[neuron, 0],
            Point.Differentiate(_layer.Biases!, neuron));
    }

    internal override WeightedSumLabels Labels(string input) =>
        new($"W·{input}", $"δ·({input})ᵀ", "δ", "Wᵀ·δ");

    private protected override double[] ComputePreActivation()
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

    private static bool IsDiagonal(Matrix<double> matrix) =>
        matrix.EnumerateIndexed(Zeros.AllowSkip).All(element => element.Item1 == element.Item2 || element.Item3 == 0);

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

        BackwardThroughActivation(z, a, unit);
        return Matrix<double>.Build.Dense(n, n, unit).Transpose();
    }

    private ChainPath[] Paths(int neuron) =>
    [
        .. Enumerable.Range(0, Output.Count)
            .Where(i => i == neuron || ActivationDerivative is null)
            .Select(i => new ChainPath(i, ActivationJacobian[i, neuron], OutputGradient[i])),
    ];
}
