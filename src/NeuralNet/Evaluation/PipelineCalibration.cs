using System.Numerics;
using NeuralNet.Calibrations;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.Metrics;
using NeuralNet.Pipelines;

namespace NeuralNet.Evaluation;

/// <summary>Makes the probabilities of a pipeline mean what they say, and shows whether they do.</summary>
public static class PipelineCalibration
{
    /// <summary>Fits a calibration to data that the network was not trained on.</summary>
    /// <remarks>
    /// <c>Predict</c> of the new pipeline gives probabilities, whatever the last layer gives, and the calibration is
    /// saved with it. A calibration that the pipeline has is replaced. Every sample counts once, whatever its weight.
    /// The data must not be what the calibration is judged by; a threshold may be chosen on them.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">
    /// The pipeline, which has labels, or a network that ends in a sigmoid or a softmax.
    /// </param>
    /// <param name="validation">Raw features, and targets of 0 and 1.</param>
    /// <param name="method">The method; see there which suits what.</param>
    /// <param name="threads">
    /// Most threads that share the work of predicting, where it is large enough to pay; as many as there are processors
    /// if null, 1 never leaves the caller's thread. The result is the same to the bit.
    /// </param>
    /// <returns>A pipeline with the same network.</returns>
    /// <exception cref="ArgumentException">
    /// The data do not fit, lack a class, or tell of no best calibration; or a number is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such method, or no thread.</exception>
    /// <exception cref="InvalidOperationException">
    /// The outputs may be plain numbers; or a threshold, costs or label sets were chosen before.
    /// </exception>
    /// <example><code>
    /// Pipeline&lt;float&gt; calibrated = pipeline.Calibrate(validation, CalibrationMethod.Platt);
    /// Console.WriteLine(calibrated.Calibration);
    /// Console.WriteLine(calibrated.Reliability(test));
    /// </code></example>
    public static Pipeline<T> Calibrate<T>(
        this Pipeline<T> pipeline,
        DataSet<T> validation,
        CalibrationMethod method = CalibrationMethod.Temperature,
        int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Require.Defined(method);

        // Also refuses what cannot be calibrated, before anything is predicted.
        Pipeline<T> raw = pipeline.WithCalibration(null);
        var data = new HeldOut<T>(raw, validation, threads, nameof(validation));
        return raw.WithCalibration(data.Rows == 1 || raw.AreClasses
            ? CalibrationFit.OfClasses(method, data.Logits(), data.Rows, data.Classes(), nameof(validation))
            : CalibrationFit.OfLabels(method, data.Logits(), data.Rows, data.Answers(), nameof(validation)));
    }

    /// <summary>Compares probabilities with how often they come true.</summary>
    /// <remarks>
    /// Of a single output, the probability is that of the second class; of several classes, that of the most probable
    /// one, and true is what was right; of labels, all answers count together.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="data">Raw features, and targets of 0 and 1.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <param name="binning">How probabilities are put into bins.</param>
    /// <param name="threads">
    /// Most threads that share the work of predicting, where it is large enough to pay; as many as there are processors
    /// if null, 1 never leaves the caller's thread. The result is the same to the bit.
    /// </param>
    /// <returns>The curve, whose text is a table.</returns>
    /// <exception cref="ArgumentException">The data do not fit, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin, no such binning, or no thread.</exception>
    /// <exception cref="InvalidOperationException">The outputs may be plain numbers.</exception>
    public static ReliabilityCurve Reliability<T>(
        this Pipeline<T> pipeline,
        DataSet<T> data,
        int bins = 10,
        Binning binning = Binning.Uniform,
        int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        PipelineCheck.RequireClassifier(pipeline, "a reliability curve");
        var heldOut = new HeldOut<T>(pipeline, data, threads, nameof(data));
        (double[] probabilities, bool[] outcomes) = heldOut.Confidences(pipeline.AreClasses);
        return ReliabilityCurve.Of(probabilities, outcomes, bins, binning);
    }
}
