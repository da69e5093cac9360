using System.Numerics;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Evaluation;
using NeuralNet.Guards;

namespace NeuralNet.Training;

/// <summary>
/// The learning-rate range test: steps with a learning rate that grows exponentially, until the loss explodes. A good
/// rate lies where the loss falls fast, well before it rises.
/// </summary>
/// <remarks>
/// Smith, "Cyclical learning rates for training neural networks" (2017), with the exponential growth, the smoothing and
/// the stopping rule of fastai: 100 steps from 10⁻⁷ to 10, ended when the smoothed loss is 4 times its least. The
/// suggestion is the rate in the middle of the stretch, before the least smoothed loss, in which a straight line
/// through the losses over the logarithm of the rate falls most steeply. (fastai's default, the "valley", is of the
/// same size; PyTorch and Keras have no such test.)
/// </remarks>
public static class LearningRateFinder
{
    private const double Smoothing = 0.9;
    private const double Explosion = 4;
    private const double LeastFall = 1e-6;

    /// <summary>
    /// Runs the test. The network, what the optimizer remembers and the trainer's counters are afterwards as before,
    /// bit for bit.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="trainer">The trainer to find a rate for; its own rate does not matter.</param>
    /// <param name="data">Training samples; they are gone through again and again, if the steps need it.</param>
    /// <param name="options">
    /// Batch size, shuffling, augmentation, class weights and clipping are those of Fit; the rest does not matter.
    /// </param>
    /// <param name="minRate">The rate of the first step, above 0.</param>
    /// <param name="maxRate">The rate of the last step, above that of the first.</param>
    /// <param name="steps">Number of steps, at least 10.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    /// <returns>The curve and a suggestion: the same for the same trainer and data.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network, or options contradict it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A rate or the number of steps is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; everything is as before.</exception>
    /// <exception cref="InvalidOperationException">Another use of the network's trainer is under way.</exception>
    public static LearningRateCurve Run<T>(
        Trainer<T> trainer,
        DataSet<T> data,
        FitOptions<T>? options = null,
        double minRate = 1e-7,
        double maxRate = 10,
        int steps = 100,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        DataCheck.Require(trainer.Network, data);
        Require.Positive(minRate);
        Require.Positive(maxRate);
        if (maxRate <= minRate)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxRate),
                maxRate,
                FormattableString.Invariant($"maxRate must be above minRate, {minRate}, but it is {maxRate}."));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 10);
        using ExclusiveUse.Scope use = trainer.Network.InTraining.Enter(nameof(LearningRateFinder));
        TrainingState<T> state = trainer.State;
        DataSetFiller<T> filler = TrainingData<T>.Filler(
            state, data, options ?? new(), trainer.Stepper.Shards.OfAll());
        LearningRateCurve curve = state.WithoutTrace(
            () => Test(state, trainer.Stepper, filler, options, minRate, maxRate, steps, cancellationToken));

        // The trainer's own factor does not matter here, so neither does a warning of it.
        return curve with { Warnings = [.. SetupCheck.Check(trainer.Network, trainer.Loss, learningRateFactor: 1)] };
    }

    private static LearningRateCurve Test<T>(
        TrainingState<T> state,
        TrainingStepper<T> stepper,
        DataSetFiller<T> filler,
        FitOptions<T>? options,
        double minRate,
        double maxRate,
        int steps,
        CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        BatchBuffer<T> batch = TrainingData<T>.Buffer(state);
        List<LearningRatePoint> points = [];
        double mean = 0;
        double least = double.PositiveInfinity;
        filler.StartEpoch(state.BeginEpoch(), skip: 0);
        for (int step = 0; step < steps; step++)
        {
            if (!filler.Fill(batch, cancellationToken))
            {
                filler.StartEpoch(state.BeginEpoch(), skip: 0);
                filler.Fill(batch, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            double rate = minRate * Math.Pow(maxRate / minRate, step / (steps - 1.0));
            double loss;
            try
            {
                var one = new StepBatch<T>(batch.Inputs, batch.Targets, batch.Weights);
                loss = stepper.Step(one, rate, options?.GradientClipping);
            }
            catch (TrainingDivergedException exception)
                when (points.Count > 0 || !exception.Details!.AreParametersUnchanged)
            {
                // Not in the first step: data or parameters that are not finite are no matter of the rate.
                return Result(points, hasExploded: true);
            }

            mean = (Smoothing * mean) + ((1 - Smoothing) * loss);
            double smoothed = mean / (1 - Math.Pow(Smoothing, step + 1));
            points.Add(new(rate, loss, smoothed));
            if (smoothed - least > (Explosion - 1) * Math.Abs(least))
            {
                return Result(points, hasExploded: true);
            }

            least = Math.Min(least, smoothed);
        }

        return Result(points, hasExploded: false);
    }

    private static LearningRateCurve Result(List<LearningRatePoint> points, bool hasExploded)
    {
        int bottom = 0;
        for (int i = 1; i < points.Count; i++)
        {
            bottom = points[i].SmoothedLoss < points[bottom].SmoothedLoss ? i : bottom;
        }

        if (!HasFallen(points, bottom))
        {
            return new(points, null, hasExploded);
        }

        // Wide enough to look past the noise of batches.
        int half = Math.Max(2, points.Count / 16);
        double steepest = 0;
        double? suggestion = null;
        for (int middle = half; middle + half <= bottom; middle++)
        {
            double slope = 0;
            for (int offset = -half; offset <= half; offset++)
            {
                slope += offset * points[middle + offset].Loss;
            }

            if (slope < steepest)
            {
                (steepest, suggestion) = (slope, points[middle].LearningRate);
            }
        }

        return new(points, suggestion, hasExploded);
    }

    /// <summary>
    /// Whether the smoothed loss has fallen below its first value by more than batches differ by chance.
    /// </summary>
    private static bool HasFallen(List<LearningRatePoint> points, int bottom)
    {
        if (bottom == 0)
        {
            return false;
        }

        double first = points.Take(Math.Max(1, points.Count / 10)).Average(point => point.Loss);
        double[] differences = [.. points.Zip(points.Skip(1), (one, next) => Math.Abs(next.Loss - one.Loss)).Order()];

        // Of normal noise the median difference between neighbours is about its standard deviation.
        double noise = differences[differences.Length / 2];
        return first - points[bottom].SmoothedLoss > Math.Max(2 * noise, LeastFall * Math.Abs(first));
    }
}
