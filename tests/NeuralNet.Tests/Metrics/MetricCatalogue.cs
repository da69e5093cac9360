using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Metrics;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Metrics;

/// <summary>Every metric of the library in every way it can be made, with data that it takes.</summary>
internal static class MetricCatalogue
{
    /// <summary>A metric with its own label, and the number and kind of the outputs that it gets.</summary>
    public sealed record Entry(string Label, IMetric Metric, int Outputs, bool IsRegression = false)
    {
        /// <summary>What is added to targets, which are else from −2 to 2.</summary>
        public double Offset { get; init; }

        /// <summary>The least and the most that the figure of a classifier can be.</summary>
        public (double Least, double Most) Range { get; init; } = (0, 1);

        /// <summary>The figure of a classifier whose outputs are the targets.</summary>
        public double Best { get; init; } = 1;

        /// <summary>Whether samples can be such that there is no figure.</summary>
        public bool MayBeUndefined { get; init; } = Metric is CurveMetric or CohensKappa;

        /// <summary>Whether the figure is a sum that is rounded, even where no sample has a weight.</summary>
        public bool IsRounded => IsRegression || Metric is LogLoss or BrierScore
            or ExpectedCalibrationError or MaximumCalibrationError;

        /// <summary>Outputs with many ties, and targets that fit.</summary>
        public (Matrix<T> Outputs, Matrix<T> Targets) Example<T>(int samples, int seed)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Random random = RandomStream.FromSeed(seed).CreateGenerator();
            var outputs = Matrix<T>.Build.Dense(Outputs, samples);
            var targets = Matrix<T>.Build.Dense(Outputs, samples);
            for (int j = 0; j < samples; j++)
            {
                if (IsRegression)
                {
                    for (int i = 0; i < Outputs; i++)
                    {
                        targets[i, j] = T.CreateChecked(Offset + (random.Next(-8, 9) / 4.0));
                        outputs[i, j] = targets[i, j] + T.CreateChecked(random.Next(-4, 5) / 8.0);
                    }
                }
                else if (Outputs == 1)
                {
                    int actual = random.Next(2);
                    targets[0, j] = T.CreateChecked(actual);
                    outputs[0, j] = T.CreateChecked((random.Next(13) + (3 * actual)) / 16.0);
                }
                else
                {
                    // Sixteenths that sum to 1, so that both precisions hold the same numbers.
                    int actual = random.Next(Outputs);
                    targets[actual, j] = T.One;
                    outputs[actual, j] = T.CreateChecked(1 / 8.0);
                    for (int sixteenth = 0; sixteenth < 14; sixteenth++)
                    {
                        outputs[random.Next(Outputs), j] += T.CreateChecked(1 / 16.0);
                    }
                }
            }

            return (outputs, targets);
        }

        /// <summary>Weights of which some are 0, and which no sum of a few holds exactly.</summary>
        public static double[] Weights(int samples, int seed)
        {
            Random random = RandomStream.FromSeed(seed).CreateGenerator();
            double[] weights = new double[samples];
            for (int j = 1; j < samples; j++)
            {
                weights[j] = random.Next(4) * 0.3;
            }

            weights[0] = 0.7;
            return weights;
        }

        public override string ToString() => Label;
    }

    public static IReadOnlyList<Entry> All { get; } =
    [
        Of(new Accuracy(), 4),
        Of(new TopKAccuracy(2), 4),
        Of(new BinaryAccuracy(), 1),
        Of(new BinaryAccuracy(0.25), 3),
        Of(new BinaryAccuracy(averaging: Averaging.Weighted), 3),
        Of(BinaryAccuracy.OfOutput(1), 3),
        Of(new ExactMatch(), 3),
        .. OfEachClassMetric(),
        Of(new BalancedAccuracy(), 1),
        Of(new BalancedAccuracy(), 4),
        Of(new MatthewsCorrelation(), 1) with { Range = (-1, 1) },
        Of(new MatthewsCorrelation(), 4) with { Range = (-1, 1) },
        Of(new CohensKappa(), 1) with { Range = (-1, 1) },
        Of(new CohensKappa(), 4) with { Range = (-1, 1) },
        Of(new LogLoss(), 1) with { Range = (0, double.PositiveInfinity), Best = 0 },
        Of(new LogLoss(), 4) with { Range = (0, double.PositiveInfinity), Best = 0 },
        Of(new BrierScore(), 1) with { Best = 0 },
        Of(new BrierScore(), 2) with { Best = 0 },
        Of(new BrierScore(), 4) with { Range = (0, 2), Best = 0 },
        Of(new ConfusionMatrix(2).AsMetric(), 1),
        Of(new ConfusionMatrix(4).AsMetric(), 4),
        Of(new ExpectedCalibrationError(), 1) with { Best = 0 },
        Of(new ExpectedCalibrationError(10), 4) with { Best = 0 },
        Of(new MaximumCalibrationError(), 4) with { Best = 0 },
        Of(new RocAuc(), 1),
        Of(new RocAuc(), 2),
        Of(new RocAuc(), 4),
        Of(new RocAuc(fromLogits: true), 4) with { Label = "roc_auc of 4 logits" },
        Of(RocAuc.OfClass(2), 4),
        Of(RocAuc.OfClass(0), 1),
        .. OfEachCurveMetric(),
        Of(new MedianAbsoluteError(), 3, isRegression: true),
        Of(MedianAbsoluteError.OfOutput(1), 3, isRegression: true),
        Of(new MaximumError(), 3, isRegression: true),
        Of(MaximumError.OfOutput(1), 3, isRegression: true),
        Of(new ExplainedVariance(), 3, isRegression: true),
        Of(ExplainedVariance.OfOutput(1), 3, isRegression: true),
        Of(new MeanSquaredLogarithmicError(), 3, isRegression: true) with { Offset = 3 },
        Of(MeanSquaredLogarithmicError.OfOutput(1), 3, isRegression: true) with { Offset = 3 },
        Of(new RootMeanSquaredLogarithmicError(), 3, isRegression: true) with { Offset = 3 },
        Of(RootMeanSquaredLogarithmicError.OfOutput(1), 3, isRegression: true) with { Offset = 3 },
        Of(new MeanAbsoluteErrorMetric(), 3, isRegression: true),
        Of(new MeanSquaredErrorMetric(), 3, isRegression: true),
        Of(new RootMeanSquaredError(), 3, isRegression: true),
        Of(new R2Score(), 3, isRegression: true),
        Of(MeanAbsoluteErrorMetric.OfOutput(1), 3, isRegression: true),
        Of(MeanSquaredErrorMetric.OfOutput(1), 3, isRegression: true),
        Of(RootMeanSquaredError.OfOutput(1), 3, isRegression: true),
        Of(R2Score.OfOutput(1), 3, isRegression: true),
        Of(new MeanAbsolutePercentageError(), 3, isRegression: true),
        Of(new SymmetricMeanAbsolutePercentageError(), 3, isRegression: true),
        Of(new MeanAbsoluteScaledError(1.5), 3, isRegression: true),
        Of(new IntervalCoverage([0.1, 0.5, 0.9], 0.1, 0.9), 3, isRegression: true),
        Of(MeanAbsolutePercentageError.OfOutput(1), 3, isRegression: true),
        Of(SymmetricMeanAbsolutePercentageError.OfOutput(1), 3, isRegression: true),
        Of(MeanAbsoluteScaledError.OfOutput(1.5, 1), 3, isRegression: true),
    ];

    public static TheoryData<string> Labels { get; } = new(All.Select(entry => entry.Label));

    /// <summary>The entries whose figure is a share or a probability.</summary>
    public static TheoryData<string> Classifiers { get; } =
        new(All.Where(entry => !entry.IsRegression).Select(entry => entry.Label));

    public static Entry Find(string label) => All.Single(entry => entry.Label == label);

    private static IEnumerable<Entry> OfEachClassMetric()
    {
        foreach (int outputs in (int[])[1, 2])
        {
            yield return Of(new Precision(), outputs);
            yield return Of(new Recall(), outputs);
            yield return Of(new F1Score(), outputs);
            yield return Of(new FBetaScore(2), outputs);
        }

        foreach (Averaging averaging in (Averaging[])[Averaging.Macro, Averaging.Micro, Averaging.Weighted])
        {
            yield return Of(new Precision(averaging), 4);
            yield return Of(new Recall(averaging), 4);
            yield return Of(new F1Score(averaging), 4);
            yield return Of(new FBetaScore(0.5, averaging), 4);
        }

        yield return Of(Precision.OfClass(3), 4);
        yield return Of(Recall.OfClass(3), 4);
        yield return Of(F1Score.OfClass(0), 1);
        yield return Of(FBetaScore.OfClass(2, 3), 4);
    }

    private static IEnumerable<Entry> OfEachCurveMetric()
    {
        foreach (Averaging averaging in (Averaging[])[Averaging.Macro, Averaging.Micro, Averaging.Weighted])
        {
            yield return Of(new AveragePrecision { Averaging = averaging }, 4);
            yield return Of(new PrecisionRecallAuc { Averaging = averaging }, 4);
            yield return Of(new PrecisionAtRecall(0.6) { Averaging = averaging }, 4);
        }

        foreach (Averaging averaging in (Averaging[])[Averaging.Micro, Averaging.Weighted])
        {
            yield return Of(new RocAuc { Averaging = averaging }, 4);
        }

        foreach (int outputs in (int[])[1, 2])
        {
            yield return Of(new AveragePrecision(), outputs);
            yield return Of(new PrecisionRecallAuc(), outputs);
            yield return Of(new PrecisionAtRecall(0.6), outputs);
            yield return Of(new RecallAtPrecision(0.6), outputs);
            yield return Of(new SensitivityAtSpecificity(0.6), outputs);
            yield return Of(new SpecificityAtSensitivity(0.6), outputs);
        }

        yield return Of(AveragePrecision.OfClass(2), 4);
        yield return Of(RecallAtPrecision.OfClass(0.5, 2), 4);
        yield return Of(SensitivityAtSpecificity.OfClass(0.5, 2), 4);
    }

    private static Entry Of(IMetric metric, int outputs, bool isRegression = false) =>
        new($"{metric.Name} of {outputs}", metric, outputs, isRegression);
}
