using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Traces;

/// <summary>
/// The passes of <see cref="BackpropagationEngine{T}"/> for one sample, with separate memory for every layer, so that
/// everything can be kept.
/// </summary>
internal sealed class TraceRecorder
{
    private readonly Network<double> _network;
    private readonly Gradients<double> _gradients;
    private readonly double[][] _activations;
    private readonly double[][] _states;
    private readonly double[][] _activationGradients;

    public TraceRecorder(Network<double> network)
    {
        _network = network;
        _gradients = Gradients.For(network);
        _activations = [new double[network.InputSize], .. network.Layers.Select(layer => new double[layer.OutputSize])];
        _activationGradients = [.. _activations.Select(a => new double[a.Length])];
        _states = [.. network.Layers.Select(layer => new double[layer.StateLength(1)])];
    }

    /// <summary>The activations a⁽ˡ⁾; a⁽⁰⁾ is the input.</summary>
    private Vector<double> Activation(int l) => Vector<double>.Build.Dense(_activations[l]);

    /// <summary>The gradient ∂L/∂a⁽ˡ⁾.</summary>
    private Vector<double> ActivationGradient(int l) => Vector<double>.Build.Dense(_activationGradients[l]);

    /// <summary>Runs the forward pass, the loss, and the backward pass.</summary>
    /// <returns>The loss, with the parameters' penalties.</returns>
    public double Run(ILoss loss, Vector<double> input, Vector<double> target, RandomStream draw)
    {
        input.ToArray().CopyTo(_activations[0], 0);
        IReadOnlyList<Layer<double>> layers = _network.Layers;
        for (int l = 1; l <= layers.Count; l++)
        {
            layers[l - 1].Forward(
                Column(_activations[l - 1]),
                Column(_activations[l]),
                new(_states[l - 1], isTraining: true, draw.Derive(l - 1), ForkJoin.Alone));
        }

        double[] value = new double[1];
        loss.Compute<double>(
            Column(_activations[^1]), Column(target.ToArray()), value, Column(_activationGradients[^1]));

        for (int l = layers.Count; l >= 1; l--)
        {
            layers[l - 1].Backward(
                Column(_activations[l - 1]),
                Column(_activations[l]),
                Column([.. _activationGradients[l]]), // a copy: the layer may use it as scratch memory
                Column(_activationGradients[l - 1]),
                new(_states[l - 1], _gradients.Arrays, ForkJoin.Alone));
        }

        double total = value[0];
        foreach (Parameter<double> parameter in _network.Parameters)
        {
            total += parameter.Penalty?.Value<double>(parameter.Values) ?? 0;
            parameter.Penalty?.AddGradient<double>(parameter.Values, _gradients.Values(parameter));
        }

        return total;
    }

    /// <summary>The record of layer l, counted from 1.</summary>
    public LayerTrace Layer(int l, TracePoint point)
    {
        Layer<double> layer = _network.Layers[l - 1];
        var record = new LayerRecord(
            layer,
            l,
            Activation(l - 1),
            Activation(l),
            ActivationGradient(l),
            ActivationGradient(l - 1),
            [.. layer.Parameters.Where(parameter => !parameter.IsStatistic).Select(Trace)]);
        return layer is Dense<double> dense ? new DenseTrace(record, dense, point) : new OtherLayerTrace(record);
    }

    private ParameterTrace Trace(Parameter<double> parameter)
    {
        Matrix<double> penalty = Matrix<double>.Build.Dense(parameter.Rows, parameter.Columns);
        parameter.Penalty?.AddGradient<double>(parameter.Values, penalty.AsColumnMajorArray());
        return new(parameter.Name, parameter.Value.Clone(), _gradients[parameter].Clone(), penalty);
    }

    private static MatrixSpan<double> Column(double[] values) => new(values, values.Length, 1);
}
