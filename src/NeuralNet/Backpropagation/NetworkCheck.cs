using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Backpropagation;

/// <summary>The gradient check of a network with its loss.</summary>
internal static class NetworkCheck
{
    public static GradientCheckReport Run(
        Network<double> network, ILoss loss, Matrix<double> inputs, Matrix<double> targets, GradientCheckOptions options)
    {
        var engine = new BackpropagationEngine<double>(network, loss);
        BatchShape.Require<double>(network, inputs, targets);
        RandomStream draw = RandomStream.FromSeed(options.Seed).Derive((long)GradientCheckPurpose.Draw);
        Parameter<double>[] parameters = [.. network.Parameters.Where(parameter => parameter.Count > 0)];
        double[] x = inputs.ToColumnMajorArray();

        var before = new ParameterPoint(network.Parameters);
        try
        {
            ParameterPoint.Move(parameters, options);

            // Analytic: all gradients of the batch in one pass, into memory that holds NaN.
            Gradients<double> gradients = Gradients.For(network);
            foreach (Parameter<double> parameter in parameters)
            {
                gradients.Values(parameter).Fill(double.NaN);
            }

            double[] xGradient = new double[x.Length];
            xGradient.AsSpan().Fill(double.NaN);
            engine.Compute(Input(), targets, gradients, new MatrixSpan<double>(xGradient, inputs.RowCount, inputs.ColumnCount), draw);

            // Numeric: the mean of the samples' losses. It is taken here and not by the engine, so that it is known by its terms.
            double[] mean = new double[inputs.ColumnCount];
            mean.AsSpan().Fill(1.0 / mean.Length);
            double[] unused = new double[targets.RowCount * targets.ColumnCount];
            var sum = new WeightedSum(mean, losses =>
            {
                engine.ComputeLoss(Input(), targets, draw);
                loss.Compute(engine.Outputs, targets, losses, new MatrixSpan<double>(unused, targets.RowCount, targets.ColumnCount));
            });

            var comparer = new GradientComparer(options);
            foreach (Parameter<double> parameter in parameters)
            {
                comparer.Compare(
                    parameter.Name, parameter.Rows, parameter.Values, [gradients.Values(parameter).ToArray()], _ => sum);
            }

            comparer.Compare("input", inputs.RowCount, x, [xGradient], _ => sum);
            sum.RequireRepeatable();
            return comparer.Report;
        }
        finally
        {
            before.Restore();
        }

        ReadOnlyMatrixSpan<double> Input() => new(x, inputs.RowCount, inputs.ColumnCount);
    }
}
