using System.Numerics;
using NeuralNet.Forecasting.Windows;
using NeuralNet.Kinds;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;

namespace NeuralNet.Forecasting;

/// <summary>Loads forecasters.</summary>
public static class Forecaster
{
    /// <summary>Loads a forecaster that <see cref="Forecaster{T}.Save"/> saved.</summary>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="kinds">The kinds of layers and activations that it may hold; those of the library if null.</param>
    /// <returns>The forecaster.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, holds no forecaster, or a parameter that is not finite.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static Forecaster<T> Load<T>(string path, ModelKinds? kinds = null)
        where T : unmanaged, IFloatingPointIeee754<T> => FromPipeline(Pipeline.Load<T>(path, kinds));

    /// <summary>Makes a forecaster of its pipeline, such as of one that was loaded from a stream.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline, as <see cref="Forecaster{T}.Pipeline"/> gives it.</param>
    /// <returns>The forecaster.</returns>
    /// <exception cref="InvalidDataException">It is that of no forecaster.</exception>
    public static Forecaster<T> FromPipeline<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        string text = pipeline.Columns is [{ Reading: { } reading }, ..]
            ? reading
            : throw new InvalidDataException(
                "The pipeline does not know how windows are read: it was not made by "
                + $"{nameof(ForecastSchema)}.{nameof(ForecastSchema.ToForecaster)}.");
        (ForecastSchema schema, double[]? offsets) = SchemaText.Read(text);
        try
        {
            return schema.MakeForecaster(pipeline.Network, offsets);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException(
                $"The model is damaged: {Guards.MessageText.Reason(exception)}.", exception);
        }
    }
}
