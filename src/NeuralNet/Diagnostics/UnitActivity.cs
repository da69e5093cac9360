using System.Globalization;
using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>Counts, layer by layer, where the slope of the activation is 0 or next to it.</summary>
internal sealed class UnitActivity<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The slope of the sigmoid at an output of 0.01 or 0.99.
    private const double SmallSlope = 0.01;

    // A freshly drawn layer on scaled inputs is far below.
    private const double LargeShare = 0.9;

    // What all of fewer samples have in common may be chance.
    private const int FewestSamples = 16;

    private readonly Layer<T>[] _layers;
    private readonly long[] _all;
    private readonly long[] _zero;
    private readonly long[] _small;
    private T[] _ones = [];
    private T[] _slopes = [];
    private int _samples;

    public UnitActivity(Network<T> network)
    {
        _layers = [.. network.Body.SelfAndDescendants().Where(CanSee)];
        _all = new long[_layers.Length];
        _zero = new long[_layers.Length];
        _small = new long[_layers.Length];
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
        foreach (T slope in slopes.Values)
        {
            T magnitude = T.Abs(slope);
            _zero[layer] += magnitude == T.Zero ? 1 : 0;
            _small[layer] += magnitude < small ? 1 : 0;
        }

        _all[layer] += length;
    }

    /// <summary>
    /// Gives a warning for each dead layer and, if the network has not been trained yet, each saturated one.
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
                    $"Every unit of '{layer.Name}' is on the flat part of {layer.Activation!.Name} for every sample "
                    + "looked at: its gradient is 0, so neither this layer nor those before it learn. Use a smaller "
                    + "learning rate, scale the inputs, keep the initial biases at 0, or take LeakyReLU or GELU.");
            }
        }
    }

    // The slope follows from the outputs, element by element. A sequence ends in the activation of its last layer.
    private static bool CanSee(Layer<T> layer) =>
        layer is { Children.Count: 0, Activation: ElementwiseActivation { BackwardReadsInput: false } };
}
