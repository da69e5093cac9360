using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Traces;

/// <summary>
/// The point at which a trace was taken: the network at that time, the sample, and the random stream.
/// </summary>
internal sealed class TracePoint
{
    private readonly BackpropagationEngine<double> _engine;
    private readonly double[] _input;
    private readonly double[] _target;
    private readonly RandomStream _draw;
    private readonly ParameterPoint _parameters;

    public TracePoint(
        Network<double> network, ILoss loss, Vector<double> input, Vector<double> target, RandomStream draw)
    {
        _engine = new BackpropagationEngine<double>(network, loss, threads: 1);
        _input = input.ToArray();
        _target = target.ToArray();
        _draw = draw;
        _parameters = new ParameterPoint(network.Parameters);
    }

    /// <summary>Computes ∂L/∂θ of one element by central differences; null if a kink is too close.</summary>
    public double? Differentiate(Parameter<double> parameter, int element)
    {
        var now = new ParameterPoint(_engine.Network.Parameters);
        try
        {
            _parameters.Restore();
            var loss = new WeightedSum([1], terms => terms[0] = _engine.ComputeLoss(
                new ReadOnlyMatrixSpan<double>(_input, _input.Length, 1),
                new ReadOnlyMatrixSpan<double>(_target, _target.Length, 1),
                _draw));
            NumericalDerivative derivative = NumericalDerivative.Compute(
                loss, ref parameter.Values[element], new GradientCheckOptions().Tolerance);
            return derivative.IsCertain ? derivative.Value : null;
        }
        finally
        {
            now.Restore();
        }
    }
}
