using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>The scaling y = ((x − origin) / unit) · gain + lower, with an origin and a unit per feature.</summary>
/// <remarks>
/// Computed in double, whatever the precision of the batch, so that the difference of a large value and a large origin
/// keeps its digits.
/// </remarks>
internal readonly struct Scaling(double[] origins, double[] units, double gain, double lower)
{
    private readonly double[] _origins = origins;
    private readonly double[] _units = units;
    private readonly double _gain = gain;
    private readonly double _lower = lower;

    public void Apply<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TransformCheck.Require(input, _origins.Length, nameof(input), output, _origins.Length, nameof(output));
        for (int j = 0; j < input.Columns; j++)
        {
            ReadOnlySpan<T> x = input.Column(j);
            Span<T> y = output.Column(j);
            ReadOnlySpan<double> origins = _origins.AsSpan(0, x.Length);
            ReadOnlySpan<double> units = _units.AsSpan(0, x.Length);
            for (int i = 0; i < x.Length; i++)
            {
                y[i] = T.CreateTruncating(((double.CreateTruncating(x[i]) - origins[i]) / units[i] * _gain) + _lower);
            }
        }
    }

    public void Invert<T>(ReadOnlyMatrixSpan<T> output, MatrixSpan<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TransformCheck.Require(output, _origins.Length, nameof(output), input, _origins.Length, nameof(input));
        for (int j = 0; j < output.Columns; j++)
        {
            ReadOnlySpan<T> y = output.Column(j);
            Span<T> x = input.Column(j);
            ReadOnlySpan<double> origins = _origins.AsSpan(0, y.Length);
            ReadOnlySpan<double> units = _units.AsSpan(0, y.Length);
            for (int i = 0; i < y.Length; i++)
            {
                x[i] = T.CreateTruncating(((double.CreateTruncating(y[i]) - _lower) / _gain * units[i]) + origins[i]);
            }
        }
    }
}
