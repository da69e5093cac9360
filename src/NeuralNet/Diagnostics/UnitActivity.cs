using System.Globalization;
using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>
/// Counts, layer by layer, where the slope of the activation is 0 or next to it. A unit of a convolution is a filter at
/// all positions of all samples.
/// </summary>
internal sealed class UnitActivity<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The slope of the sigmoid at an output of 0.01 or 0.99.
    private const double SmallSlope = 0.01;

    // A freshly drawn layer on scaled inputs is far below.
    private const double LargeShare = 0.9;

    // What all of fewer samples have in common may be chance; the more so where only some units are looked at.
    private const int FewestSamples = 16;
    private const int FewestSamplesOfUnits = 32;

    // Fewer dead units are common, and the others learn.
    private const double LargeDeadShare = 0.5;

    private readonly Layer<T>[] _layers;
    private readonly long[] _all;
    private readonly long[] _zero;
    private readonly long[] _small;
    private readonly bool[][] _isAlive;
    private T[] _ones = [];
    private T[] _slopes = [];
    private int _samples;

    public UnitActivity(Network<T> network)
    {
        _layers = [.. network.Body.SelfAndDescendants().Where(CanSee)];
        _all = new long[_layers.Length];
        _zero = new long[_layers.Length];
        _small = new long[_layers.Length];
        _isAlive = [.. _layers.Select(layer => new bool[layer.OutputShape.Channels])];
    }

    /// <summary>Whether enough samples were seen for a warning.</summary>
    public bool IsEnough => _samples >= FewestSamples;

    /// <summary>The layers to look at, within blocks and branches, too.</summary>
    public IReadOnlyList<Layer<T>> Layers => _layers;

    /// <summary>Counts samples whose outputs are then taken in, layer by layer.</summary>
    public void Begin(int samples) => _samples += samples;

    /// <summary>Takes in the outputs of some samples.</summary>
    public void Add(int layer, ReadOnlyMatrixSpan<T> outputs)
    {
        int length = outputs.Values.Length;
        if (_ones.Length < length)
        {
            _ones = new T[length];
            _ones.AsSpan().Fill(T.One);
            _slopes = new T[length];
        }

        var slopes = new MatrixSpan<T>(_slopes.AsSpan(0, length), outputs.Rows, outputs.Columns);
        _layers[layer].Activation!.Backward(
            default,
            outputs,
            new ReadOnlyMatrixSpan<T>(_ones.AsSpan(0, length), outputs.Rows, outputs.Columns),
            slopes);
        T small = T.CreateChecked(SmallSlope);
        MatrixSpan<T> byUnit = slopes.ByChannel(_layers[layer].OutputShape);
        for (int j = 0; j < byUnit.Columns; j++)
        {
            ReadOnlySpan<T> units = byUnit.Column(j);
            for (int unit = 0; unit < units.Length; unit++)
            {
                T magnitude = T.Abs(units[unit]);
                _isAlive[layer][unit] |= magnitude != T.Zero;
                _zero[layer] += magnitude == T.Zero ? 1 : 0;
                _small[layer] += magnitude < small ? 1 : 0;
            }
        }

        _all[layer] += length;
    }

    /// <summary>
    /// Gives a warning for each dead layer and, if the network has not been trained yet, each saturated one, else each
    /// one with many dead units.
    /// </summary>
    public IEnumerable<TrainingWarning> Check(bool isFresh)
    {
        for (int l = 0; IsEnough && l < _all.Length; l++)
        {
            Layer<T> layer = _layers[l];
            if (_all[l] == 0)
            {
                continue;
            }

            bool isBounded = OutputRange.Of(layer.Activation).IsBounded;
            if (isFresh && isBounded && _small[l] > LargeShare * _all[l])
            {
                yield return new(
                    TrainingWarningKind.SaturatedLayer,
                    layer.Name,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(double)_small[l] / _all[l]:P0} of the outputs of '{layer.Name}' are at the bounds of "
                        + $"{layer.Activation!.Name}, where its slope is next to 0, before anything was learned: "
                        + $"gradients vanish there. Scale the inputs, draw smaller initial weights (the default suits "
                        + $"the activation), or normalize before the layer."));
            }
            else if (_zero[l] == _all[l])
            {
                yield return new(
                    TrainingWarningKind.DeadLayer,
                    layer.Name,
                    $"Every {UnitOf(layer)} of '{layer.Name}' is on the flat part of {layer.Activation!.Name} for "
                    + "every sample looked at: its gradient is 0, so neither this layer nor those before it learn. Use "
                    + "a smaller learning rate, scale the inputs, keep the initial biases at 0, or take LeakyReLU or "
                    + "GELU.");
            }
            else if (!isFresh && _samples >= FewestSamplesOfUnits && DeadUnits(l) is { } warning)
            {
                yield return warning;
            }
        }
    }

    private TrainingWarning? DeadUnits(int index)
    {
        Layer<T> layer = _layers[index];
        int[] dead = [.. _isAlive[index].Index().Where(unit => !unit.Item).Select(unit => unit.Index)];
        if (dead.Length < LargeDeadShare * _isAlive[index].Length)
        {
            return null;
        }

        string which = MessageText.Listed(dead.Select(unit => unit.ToString(CultureInfo.InvariantCulture)));
        bool isOne = dead.Length == 1;
        return new(
            TrainingWarningKind.DeadUnits,
            layer.Name,
            $"{dead.Length} of the {Quantity.Of(_isAlive[index].Length, UnitOf(layer))} of '{layer.Name}' "
            + $"({UnitOf(layer)} {which}) {(isOne ? "is" : "are")} on the flat part of {layer.Activation!.Name} "
            + $"{(layer.OutputShape.Positions > 1 ? "at every position of" : "for")} every sample looked at: "
            + $"{(isOne ? "its gradient is 0, and it learns" : "their gradients are 0, and they learn")} nothing. "
            + "Use a smaller learning rate, scale the inputs, or take LeakyReLU or GELU.");
    }

    // Where a layer has weights of its own, each of its channels is a filter.
    private static string UnitOf(Layer<T> layer) =>
        layer.OutputShape.IsFlat ? "unit" : layer.Parameters.Count > 0 ? "filter" : "channel";

    // The slope follows from the outputs, element by element. A sequence ends in the activation of its last layer.
    private static bool CanSee(Layer<T> layer) =>
        layer is { Children.Count: 0, Activation: ElementwiseActivation { BackwardReadsInput: false } };
}
