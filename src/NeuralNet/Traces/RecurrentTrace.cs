using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.Recurrence;

namespace NeuralNet.Traces;

/// <summary>The passes of one sample through a recurrent layer, step by step, forward and back through time.</summary>
/// <remarks>
/// <para>
/// The gates are those of the layer's equations: i, f, g and o of an <see cref="Lstm{T}"/>, r, u and n of a
/// <see cref="Gru{T}"/>, and of a <see cref="SimpleRecurrent{T}"/> its state h itself. With δₜ = ∂L/∂(W·xₜ + b), where
/// everything that h of step t does later is part of, the parameters that all steps share have gradients that are sums
/// over the steps: ∂L/∂W = Σ δₜ·xₜᵀ, ∂L/∂U = Σ δₜ·hₜ₋₁ᵀ, ∂L/∂b = ∂L/∂c = Σ δₜ. Of a GRU's n, the reset gate stands
/// between: δₜ ⊙ rₜ takes the place of δₜ in ∂L/∂U and ∂L/∂c or, where it resets before the product, rₜ ⊙ hₜ₋₁ that of
/// hₜ₋₁ in ∂L/∂U.
/// </para>
/// <para>Steps are counted from 0 in the order of the input, also where the layer reads them from the end.</para>
/// </remarks>
public sealed class RecurrentTrace : LayerTrace
{
    private readonly RecurrentLayer<double> _layer;
    private readonly TracePoint _point;
    private readonly Matrix<double> _gates;
    private readonly Matrix<double> _deltas;

    internal RecurrentTrace(
        LayerRecord record, RecurrentLayer<double> layer, RecurrentRecord steps, TracePoint point)
        : base(record)
    {
        _layer = layer;
        _point = point;
        Gates = layer switch
        {
            Lstm<double> => ["i", "f", "g", "o"],
            Gru<double> => ["r", "u", "n"],
            _ => ["h"],
        };
        _gates = ByStep(steps.Gates);
        _deltas = ByStep(steps.Deltas);
        Hidden = ByStep(steps.Hidden);
    }

    /// <summary>The names of the gates, in the order in which their blocks lie in the parameters.</summary>
    public IReadOnlyList<string> Gates { get; }

    /// <summary>h after each step, units × steps.</summary>
    public Matrix<double> Hidden { get; }

    private bool ResetsAfter => _layer is Gru<double> { ResetsAfter: true };

    /// <summary>A gate at each step, after its activation.</summary>
    /// <param name="name">Its name, such as <c>f</c>.</param>
    /// <returns>Units × steps.</returns>
    /// <exception cref="ArgumentException">There is no such gate.</exception>
    public Matrix<double> Gate(string name) => BlockOf(_gates, name);

    /// <summary>δ of a gate at each step: ∂L/∂(W·xₜ + b).</summary>
    /// <param name="name">Its name, such as <c>f</c>.</param>
    /// <returns>Units × steps.</returns>
    /// <exception cref="ArgumentException">There is no such gate.</exception>
    public Matrix<double> Delta(string name) => BlockOf(_deltas, name);

    /// <summary>
    /// Computes ∂L/∂W for one input weight as the sum over the steps, and a finite difference to compare with.
    /// </summary>
    /// <remarks>
    /// For the finite difference, the network's parameters are set to their values at the time of the trace, and one of
    /// them is varied; all are restored before this returns. Nobody else may use the network meanwhile. It follows the
    /// loss through all steps, also where <see cref="RecurrentLayer{T}.GradientSteps"/> cuts the gradient off.
    /// </remarks>
    /// <param name="gate">The name of the gate, such as <c>f</c>.</param>
    /// <param name="unit">The unit, counted from 0.</param>
    /// <param name="feature">The feature of a step, counted from 0.</param>
    /// <returns>The terms, their sum and the finite difference.</returns>
    /// <exception cref="ArgumentException">There is no such gate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such weight.</exception>
    public SharedParameterTerms InputWeight(string gate, int unit, int feature)
    {
        int row = Row(gate, unit);
        int features = _layer.InputShape.Channels;
        RequireIndex(feature, features, nameof(feature));
        return Terms(
            _layer.InputWeights, row, feature, step => (Input[(step * features) + feature], _deltas[row, step]));
    }

    /// <summary>
    /// Computes ∂L/∂U for one recurrent weight as the sum over the steps, and a finite difference to compare with.
    /// </summary>
    /// <remarks>As for <see cref="InputWeight"/>, nobody else may use the network meanwhile.</remarks>
    /// <param name="gate">The name of the gate, such as <c>f</c>.</param>
    /// <param name="unit">The unit, counted from 0.</param>
    /// <param name="from">The unit of the step before, counted from 0.</param>
    /// <returns>The terms, their sum and the finite difference.</returns>
    /// <exception cref="ArgumentException">There is no such gate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such weight.</exception>
    public SharedParameterTerms RecurrentWeight(string gate, int unit, int from)
    {
        int row = Row(gate, unit);
        RequireIndex(from, _layer.Units, nameof(from));
        return Terms(_layer.RecurrentWeights, row, from, step =>
        {
            double reset = gate == "n" && !ResetsAfter ? _gates[from, step] : 1;
            return (reset * Before(from, step), RecurrentDelta(gate, unit, step));
        });
    }

    /// <summary>
    /// Computes ∂L/∂b for one unit of a gate as the sum over the steps, and a finite difference to compare with.
    /// </summary>
    /// <remarks>As for <see cref="InputWeight"/>, nobody else may use the network meanwhile.</remarks>
    /// <param name="gate">The name of the gate, such as <c>f</c>.</param>
    /// <param name="unit">The unit, counted from 0.</param>
    /// <returns>The terms, their sum and the finite difference.</returns>
    /// <exception cref="ArgumentException">There is no such gate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    /// <exception cref="InvalidOperationException">The layer has no biases.</exception>
    public SharedParameterTerms InputBias(string gate, int unit)
    {
        int row = Row(gate, unit);
        return Terms(RequireBiases(_layer.InputBiases), row, 0, step => (1, _deltas[row, step]));
    }

    /// <summary>
    /// Computes ∂L/∂c for one unit of a gate as the sum over the steps, and a finite difference to compare with.
    /// </summary>
    /// <remarks>As for <see cref="InputWeight"/>, nobody else may use the network meanwhile.</remarks>
    /// <param name="gate">The name of the gate, such as <c>f</c>.</param>
    /// <param name="unit">The unit, counted from 0.</param>
    /// <returns>The terms, their sum and the finite difference.</returns>
    /// <exception cref="ArgumentException">There is no such gate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    /// <exception cref="InvalidOperationException">The layer has no biases.</exception>
    public SharedParameterTerms RecurrentBias(string gate, int unit) => Terms(
        RequireBiases(_layer.RecurrentBiases), Row(gate, unit), 0, step => (1, RecurrentDelta(gate, unit, step)));

    private SharedParameterTerms Terms(
        Parameter<double> parameter, int row, int column, Func<int, (double Factor, double Delta)> at)
    {
        ParameterTrace trace = Parameters.First(one => one.Name == parameter.Name);
        string place = parameter.Columns == 1
            ? string.Create(CultureInfo.InvariantCulture, $"{row}")
            : string.Create(CultureInfo.InvariantCulture, $"{row}, {column}");
        return new(
            $"{parameter.Name}[{place}]",
            [
                .. Enumerable.Range(0, _layer.Steps).Select(step =>
                {
                    (double factor, double delta) = at(step);
                    return new PlaceTerm(step, 0, factor, delta);
                }),
            ],
            trace.PenaltyGradient[row, column],
            trace.Gradient[row, column],
            _point.Differentiate(parameter, (column * parameter.Rows) + row));
    }

    // ∂L/∂(U·h + c).
    private double RecurrentDelta(string gate, int unit, int step) =>
        _deltas[Row(gate, unit), step] * (gate == "n" && ResetsAfter ? _gates[unit, step] : 1);

    // h that a step begins with.
    private double Before(int unit, int step)
    {
        int before = _layer.IsReversed ? step + 1 : step - 1;
        return before >= 0 && before < _layer.Steps
            ? Hidden[unit, before]
            : Parameters.FirstOrDefault(one => one.Name == _layer.InitialHidden?.Name)?.Value[unit, 0] ?? 0;
    }

    private int Row(string gate, int unit)
    {
        RequireIndex(unit, _layer.Units, nameof(unit));
        return (IndexOf(gate) * _layer.Units) + unit;
    }

    private Matrix<double> BlockOf(Matrix<double> all, string gate) =>
        all.SubMatrix(IndexOf(gate) * _layer.Units, _layer.Units, 0, _layer.Steps);

    private int IndexOf(string gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        int index = Gates.ToList().IndexOf(gate);
        return index >= 0
            ? index
            : throw new ArgumentException(
                $"There is no gate {MessageText.Quoted(gate)}; there are {MessageText.Listed(Gates)}.", nameof(gate));
    }

    private Parameter<double> RequireBiases(Parameter<double>? biases) => biases
        ?? throw new InvalidOperationException($"The layer '{Name}' has no biases.");

    private Matrix<double> ByStep(double[] values) =>
        Matrix<double>.Build.Dense(values.Length / _layer.Steps, _layer.Steps, values);
}
