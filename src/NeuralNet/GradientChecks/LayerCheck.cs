using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.GradientChecks;

/// <summary>The gradient check of a layer on its own: Σ rᵢⱼ·outputᵢⱼ is used in place of a loss.</summary>
internal sealed class LayerCheck
{
    private readonly Layer<double> _layer;
    private readonly Parameter<double>[] _parameters;
    private readonly GradientCheckOptions _options;
    private readonly RandomStream _draw;
    private readonly int _batch;
    private readonly double[] _input;
    private readonly double[] _output;
    private readonly LayerMemory<double> _memory;
    private readonly double[] _scratch;
    private readonly double[] _projection;
    private readonly bool[] _isCategory;
    private readonly LossTerms _lossTerms = new();

    private LayerCheck(Layer<double> layer, Matrix<double> inputs, GradientCheckOptions options)
    {
        _layer = layer;
        _parameters = [.. layer.Parameters.Where(NetworkCheck.IsDifferentiated)];
        _options = options;
        _draw = RandomStream.FromSeed(options.Seed).Derive((long)GradientCheckPurpose.Draw);
        _batch = inputs.ColumnCount;
        _input = inputs.ToColumnMajorArray();
        _output = new double[layer.OutputSize * _batch];
        _memory = new LayerMemory<double>(layer);
        _memory.Prepare(_batch, hasBackward: true);
        _scratch = new double[_memory.ScratchLength];
        _projection = Projection.Draw(_output.Length, options);
        _isCategory = CategoryRows.Of(layer);
    }

    public static GradientCheckReport Run(Layer<double> layer, Matrix<double> inputs, GradientCheckOptions options)
    {
        if (!layer.IsAttached)
        {
            Network.Create<double>(layer.InputShape, options.Seed).Add(layer).Build();
        }

        var before = new ParameterPoint(layer.Parameters);
        try
        {
            return new LayerCheck(layer, inputs, options).Run();
        }
        finally
        {
            before.Restore();
        }
    }

    private GradientCheckReport Run()
    {
        ParameterPoint.Move(_parameters, _options);
        double[] inputGradient = new double[_input.Length];
        double[][] gradients = Backward(inputGradient);
        double[][] asFirstLayer = Backward(inputGradient: []);

        // What the layer itself adds to a loss is one more term.
        var sum = new WeightedSum([.. _projection, 1], terms =>
        {
            Forward();
            _output.CopyTo(terms);
            terms[^1] = _lossTerms.Sum;
        });
        var comparer = new GradientComparer(_options);
        foreach (Parameter<double> parameter in _parameters)
        {
            int i = parameter.Index;
            comparer.Compare(
                parameter.Name, parameter.Rows, parameter.Values, [gradients[i], asFirstLayer[i]], _ => sum);
        }

        comparer.Compare("input", _layer.InputSize, _input, [inputGradient], _ => sum, _isCategory);
        sum.RequireRepeatable();
        CheckPrediction(comparer, inputGradient);
        return comparer.Report;
    }

    /// <summary>
    /// Of a layer that computes something else in a prediction, as dropout does, compares ∂/∂input of that, too.
    /// </summary>
    private void CheckPrediction(GradientComparer comparer, double[] inputGradient)
    {
        Forward();
        double[] output = [.. _output];
        double[] ofPrediction = new double[_input.Length];
        Backward(ofPrediction, isTraining: false);
        if (!_output.AsSpan().SequenceEqual(output) || !ofPrediction.AsSpan().SequenceEqual(inputGradient))
        {
            var sum = new WeightedSum(_projection, outputs =>
            {
                Forward(isTraining: false);
                _output.CopyTo(outputs);
            });
            comparer.Compare(
                "input of a prediction", _layer.InputSize, _input, [ofPrediction], _ => sum, _isCategory);
        }
    }

    private void Forward(bool isTraining = true)
    {
        _output.AsSpan().Fill(double.NaN);
        _memory.FillRemembered(double.NaN);
        _scratch.AsSpan().Fill(double.NaN);
        _lossTerms.Clear();
        _layer.Forward(
            Input,
            Output,
            new(_memory, _scratch, isTraining, _draw, ForkJoin.Alone, lossTerms: _lossTerms));
    }

    /// <summary>
    /// Runs the layer over another batch, in other memory, as another thread might between the two passes of this one.
    /// </summary>
    private void RunOverAnotherBatch()
    {
        double[] input =
        [
            .. _input.Select((value, i) => _isCategory[i % _layer.InputSize]
                ? _input[(i + _layer.InputSize) % _input.Length]
                : 0.5 - value),
        ];
        var memory = new LayerMemory<double>(_layer);
        memory.Prepare(_batch, hasBackward: true);
        _layer.Forward(
            new ReadOnlyMatrixSpan<double>(input, _layer.InputSize, _batch),
            new MatrixSpan<double>(new double[_output.Length], _layer.OutputSize, _batch),
            new(memory, new double[memory.ScratchLength], isTraining: true, _draw.Derive(1), ForkJoin.Alone));
    }

    private double[][] Backward(double[] inputGradient, bool isTraining = true)
    {
        Forward(isTraining);
        RunOverAnotherBatch();
        double[][] gradients = new double[
            _layer.Parameters.Select(parameter => parameter.Index + 1).DefaultIfEmpty().Max()][];
        foreach (Parameter<double> parameter in _layer.Parameters)
        {
            gradients[parameter.Index] = new double[parameter.Count];
            gradients[parameter.Index].AsSpan().Fill(double.NaN);
        }

        inputGradient.AsSpan().Fill(double.NaN);
        double[] outputGradient = [.. _projection]; // the layer may use it as scratch memory
        _scratch.AsSpan().Fill(double.NaN);
        _layer.Backward(
            Input,
            Output,
            new MatrixSpan<double>(outputGradient, _layer.OutputSize, _batch),
            inputGradient.Length == 0 ? default : new MatrixSpan<double>(inputGradient, _layer.InputSize, _batch),
            new(_memory, _scratch, gradients, ForkJoin.Alone, isTraining: isTraining));
        return gradients;
    }

    private ReadOnlyMatrixSpan<double> Input => new(_input, _layer.InputSize, _batch);

    private MatrixSpan<double> Output => new(_output, _layer.OutputSize, _batch);
}
