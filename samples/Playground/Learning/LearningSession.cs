using System.Diagnostics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;
using NeuralNet.Regularization;
using NeuralNet.Traces;
using NeuralNet.Training;

namespace NeuralNet.Samples.Playground.Learning;

/// <summary>A small network that learns to tell two classes of points apart, step by step.</summary>
internal sealed class LearningSession
{
    private readonly Network<double> _network;
    private readonly SigmoidCrossEntropy _loss = new();
    private readonly Trainer<double> _trainer;
    private readonly BackpropagationEngine<double> _engine;
    private readonly Gradients<double> _gradients;
    private readonly double[] _inputs;
    private readonly double[] _targets;
    private readonly int[] _order;
    private readonly int _batch;
    private readonly Random _random;
    private double[] _grid = [];
    private int _next;

    /// <summary>Makes a network for points of a <see cref="PointCloud"/>.</summary>
    public LearningSession(
        double[] points,
        int[] hidden,
        string activation,
        string optimizer,
        double rate,
        double penalty,
        int batch,
        int seed)
    {
        int count = points.Length / PointCloud.Stride;
        _inputs = [.. Enumerable.Range(0, 2 * count).Select(i => points[(i / 2 * PointCloud.Stride) + (i % 2)])];
        _targets = [.. Enumerable.Range(0, count).Select(i => points[(i * PointCloud.Stride) + 2])];
        _order = [.. Enumerable.Range(0, count)];
        _batch = Math.Min(batch, count);
        _random = RandomStream.FromSeed(seed).Derive(1).CreateGenerator();
        L2Penalty? l2 = penalty > 0 ? new(penalty) : null;

        NetworkBuilder<double> builder = Network.Create<double>(2, seed);
        foreach (int size in hidden)
        {
            builder.Dense(size, Choices.Activation(activation), weightPenalty: l2);
        }

        _network = builder.Dense(1, weightPenalty: l2).Build();
        _trainer = new(_network, _loss, Choices.Optimizer(optimizer, rate), threads: 1);
        _engine = new(_network, _loss, threads: 1);
        _gradients = Backpropagation.Gradients.For(_network);
        _next = count;
    }

    /// <summary>Number of steps so far.</summary>
    public long Steps => _trainer.StepCount;

    /// <summary>Makes steps for some time, at least one and at most a number.</summary>
    public void Train(double milliseconds, int most)
    {
        double[] inputs = new double[2 * _batch];
        double[] targets = new double[_batch];
        long start = Stopwatch.GetTimestamp();
        do
        {
            int samples = Fill(inputs, targets);
            _trainer.Step(
                new ReadOnlyMatrixSpan<double>(inputs.AsSpan(0, 2 * samples), 2, samples),
                new ReadOnlyMatrixSpan<double>(targets.AsSpan(0, samples), 1, samples));
            most--;
        }
        while (most > 0 && Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds);
    }

    /// <summary>The loss of all points, and the share of those on the right side; sets the gradients.</summary>
    public (double Loss, double Accuracy) Measure()
    {
        double loss = _engine.Compute(
            new ReadOnlyMatrixSpan<double>(_inputs, 2, _targets.Length),
            new ReadOnlyMatrixSpan<double>(_targets, 1, _targets.Length),
            _gradients);
        ReadOnlySpan<double> outputs = _engine.Outputs.Values;
        int right = 0;
        for (int i = 0; i < _targets.Length; i++)
        {
            right += outputs[i] > 0 == _targets[i] > 0.5 ? 1 : 0;
        }

        return (loss, (double)right / _targets.Length);
    }

    /// <summary>The parameters, layer after layer, weights before biases.</summary>
    public double[] Parameters() => [.. _network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    /// <summary>∂L/∂parameter over all points as last measured, in the same order.</summary>
    public double[] Gradients() =>
        [.. _network.Parameters.SelectMany(parameter => _gradients[parameter].ToColumnMajorArray())];

    /// <summary>The output of every neuron over the square, neuron after neuron, row after row from the top.</summary>
    /// <param name="side">Number of places along each side.</param>
    /// <param name="reach">Half the side of the square.</param>
    public double[] Surfaces(int side, double reach)
    {
        int places = side * side;
        if (_grid.Length != 2 * places)
        {
            _grid = [.. Enumerable.Range(0, places).SelectMany(i => Place(i, side, reach))];
        }

        _engine.Forward(new ReadOnlyMatrixSpan<double>(_grid, 2, places));
        double[] surfaces = new double[places * _network.Layers.Sum(layer => layer.OutputSize)];
        int at = 0;
        foreach (Layer<double> layer in _network.Layers)
        {
            ReadOnlyMatrixSpan<double> activations = _engine.Activations(layer);
            for (int neuron = 0; neuron < layer.OutputSize; neuron++)
            {
                for (int i = 0; i < places; i++)
                {
                    surfaces[at++] = activations[neuron, i];
                }
            }
        }

        return surfaces;
    }

    /// <summary>The chain rule for one weight and one point, term by term.</summary>
    /// <returns>
    /// w, the input, z, the output, σ'(z), ∂L/∂a, δ, ∂L/∂w of the data, of the penalty, of both, the finite difference
    /// (NaN if there is none), the loss, the desired output.
    /// </returns>
    public double[] Explain(int layer, int neuron, int input, int point)
    {
        var trace = BackpropagationTrace.Run(
            _network,
            _loss,
            Vector<double>.Build.Dense([_inputs[2 * point], _inputs[(2 * point) + 1]]),
            Vector<double>.Build.Dense([_targets[point]]));
        var dense = (DenseTrace)trace.Layers[layer];
        ChainRuleTerms terms = dense.Weight(neuron, input);
        return
        [
            dense.Weights[neuron, input],
            terms.PreActivationByParameter,
            dense.PreActivation[neuron],
            dense.Output[neuron],
            terms.Paths[0].ActivationByPreActivation,
            terms.Paths[0].LossByActivation,
            terms.LossByPreActivation,
            terms.Product,
            terms.PenaltyByParameter,
            terms.Gradient,
            terms.FiniteDifference ?? double.NaN,
            trace.Loss,
            _targets[point],
        ];
    }

    private static double[] Place(int i, int side, double reach)
    {
        double step = 2 * reach / side;
        return [(step * ((i % side) + 0.5)) - reach, reach - (step * ((i / side) + 0.5))];
    }

    // The next points of the epoch, in an order that is drawn anew for each.
    private int Fill(double[] inputs, double[] targets)
    {
        if (_next >= _order.Length)
        {
            _random.Shuffle(_order);
            _next = 0;
        }

        int samples = Math.Min(_batch, _order.Length - _next);
        for (int i = 0; i < samples; i++)
        {
            int point = _order[_next++];
            _inputs.AsSpan(2 * point, 2).CopyTo(inputs.AsSpan(2 * i));
            targets[i] = _targets[point];
        }

        return samples;
    }
}
