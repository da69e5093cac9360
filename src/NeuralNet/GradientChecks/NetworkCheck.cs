using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.GradientChecks;

/// <summary>The gradient check of a network with its loss.</summary>
internal static class NetworkCheck
{
    /// <summary>True if a parameter has a gradient: running statistics and empty parameters have none.</summary>
    public static bool IsDifferentiated(Parameter<double> parameter) => !parameter.IsStatistic && parameter.Count > 0;

    public static GradientCheckReport Run(
        Network<double> network,
        ILoss loss,
        Matrix<double> inputs,
        Matrix<double> targets,
        GradientCheckOptions options)
    {
        var engine = new BackpropagationEngine<double>(network, loss, threads: 1);
        double[] sampleWeights = [.. options.SampleWeights ?? []];
        BatchCheck.Require<double>(network, inputs, targets, sampleWeights);
        RandomStream draw = RandomStream.FromSeed(options.Seed).Derive((long)GradientCheckPurpose.Draw);
        Parameter<double>[] parameters = [.. network.Parameters.Where(IsDifferentiated)];
        Parameter<double>[] penalized = [.. network.Parameters.Where(parameter => parameter.Penalty is not null)];
        int samples = inputs.ColumnCount;
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
            engine.Compute(
                Input(),
                targets,
                gradients,
                new MatrixSpan<double>(xGradient, inputs.RowCount, samples),
                draw,
                sampleWeights);

            // Numeric: (1/n) Σⱼ wⱼ·Lⱼ + Σ R(θ), and what layers add. It is computed here and not by the engine, because
            // its single terms are needed.
            double[] weights =
            [
                .. Enumerable.Range(0, samples)
                .Select(j => (sampleWeights.Length > 0 ? sampleWeights[j] : 1) / samples),
                .. penalized.Select(_ => 1.0),
                1,
            ];
            double[] unused = new double[targets.RowCount * samples];
            var sum = new WeightedSum(weights, terms =>
            {
                engine.ComputeLoss(Input(), targets, draw);
                loss.Compute(
                    engine.Outputs,
                    targets,
                    terms[..samples],
                    new MatrixSpan<double>(unused, targets.RowCount, samples));
                terms[^1] = engine.LossOfLayers;
                for (int i = 0; i < penalized.Length; i++)
                {
                    terms[samples + i] = penalized[i].Penalty!.Value<double>(penalized[i].Values);
                }
            });

            var comparer = new GradientComparer(options);
            foreach (Parameter<double> parameter in parameters)
            {
                comparer.Compare(
                    parameter.Name,
                    parameter.Rows,
                    parameter.Values,
                    [gradients.Values(parameter).ToArray()],
                    _ => sum);
            }

            comparer.Compare("input", inputs.RowCount, x, [xGradient], _ => sum, CategoryRows.Of(network.Body));
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
