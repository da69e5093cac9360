using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Convolutions;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;
using NeuralNet.Recurrence;

namespace NeuralNet.Traces;

/// <summary>
/// Watches the passes of <see cref="BackpropagationEngine{T}"/> for one sample and keeps what goes into and out of
/// every layer.
/// </summary>
internal sealed class TraceRecorder : IPassObserver<double>
{
    private readonly Network<double> _network;
    private readonly Gradients<double> _gradients;
    private readonly Dictionary<Layer<double>, Vector<double>> _inputs = [];
    private readonly Dictionary<Layer<double>, Vector<double>> _outputs = [];
    private readonly Dictionary<Layer<double>, Vector<double>> _outputGradients = [];
    private readonly Dictionary<Layer<double>, Vector<double>> _inputGradients = [];
    private readonly Dictionary<Layer<double>, RecurrentRecord> _steps = [];
    private readonly HashSet<Layer<double>> _padded;
    private BackpropagationEngine<double>? _engine;

    public TraceRecorder(Network<double> network)
    {
        _network = network;
        _gradients = Gradients.For(network);
        _padded = [.. network.Body.SelfAndDescendants().OfType<PaddedSequences<double>>()
            .SelectMany(layer => layer.SelfAndDescendants())];
    }

    /// <summary>Forward, the loss, and back.</summary>
    /// <returns>The loss, with the parameters' penalties.</returns>
    public double Run(ILoss loss, Vector<double> input, Vector<double> target, RandomStream draw)
    {
        _engine = new BackpropagationEngine<double>(_network, loss, threads: 1) { Observer = this };
        double[] inputGradient = new double[_network.InputSize];
        return _engine.Compute(
            input.ToColumnMatrix(), target.ToColumnMatrix(), _gradients, Column(inputGradient), draw);
    }

    /// <summary>The traces of the network's layers.</summary>
    public IReadOnlyList<LayerTrace> Layers(TracePoint point) => Within(_network.Body, point);

    void IPassObserver<double>.AfterForward(
        Layer<double> layer, ReadOnlyMatrixSpan<double> input, ReadOnlyMatrixSpan<double> output)
    {
        _inputs[layer] = Copy(input);
        _outputs[layer] = Copy(output);
        if (layer is RecurrentLayer<double> recurrent)
        {
            ReadOnlyMatrixSpan<double> hidden = recurrent.ReturnsSteps ? output : _engine!.StatesOf(recurrent);
            _steps[layer] = new(_engine!.GatesOf(recurrent).Values.ToArray(), hidden.Values.ToArray());
        }
    }

    void IPassObserver<double>.BeforeBackward(Layer<double> layer, ReadOnlyMatrixSpan<double> outputGradient) =>
        _outputGradients[layer] = Copy(outputGradient);

    void IPassObserver<double>.AfterBackward(Layer<double> layer, ReadOnlyMatrixSpan<double> inputGradient)
    {
        _inputGradients[layer] = Copy(inputGradient);
        if (layer is RecurrentLayer<double> recurrent)
        {
            _steps[layer].Deltas = _engine!.GatesOf(recurrent).Values.ToArray();
        }
    }

    /// <summary>
    /// The traces of the layers within one. A layer may leave children out of a pass: those have nothing to show.
    /// </summary>
    private LayerTrace[] Within(Layer<double> layer, TracePoint point) =>
        layer.Children is [Sequence<double> { TakesNameOfParent: true } only]
            ? Within(only, point)
            :
            [
                .. layer.Children.Index().Where(child => HasRun(child.Item))
                    .Select(child => Trace(child.Item, child.Index + 1, point)),
            ];

    private bool HasRun(Layer<double> layer) => _outputs.ContainsKey(layer) && _inputGradients.ContainsKey(layer);

    private LayerTrace Trace(Layer<double> layer, int number, TracePoint point)
    {
        var record = new LayerRecord(
            layer,
            number,
            _inputs[layer],
            _outputs[layer],
            _outputGradients[layer],
            _inputGradients[layer],
            [.. layer.Parameters.Where(parameter => !parameter.IsStatistic).Select(Trace)],
            Within(layer, point));
        return layer switch
        {
            // Applied to several steps of the sample, of which a trace of one weighted sum cannot tell.
            _ when record.Input.Count != layer.InputSize => new OtherLayerTrace(record),
            Dense<double> dense => new DenseTrace(record, dense, point),
            Convolution<double> convolution => new ConvolutionTrace(record, convolution, point),

            // The steps of a shorter sequence end somewhere that a trace does not know.
            RecurrentLayer<double> recurrent when !_padded.Contains(layer) =>
                new RecurrentTrace(record, recurrent, _steps[layer], point),
            _ => new OtherLayerTrace(record),
        };
    }

    private ParameterTrace Trace(Parameter<double> parameter)
    {
        Matrix<double> penalty = Matrix<double>.Build.Dense(parameter.Rows, parameter.Columns);
        parameter.Penalty?.AddGradient<double>(parameter.Values, penalty.AsColumnMajorArray());
        return new(parameter.Name, parameter.Value.Clone(), _gradients[parameter].Clone(), penalty);
    }

    private static Vector<double> Copy(ReadOnlyMatrixSpan<double> column) =>
        Vector<double>.Build.Dense(column.Values.ToArray());

    private static MatrixSpan<double> Column(double[] values) => new(values, values.Length, 1);
}
