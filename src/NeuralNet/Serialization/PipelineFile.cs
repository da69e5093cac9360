using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Safetensors;
using NeuralNet.Streams;

namespace NeuralNet.Serialization;

/// <summary>
/// A pipeline in one file: the network as <see cref="ModelFile"/> has it, and beside it the fitted transforms, the names
/// of the classes and the threshold between two, and the names and categories of the raw features.
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
        /// <param name="kinds">What layers, activations and transforms it may hold; those of the library if null.</param>
        /// <returns>A new pipeline.</returns>
        /// <exception cref="InvalidDataException">The file is damaged, holds no model, or holds a kind that is not registered.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public static Pipeline<T> Load<T>(string path, ModelKinds<T>? kinds = null)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            using FileStream stream = File.OpenRead(path);
            return Pipeline.Load(stream, kinds, path);
        }

        /// <summary>Loads a pipeline from a stream, which is read to its end and stays open.</summary>
        /// <typeparam name="T">float or double, whatever the stream holds.</typeparam>
        /// <param name="stream">Where from.</param>
        /// <param name="kinds">What layers, activations and transforms it may hold; those of the library if null.</param>
        /// <param name="name">What to call the stream in messages.</param>
        /// <returns>A new pipeline.</returns>
        /// <exception cref="InvalidDataException">The data are damaged, hold no model, or hold a kind that is not registered.</exception>
        public static Pipeline<T> Load<T>(Stream stream, ModelKinds<T>? kinds = null, string name = "stream")
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(stream);
            (Network<T> network, Parts parts) = ModelFile.Load(stream, kinds, name, Read);
            try
            {
                return new(network, parts.Inputs, parts.Outputs, parts.Labels, parts.Threshold, parts.Columns);
            }
            catch (ArgumentException exception)
            {
                throw new InvalidDataException($"'{name}' is damaged: its parts make no pipeline: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Saves the pipeline to a file, which is replaced only when the new one is whole.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="kinds">What layers, activations and transforms there are; those of the library if null.</param>
    /// <param name="elementType">The numbers of the file; those of the network if null. Fewer bits round.</param>
    /// <exception cref="InvalidOperationException">Something is of a kind that is not registered, or nested too deeply.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Save<T>(
        this Pipeline<T> pipeline, string path, ModelKinds<T>? kinds = null, TensorElementType? elementType = null)
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
    /// <exception cref="InvalidOperationException">Something is of a kind that is not registered, or nested too deeply.</exception>
    public static void Save<T>(
        this Pipeline<T> pipeline, Stream stream, ModelKinds<T>? kinds = null, TensorElementType? elementType = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(stream);
        ModelFile.Save(pipeline.Network, stream, kinds, elementType, writer =>
        {
            writer.Flag(Member, true).Transform("inputs", pipeline.Inputs).Transform("outputs", pipeline.Outputs);
            if (pipeline.Labels is { } labels)
            {
                writer.Texts("labels", labels.Labels);
            }

            if (pipeline.GivenThreshold is { } threshold)
            {
                writer.Number("threshold", threshold);
            }

            if (pipeline.Columns is { } columns)
            {
                writer
                    .Texts("columns", columns.Select(column => column.Name))
                    .Integers("categoryCounts", columns.Select(column => (long)(column.Categories?.Labels.Count ?? 0)))
                    .Texts("categories", columns.SelectMany(column => column.Categories?.Labels ?? []));
            }
        });
    }

    private static Parts Read<T>(SettingsReader<T> settings, ModelReading<T> reading)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!settings.Has(Member) || !settings.Flag(Member))
        {
            return new(null, null, null, null, null);
        }

        IFeatureTransform? outputs = settings.Has("outputs") ? settings.Transform("outputs") : null;
        if (outputs is not (null or IInvertibleTransform))
        {
            throw reading.Error("its outputs cannot be turned back into targets");
        }

        return new(
            settings.Has("inputs") ? settings.Transform("inputs") : null,
            (IInvertibleTransform?)outputs,
            settings.Has("labels") ? Labels("labels", settings.Texts("labels"), reading) : null,
            settings.Has("threshold") ? settings.Number("threshold") : null,
            settings.Has("columns") ? Columns(settings, reading) : null);
    }

    // A count of 0 is a number; the categories of all columns stand one after the other.
    private static InputColumn[] Columns<T>(SettingsReader<T> settings, ModelReading<T> reading)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[] names = settings.Texts("columns");
        IReadOnlyList<long> counts = settings.Integers("categoryCounts");
        string[] categories = settings.Texts("categories");
        if (counts.Count != names.Length || counts.Any(count => count < 0 || count > categories.Length) || counts.Sum() != categories.Length)
        {
            throw reading.Error(
                $"its {counts.Count} counts of categories do not fit {names.Length} columns with {categories.Length} categories");
        }

        var columns = new InputColumn[names.Length];
        int start = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            int count = (int)counts[i];
            columns[i] = new(
                names[i], count == 0 ? null : Labels($"categories of '{MessageText.Shortened(names[i])}'", categories[start..(start + count)], reading));
            start += count;
        }

        return columns;
    }

    private static LabelEncoder Labels<T>(string what, string[] labels, ModelReading<T> reading)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            return new(labels);
        }
        catch (ArgumentException exception)
        {
            throw reading.Error($"its {what} are no labels: {exception.Message}", exception);
        }
    }

    private sealed record Parts(
        IFeatureTransform? Inputs,
        IInvertibleTransform? Outputs,
        LabelEncoder? Labels,
        double? Threshold,
        IReadOnlyList<InputColumn>? Columns);
}
