using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Decisions;
using NeuralNet.Onnx.Export;
using NeuralNet.Pipelines;

namespace NeuralNet.Onnx;

/// <summary>Saves pipelines as ONNX models: the network with all that is before and behind it.</summary>
/// <remarks>
/// <para>
/// The model takes raw features. Of a pipeline with labels it has two outputs, as scikit-learn's converter writes them:
/// <c>label</c>, what <c>PredictLabels</c> gives, by the pipeline's calibration, threshold or costs; and
/// <c>probabilities</c>, batch × labels, what <c>PredictProbabilities</c> gives. The labels are texts, or whole numbers
/// (int64) if each of them is one. Where a sample may have any number of labels, <c>label</c> is batch × labels: 1 for
/// each that it has, as <c>PredictLabelSets</c> says, and 0 for the others.
/// </para>
/// <para>
/// Of a pipeline without labels it gives what <c>Predict</c> gives: calibrated probabilities of a calibrated pipeline,
/// and of a regression numbers in the unit of the data.
/// </para>
/// <para>
/// Where the library refuses to tell a class, because an output is NaN, a model cannot: the probabilities are NaN then,
/// and the label means nothing. Label sets and intervals of a conformal pipeline are no part of the model.
/// <see cref="OnnxExporter"/> says what else holds for such models.
/// </para>
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
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        OnnxExporter.Save(pipeline.Network, path, OptionsOf(pipeline, options), ClassesOf(pipeline, options));
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
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new();
        OnnxExporter.Save(pipeline.Network, stream, OptionsOf(pipeline, options), ClassesOf(pipeline, options));
    }

    private static ClassResults? ClassesOf<T>(Pipeline<T> pipeline, OnnxExportOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (pipeline.Labels is not { } labels)
        {
            return null;
        }

        if (options.AppendSoftmax || options.AppendSoftmaxTo.Count > 0)
        {
            throw new ArgumentException(
                "The model of a pipeline with labels gives probabilities as it is: do not append a softmax.",
                nameof(options));
        }

        bool areLabels = pipeline.Meaning == OutputMeaning.Labels;
        return new()
        {
            Name = options.LabelName,
            Labels = labels.Labels,
            AreLabels = areLabels,
            Kind = pipeline.Calibration is null
                ? pipeline.Network.OutputKindOf(pipeline.Network.Outputs[0].Name)
                : OutputKind.Probability,
            Thresholds = pipeline.LabelThresholds
                ?? [.. Enumerable.Repeat(pipeline.Threshold, areLabels ? labels.Labels.Count : 1)],
            IsSingle = pipeline.OutputSize == 1,
            Costs = pipeline.Costs,
        };
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
                LabelName = options.LabelName,
                GraphName = options.GraphName,
                Documentation = options.Documentation,
                Metadata = options.Metadata,
                Extensions = options.Extensions,
            }
            : throw new ArgumentException(
                "The pipeline has its own preprocessing and calibration: leave them out of the options.",
                nameof(options));
}
