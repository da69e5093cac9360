using System.Numerics;
using NeuralNet.Pipelines;

namespace NeuralNet.Onnx;

/// <summary>Saves pipelines as ONNX models: the network with all that is before and behind it.</summary>
/// <remarks>
/// The model takes raw features and gives what <c>Predict</c> gives: calibrated probabilities of a calibrated pipeline,
/// and of a regression numbers in the unit of the data. Labels, thresholds, costs, label sets and intervals are no part
/// of it. <see cref="OnnxExporter"/> says what else holds for such models.
/// </remarks>
public static class OnnxPipelineExporter
{
    /// <summary>Saves a pipeline to a file. An existing file is replaced only when the new one is complete.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="options">Names and precision; the defaults if null.</param>
    /// <exception cref="NotSupportedException">
    /// There is no way to write a layer, an activation, a transform or the calibration, or the model would be larger
    /// than the 2 GB that the format allows.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The options contradict each other or the network, or have a preprocessing or a calibration besides the
    /// pipeline's.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static void SaveOnnx<T>(this Pipeline<T> pipeline, string path, OnnxExportOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.Network.SaveOnnx(path, OptionsOf(pipeline, options ?? new()));
    }

    /// <summary>Saves a pipeline to a stream.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="options">Names and precision; the defaults if null.</param>
    /// <inheritdoc cref="SaveOnnx{T}(Pipeline{T}, string, OnnxExportOptions)" path="/exception"/>
    public static void SaveOnnx<T>(this Pipeline<T> pipeline, Stream stream, OnnxExportOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.Network.SaveOnnx(stream, OptionsOf(pipeline, options ?? new()));
    }

    private static OnnxExportOptions OptionsOf<T>(Pipeline<T> pipeline, OnnxExportOptions options)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        options is { Preprocessing: null, Calibration: null }
            ? new()
            {
                Precision = options.Precision,
                AppendSoftmax = options.AppendSoftmax,
                AppendSoftmaxTo = options.AppendSoftmaxTo,
                Preprocessing = pipeline.Inputs,
                Calibration = pipeline.Calibration,
                Scaling = pipeline.Outputs,
                InputName = options.InputName,
                OutputName = options.OutputName,
                GraphName = options.GraphName,
                Documentation = options.Documentation,
                Metadata = options.Metadata,
                Extensions = options.Extensions,
            }
            : throw new ArgumentException(
                "The pipeline has its own preprocessing and calibration: leave them out of the options.",
                nameof(options));
}
