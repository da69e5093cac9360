using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.Files;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Safetensors;

namespace NeuralNet.Serialization;

/// <summary>
/// A pipeline in one file: the network as <see cref="ModelFile"/> has it, and beside it the fitted transforms, the
/// names of the classes and the threshold between two, calibration, costs, label sets and intervals, the names and
/// categories of the raw features, and the vocabulary of texts.
/// </summary>
public static class PipelineFile
{
    /// <summary>The member that says that a file holds a pipeline.</summary>
    internal const string Member = "pipeline";

    extension(Pipeline)
    {
        /// <summary>Loads a pipeline that <c>Save</c> saved, or a network that was saved alone.</summary>
        /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
        /// <param name="path">The file.</param>
        /// <param name="kinds">
        /// The kinds of layers, activations and transforms that it may hold; those of the library if null.
        /// </param>
        /// <param name="allowNonFinite">
        /// Whether parameters may be NaN or infinite, as to look at a network whose training diverged; otherwise such a
        /// file is refused.
        /// </param>
        /// <returns>A new pipeline.</returns>
        /// <exception cref="InvalidDataException">
        /// The file is damaged, holds no model, a kind that is not registered, or a parameter that is not finite.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public static Pipeline<T> Load<T>(string path, ModelKinds? kinds = null, bool allowNonFinite = false)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            using FileStream stream = File.OpenRead(path);
            return Pipeline.Load<T>(stream, kinds, path, allowNonFinite);
        }

        /// <summary>Loads a pipeline from a stream, which is read to its end and stays open.</summary>
        /// <typeparam name="T">float or double, whatever the stream holds.</typeparam>
        /// <param name="stream">Where from.</param>
        /// <param name="kinds">
        /// The kinds of layers, activations and transforms that it may hold; those of the library if null.
        /// </param>
        /// <param name="name">What to call the stream in messages.</param>
        /// <param name="allowNonFinite">
        /// Whether parameters may be NaN or infinite, as to look at a network whose training diverged; otherwise such a
        /// file is refused.
        /// </param>
        /// <returns>A new pipeline.</returns>
        /// <exception cref="InvalidDataException">
        /// The data are damaged, hold no model, a kind that is not registered, or a parameter that is not finite.
        /// </exception>
        public static Pipeline<T> Load<T>(
            Stream stream, ModelKinds? kinds = null, string name = "stream", bool allowNonFinite = false)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(stream);
            (Network<T> network, PipelineParts parts) = ModelDescription.Load<T, PipelineParts>(
                stream, kinds, name, allowNonFinite, PipelineParts.Read<T>);
            try
            {
                return Create(network, parts);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                throw new InvalidDataException(
                    $"'{MessageText.File(name)}' is damaged: its parts make no pipeline: "
                    + $"{MessageText.Reason(exception)}.",
                    MessageText.Cause(exception));
            }
        }
    }

    // In the order in which they may follow each other. A threshold that fits no other part is refused with these.
    private static Pipeline<T> Create<T>(Network<T> network, PipelineParts parts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        PipelineResults results = parts.Results;
        bool isMisplaced = results.Thresholds?.Count == 1 && (results.Labels is null || network.OutputSize > 1);
        Pipeline<T> pipeline = Pipeline.Create(
            network,
            parts.Inputs,
            results.Outputs,
            results.Labels,
            isMisplaced ? results.Thresholds![0] : null,
            parts.Columns,
            parts.Vocabulary,
            parts.TargetColumns,
            results.AreLabels ? OutputMeaning.Labels : OutputMeaning.Classes);
        pipeline = results.Calibration is null ? pipeline : pipeline.WithCalibration(results.Calibration);
        pipeline = results.Thresholds is null ? pipeline : pipeline.WithThresholds(results.Thresholds);
        pipeline = results.Costs is null ? pipeline : pipeline.WithCosts(results.Costs);
        pipeline = results.LabelSets is null ? pipeline : pipeline.WithLabelSets(results.LabelSets);
        return results.Intervals is null ? pipeline : pipeline.WithIntervals(results.Intervals);
    }

    /// <summary>Saves the pipeline to a file, which is replaced only when the new one is whole.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="kinds">What layers, activations and transforms there are; those of the library if null.</param>
    /// <param name="elementType">The numbers of the file; those of the network if null. Fewer bits round.</param>
    /// <exception cref="InvalidOperationException">
    /// Something is of a kind that is not registered, or nested too deeply.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Save<T>(
        this Pipeline<T> pipeline, string path, ModelKinds? kinds = null, TensorElementType? elementType = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => pipeline.Save(stream, kinds, elementType));
    }

    /// <summary>Saves the pipeline to a stream, which stays open.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="kinds">What layers, activations and transforms there are; those of the library if null.</param>
    /// <param name="elementType">The numbers of the stream; those of the network if null. Fewer bits round.</param>
    /// <exception cref="InvalidOperationException">
    /// Something is of a kind that is not registered, or nested too deeply.
    /// </exception>
    public static void Save<T>(
        this Pipeline<T> pipeline, Stream stream, ModelKinds? kinds = null, TensorElementType? elementType = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(stream);
        ModelDescription.Save(
            pipeline.Network, stream, kinds, elementType, writer => PipelineParts.Write(pipeline, writer));
    }
}
