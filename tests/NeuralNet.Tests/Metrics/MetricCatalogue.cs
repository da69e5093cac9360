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
                        targets[i, j] = T.CreateChecked(random.Next(-8, 9) / 4.0);
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
        Of(new ConfusionMatrix(2).AsMetric(), 1),
        Of(new ConfusionMatrix(4).AsMetric(), 4),
        Of(new ExpectedCalibrationError(), 1),
        Of(new ExpectedCalibrationError(10), 4),
        Of(new MaximumCalibrationError(), 4),
        Of(new RocAuc(), 1),
        Of(new RocAuc(), 2),
        Of(new RocAuc(), 4),
        Of(new RocAuc(fromLogits: true), 4) with { Label = "roc_auc of 4 logits" },
        Of(RocAuc.OfClass(2), 4),
        Of(RocAuc.OfClass(0), 1),
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
        }

        foreach (Averaging averaging in (Averaging[])[Averaging.Macro, Averaging.Micro, Averaging.Weighted])
        {
            yield return Of(new Precision(averaging), 4);
            yield return Of(new Recall(averaging), 4);
            yield return Of(new F1Score(averaging), 4);
        }

        yield return Of(Precision.OfClass(3), 4);
        yield return Of(Recall.OfClass(3), 4);
        yield return Of(F1Score.OfClass(0), 1);
    }

    private static Entry Of(IMetric metric, int outputs, bool isRegression = false) =>
        new($"{metric.Name} of {outputs}", metric, outputs, isRegression);
}
