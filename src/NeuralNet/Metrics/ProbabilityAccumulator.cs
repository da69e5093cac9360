using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Compares predicted probabilities with what happened, in double precision.</summary>
internal sealed class ProbabilityAccumulator(ProbabilityFigure figure, OutputReading reading, bool? fromLogits)
    : IMetricAccumulator
{
    // As scikit-learn has it for double: the probability that 0 counts as.
    private const double Least = 1.0 / (1L << 52);

    private readonly OutputScale _scale = fromLogits switch
    {
        true => OutputScale.Logit,
        false => OutputScale.Probability,
        null => reading.Scale ?? throw new ArgumentException(
            $"Metric '{reading.Metric}' needs probabilities, but neither the last activation nor the loss says whether "
            + "the outputs are probabilities or logits. Say fromLogits: true, or fromLogits: false.",
            "outputs"),
    };

    private BatchRows _rows;
    private CompensatedSum _sum;
    private CompensatedSum _count;

    public double Value => _sum.Value / _count.Value;

    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(reading.Metric, outputs, targets, weights);
        bool areClasses = outputs.Rows > 1 && !reading.AreLabels(outputs.Rows);
        if (areClasses)
        {
            reading.RequireNamedClasses(targets, weights);
        }

        if (_scale == OutputScale.Probability)
        {
            Probabilities.RequireEach(reading.Metric, outputs, weights);
            if (areClasses)
            {
                Probabilities.RequireDistributions(reading.Metric, outputs, weights);
            }
        }

        _rows.Settle(outputs.Rows);
        for (int j = 0; j < outputs.Columns; j++)
        {
            double weight = SampleWeights.Of(weights, j);
            if (weight != 0)
            {
                _sum.Add(weight * (areClasses
                    ? OfClasses(outputs.Column(j), targets.Column(j))
                    : OfLabels(outputs.Column(j), targets.Column(j))));
                _count.Add(weight * (areClasses ? 1 : outputs.Rows));
            }
        }
    }

    public void Reset() => (_rows, _sum, _count) = (default, default, default);

    private double OfLabels<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            int actual = Decision.YesOrNone(targets[i], Decision.Middle);
            double output = double.CreateChecked(outputs[i]);
            sum += actual == Decision.None ? double.NaN
                : figure == ProbabilityFigure.Brier ? Square(Probability(output) - actual)
                : -Log(output, actual == 1);
        }

        return sum;
    }

    private double OfClasses<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int actual = Decision.TargetOrNone(targets);
        if (actual == Decision.None || Decision.IndexOfNaN(outputs) != Decision.None)
        {
            return double.NaN;
        }

        if (figure == ProbabilityFigure.LogLoss)
        {
            double output = double.CreateChecked(outputs[actual]);
            return _scale == OutputScale.Probability
                ? -Math.Log(Math.Clamp(output, Least, 1))
                : LogSum(outputs) - output;
        }

        double logSum = _scale == OutputScale.Probability ? 0 : LogSum(outputs);
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double output = double.CreateChecked(outputs[i]);
            double probability = _scale == OutputScale.Probability ? output : Math.Exp(output - logSum);
            double square = Square(probability - (i == actual ? 1 : 0));

            // Of two classes, the second is the answer yes.
            sum += outputs.Length > 2 || i == 1 ? square : 0;
        }

        return sum;
    }

    /// <summary>log Σ eᶻ, the logarithm of the sum that a softmax divides by.</summary>
    private static double LogSum<T>(ReadOnlySpan<T> outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double largest = double.NegativeInfinity;
        foreach (T output in outputs)
        {
            largest = Math.Max(largest, double.CreateChecked(output));
        }

        double sum = 0;
        foreach (T output in outputs)
        {
            sum += Math.Exp(double.CreateChecked(output) - largest);
        }

        return largest + Math.Log(sum);
    }

    private double Probability(double output) => _scale switch
    {
        OutputScale.Probability => output,
        OutputScale.LogProbability => Math.Exp(output),
        _ => 1 / (1 + Math.Exp(-output)),
    };

    /// <summary>The logarithm of the probability of yes, or of no.</summary>
    private double Log(double output, bool isYes) => _scale switch
    {
        OutputScale.Probability => Math.Log(Math.Clamp(isYes ? output : 1 - output, Least, 1)),
        OutputScale.LogProbability => isYes ? output : Logarithms.OfOneMinusExp(output),
        _ => Logarithms.OfSigmoid(isYes ? output : -output),
    };

    private static double Square(double x) => x * x;
}
