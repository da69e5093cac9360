using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Reports.Recording;

/// <summary>
/// Finds the dead units of a layer: those on the flat part of their activation, as below 0 of a ReLU, for every sample
/// that is looked at. Their gradient is 0, so they learn nothing. A unit of a convolution is a filter at all positions.
/// </summary>
internal sealed class DeadUnits<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Layer<T> _layer;
    private readonly bool[] _isAlive;
    private T[] _ones = [];
    private T[] _slopes = [];
    private bool _hasLooked;

    private DeadUnits(Layer<T> layer)
    {
        _layer = layer;
        _isAlive = new bool[layer.OutputShape.Channels];
    }

    /// <summary>The layer.</summary>
    public Layer<T> Layer => _layer;

    /// <summary>Share of the units that are dead; NaN if no sample was looked at.</summary>
    public double Share => _hasLooked ? (double)_isAlive.Count(isAlive => !isAlive) / _isAlive.Length : double.NaN;

    /// <summary>For each layer whose activation is flat where it gives 0, within others, too.</summary>
    public static IEnumerable<DeadUnits<T>> In(Layer<T> layer)
    {
        if (layer.Children.Count > 0)
        {
            return layer.Children.SelectMany(In);
        }

        return layer.Activation is ElementwiseActivation { BackwardReadsInput: false } own && IsFlatAtZero(own)
            ? [new(layer)]
            : [];
    }

    /// <summary>Forgets what it has seen.</summary>
    public void Reset()
    {
        Array.Clear(_isAlive);
        _hasLooked = false;
    }

    /// <summary>Looks at the outputs of the layer for some samples.</summary>
    public void Look(ReadOnlyMatrixSpan<T> outputs)
    {
        int length = outputs.Values.Length;
        if (_ones.Length < length)
        {
            _ones = new T[length];
            _ones.AsSpan().Fill(T.One);
            _slopes = new T[length];
        }

        var slopes = new MatrixSpan<T>(_slopes.AsSpan(0, length), outputs.Rows, outputs.Columns);
        _layer.Activation!.Backward(
            default,
            outputs,
            new ReadOnlyMatrixSpan<T>(_ones.AsSpan(0, length), outputs.Rows, outputs.Columns),
            slopes);
        _hasLooked = true;
        for (int i = 0; i < length; i++)
        {
            // The channel is the last dimension, which is the fastest.
            _isAlive[i % _isAlive.Length] |= _slopes[i] != T.Zero;
        }
    }

    private static bool IsFlatAtZero(ElementwiseActivation activation)
    {
        T[] slope = new T[1];
        activation.Backward<T>(
            default, new ReadOnlyMatrixSpan<T>([T.Zero], 1, 1), new ReadOnlyMatrixSpan<T>([T.One], 1, 1),
            new MatrixSpan<T>(slope, 1, 1));
        return slope[0] == T.Zero;
    }
}
