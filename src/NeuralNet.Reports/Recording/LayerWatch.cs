using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Training;

namespace NeuralNet.Reports.Recording;

/// <summary>
/// Watches the layers of a network during an epoch, at some of its steps: the norms of gradients and weights, and dead
/// units.
/// </summary>
internal sealed class LayerWatch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // So many steps of an epoch are looked at: enough for a mean, and next to nothing of the work.
    private const int Looks = 32;

    // Where it is not known how many steps there are.
    private const int UsualStride = 16;

    private readonly (string Name, Parameter<T>[] Parameters)[] _layers;
    private readonly DeadUnits<T>[] _units;
    private readonly double[] _norms;
    private int _stride = 1;
    private int _steps;
    private int _looks;

    public LayerWatch(Network<T> network)
    {
        _layers =
        [
            .. network.Parameters.Where(parameter => !parameter.IsStatistic).GroupBy(parameter => parameter.Layer)
                .Select(layer => (layer.Key.Name, layer.ToArray())),
        ];
        _units = [.. DeadUnits<T>.In(network.Body)];
        _norms = new double[_layers.Length];
    }

    /// <summary>Begins an epoch.</summary>
    public void Begin(int? batches)
    {
        _stride = batches is { } count ? Math.Max(1, count / Looks) : UsualStride;
        (_steps, _looks) = (0, 0);
        Array.Clear(_norms);
        foreach (DeadUnits<T> units in _units)
        {
            units.Reset();
        }
    }

    /// <summary>Looks at a batch that was just trained on, if it is one of those.</summary>
    public void Look(TrainingContext<T> context)
    {
        if (_layers.Length == 0 || !context.TryGetGradient(_layers[0].Parameters[0], out _))
        {
            return;
        }

        if (_steps++ % _stride != 0)
        {
            return;
        }

        _looks++;
        for (int l = 0; l < _layers.Length; l++)
        {
            double squares = 0;
            foreach (Parameter<T> parameter in _layers[l].Parameters)
            {
                context.TryGetGradient(parameter, out ReadOnlySpan<T> gradient);
                squares += SumOfSquares(gradient);
            }

            _norms[l] += Math.Sqrt(squares);
        }

        foreach (DeadUnits<T> units in _units)
        {
            if (context.TryGetActivations(units.Layer, out ReadOnlyMatrixSpan<T> outputs))
            {
                units.Look(outputs);
            }
        }
    }

    /// <summary>Gives the figures of the epoch.</summary>
    public void Report(CurveRecorder recorder)
    {
        for (int l = 0; l < _layers.Length; l++)
        {
            double weights = _layers[l].Parameters.Sum(parameter => SumOfSquares(parameter.Values));
            double gradient = _looks == 0 ? double.NaN : _norms[l] / _looks;
            recorder.Set(new(FigureKind.GradientNorm, "", _layers[l].Name), gradient);
            recorder.Set(new(FigureKind.WeightNorm, "", _layers[l].Name), Math.Sqrt(weights));
        }

        foreach (DeadUnits<T> units in _units)
        {
            recorder.Set(new(FigureKind.DeadUnits, "", units.Layer.Name), units.Share);
        }
    }

    private static double SumOfSquares(ReadOnlySpan<T> values) =>
        double.CreateChecked(TensorPrimitives.SumOfSquares(values));
}
