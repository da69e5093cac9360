using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Convolutions;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Traces;

/// <summary>Every term of the forward and backward pass of one sample through a convolution.</summary>
/// <remarks>
/// At each place p of the output z(p) = W·patch(p) + b and a(p) = σ(z(p)). Backward δ = ∂L/∂z, for an element-wise
/// activation ∂L/∂a ⊙ σ'(z). All places share W and b, so their gradients are sums over the places:
/// ∂L/∂W = Σ δ(p)·patch(p)ᵀ and ∂L/∂b = Σ δ(p); ∂L/∂a⁽ˡ⁻¹⁾ gathers Wᵀ·δ(p) over the patches that an input is in. Row f
/// of W holds filter f, an element for each row, column and channel of the kernel, the channel being fastest.
/// </remarks>
public sealed class ConvolutionTrace : WeightedSumTrace
{
    private readonly Convolution<double> _layer;
    private readonly Lazy<Vector<double>?> _derivative;

    internal ConvolutionTrace(LayerRecord record, Convolution<double> layer, TracePoint point)
        : base(record, point, layer.Weights, layer.Biases)
    {
        _layer = layer;
        _derivative = new(() => Activation is ElementwiseActivation ? ComputeDerivative() : null);
    }

    /// <inheritdoc/>
    public override Vector<double>? ActivationDerivative => _derivative.Value;

    private ConvolutionGeometry Geometry => _layer.Geometry;

    private int GroupChannels => Geometry.GroupChannels;

    /// <summary>
    /// Computes ∂L/∂W for one weight as the sum over the places that share it, and a finite difference to compare with.
    /// </summary>
    /// <remarks>
    /// For the finite difference, the network's parameters are set to their values at the time of the trace, and one of
    /// them is varied; all are restored before this returns. Nobody else may use the network meanwhile.
    /// </remarks>
    /// <param name="filter">f, counted from 0.</param>
    /// <param name="row">The row of the kernel, counted from 0; of a sequence, the step.</param>
    /// <param name="column">The column of the kernel, counted from 0; of a sequence, 0.</param>
    /// <param name="channel">The channel among those that the filter sees, counted from 0.</param>
    /// <returns>The terms, their sum and the finite difference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such weight.</exception>
    public SharedParameterTerms Weight(int filter, int row, int column, int channel)
    {
        RequireIndex(filter, Geometry.Filters, nameof(filter));
        RequireIndex(row, Geometry.Rows.Kernel, nameof(row));
        RequireIndex(column, Geometry.Columns.Kernel, nameof(column));
        RequireIndex(channel, GroupChannels, nameof(channel));
        int element = (((row * Geometry.Columns.Kernel) + column) * GroupChannels) + channel;
        int inputChannel = (filter / Geometry.GroupFilters * GroupChannels) + channel;
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Name}.weights[{filter}, {row}, {(_layer.InputShape.Rank == 2 ? "" : $"{column}, ")}{channel}]"),
            [.. Terms(filter, (y, x) => InputAt(y, row, x, column, inputChannel))],
            WeightPenaltyGradient[filter, element],
            WeightGradient[filter, element],
            Point.Differentiate(_layer.Weights, (element * Geometry.Filters) + filter));
    }

    /// <summary>
    /// Computes ∂L/∂b for one filter as the sum over the places that share it, and a finite difference to compare with.
    /// </summary>
    /// <remarks>As for <see cref="Weight"/>, nobody else may use the network meanwhile.</remarks>
    /// <param name="filter">f, counted from 0.</param>
    /// <returns>The terms, their sum and the finite difference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such filter.</exception>
    /// <exception cref="InvalidOperationException">The layer has no biases.</exception>
    public SharedParameterTerms Bias(int filter)
    {
        RequireIndex(filter, Geometry.Filters, nameof(filter));
        ParameterTrace biases = RequiredBiases;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{Name}.biases[{filter}]"),
            [.. Terms(filter, (_, _) => 1)],
            biases.PenaltyGradient[filter, 0],
            biases.Gradient[filter, 0],
            Point.Differentiate(_layer.Biases!, filter));
    }

    internal override WeightedSumLabels Labels(string input) =>
        new("W·patch(p)", "Σ δ(p)·patch(p)ᵀ", "Σ δ(p)", "Σ Wᵀ·δ(p)");

    private protected override double[] ComputePreActivation()
    {
        double[] z = new double[Output.Count];
        ConvolutionProduct.Forward(
            Geometry,
            new ReadOnlyMatrixSpan<double>(Weights.AsColumnMajorArray(), Weights.RowCount, Weights.ColumnCount),
            HasBiases ? Biases.AsArray() : [],
            new ReadOnlyMatrixSpan<double>(Input.AsArray(), Input.Count, 1),
            new MatrixSpan<double>(z, z.Length, 1),
            ForkJoin.Alone);
        return z;
    }

    private Vector<double> ComputeDerivative()
    {
        double[] ones = new double[Output.Count];
        Array.Fill(ones, 1);
        BackwardThroughActivation(PreActivation.AsArray(), Output.AsArray(), ones);
        return Vector<double>.Build.Dense(ones);
    }

    /// <summary>The terms of all places at which a parameter meets an input, and not the padding.</summary>
    private IEnumerable<PlaceTerm> Terms(int filter, Func<int, int, double?> inputAt)
    {
        int columns = Geometry.Columns.Windows;
        for (int p = 0; p < Geometry.Rows.Windows * columns; p++)
        {
            (int y, int x) = Math.DivRem(p, columns);
            if (inputAt(y, x) is double input)
            {
                yield return new(y, x, input, Delta[(p * Geometry.Filters) + filter]);
            }
        }
    }

    private double? InputAt(int y, int row, int x, int column, int channel)
    {
        WindowAxis rows = Geometry.Rows;
        WindowAxis columns = Geometry.Columns;
        int inputRow = (y * rows.Stride) + (row * rows.Dilation) - rows.Before;
        int inputColumn = (x * columns.Stride) + (column * columns.Dilation) - columns.Before;
        return (uint)inputRow < (uint)rows.Length && (uint)inputColumn < (uint)columns.Length
            ? Input[(((inputRow * columns.Length) + inputColumn) * Geometry.Channels) + channel]
            : null;
    }
}
