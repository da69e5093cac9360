using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.GradientChecks;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

// A wave of unknown frequency, found by a layer that this file adds to the library.
Matrix<double> times = Matrix<double>.Build.Dense(1, 200, (_, sample) => sample / 100.0);

Console.WriteLine(GradientCheck.Run(new Wave(), times.SubMatrix(0, 1, 0, 5)));
Network<double> network = Network.Create<double>(1, seed: 1).Add(new Wave()).Build();
var trainer = new Trainer<double>(network, new MeanSquaredError(), new Adam(learningRate: 0.02));
trainer.Fit(new DataSet<double>(times, times.Map(time => Math.Sin(2.5 * time))), new() { Epochs = 40 });
Console.WriteLine(FormattableString.Invariant($"frequency {network.Parameter("wave1.frequency").Values[0]:F3}"));

/// <summary>a = sin(ω·x); ∂L/∂ω = Σ over the batch of ∂L/∂a·x·cos(ω·x), ∂L/∂x = ∂L/∂a·ω·cos(ω·x).</summary>
internal sealed class Wave : Layer<double>
{
    private readonly Parameter<double> _frequency;

    public Wave()
        : base("wave", inputShape: 1, outputShape: 1) => _frequency = AddParameter("frequency", [1], new Constant(2));

    public override void Forward(
        ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context)
    {
        for (int j = 0; j < input.Columns; j++)
        {
            output[0, j] = Math.Sin(_frequency.Values[0] * input[0, j]);
        }
    }

    public override void Backward(
        ReadOnlyMatrixSpan<double> input,
        ReadOnlyMatrixSpan<double> output,
        MatrixSpan<double> outputGradient,
        MatrixSpan<double> inputGradient,
        BackwardContext<double> context)
    {
        double frequencyGradient = 0;
        for (int j = 0; j < input.Columns; j++)
        {
            double slope = outputGradient[0, j] * Math.Cos(_frequency.Values[0] * input[0, j]);
            frequencyGradient += slope * input[0, j];
            if (!inputGradient.IsEmpty)
            {
                inputGradient[0, j] = slope * _frequency.Values[0];
            }
        }

        context.Gradient(_frequency).Values[0] = frequencyGradient;
    }
}

// The last line: frequency 2.500
