using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.Kernels;

namespace NeuralNet.Calibrations;

/// <summary>The derivatives by β of the negative log-likelihood of softmax(βz) or σ(βz).</summary>
internal readonly ref struct TemperatureSlope(
    ReadOnlySpan<double> logits, int outputs, ReadOnlySpan<int> classes)
{
    private readonly ReadOnlySpan<double> _logits = logits;
    private readonly ReadOnlySpan<int> _classes = classes;

    // Whether no class of a sample has a larger logit than the right one.
    public bool AreAllRight()
    {
        for (int j = 0; j < _classes.Length; j++)
        {
            ReadOnlySpan<double> z = _logits.Slice(j * outputs, outputs);
            if (outputs == 1 ? (_classes[j] == 1 ? z[0] < 0 : z[0] > 0) : z[_classes[j]] < TensorPrimitives.Max(z))
            {
                return false;
            }
        }

        return true;
    }

    // Σ (E z − z_y) and Σ Var z under the probabilities; a single logit is the difference of two, the other 0.
    public (double Slope, double Curvature) At(double beta)
    {
        double slope = 0;
        double curvature = 0;
        double[] p = new double[outputs];
        for (int j = 0; j < _classes.Length; j++)
        {
            ReadOnlySpan<double> z = _logits.Slice(j * outputs, outputs);
            double mean = 0;
            double variance = 0;
            if (outputs == 1)
            {
                double yes = LogOdds.Sigmoid(beta * z[0]);
                mean = yes * z[0];
                variance = yes * (1 - yes) * z[0] * z[0];
                slope += mean - (_classes[j] * z[0]);
            }
            else
            {
                TensorPrimitives.Multiply(z, beta, p);
                LogOdds.Softmax(p);
                mean = LaneSums.Dot<double>(p, z);
                for (int i = 0; i < z.Length; i++)
                {
                    variance += p[i] * (z[i] - mean) * (z[i] - mean);
                }

                slope += mean - z[_classes[j]];
            }

            curvature += variance;
        }

        return (slope, curvature);
    }
}
