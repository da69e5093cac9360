using System.Numerics;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// The types of model that can be registered. They are listed, so that no type is looked at or made by reflection,
/// which a program that was trimmed or compiled ahead of time has not.
/// </summary>
internal static class ModelType
{
    private static readonly object[] _all =
        [Network<float>(), Network<double>(), Pipeline<float>(), Pipeline<double>()];

    /// <summary>Finds the entry of a type.</summary>
    /// <exception cref="NotSupportedException">It is no type of model.</exception>
    public static ModelType<TModel> Of<TModel>()
        where TModel : class =>
        _all.OfType<ModelType<TModel>>().SingleOrDefault() ?? throw new NotSupportedException(
            $"A model is a Network or a Pipeline, of float or double, but {typeof(TModel)} was asked for.");

    private static ModelType<Network<T>> Network<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(
            "network",
            static (stream, fileName) => Networks.Network.Load<T>(stream, name: fileName),
            static network => new(network.InputSize, network.OutputSize, network.ParameterCount, Parts: []),
            static network => network.FindNonFinite()?.ToString());

    private static ModelType<Pipeline<T>> Pipeline<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => new(
            "pipeline",
            static (stream, fileName) => Pipelines.Pipeline.Load<T>(stream, name: fileName),
            static pipeline => new(
                pipeline.InputSize, pipeline.OutputSize, pipeline.Network.ParameterCount, [.. Parts(pipeline)]),
            static pipeline => pipeline.Network.FindNonFinite()?.ToString());

    private static IEnumerable<string> Parts<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (pipeline.Inputs is not null)
        {
            yield return "transform of the inputs";
        }

        if (pipeline.Outputs is not null)
        {
            yield return "transform of the outputs";
        }

        if (pipeline.Labels is not null)
        {
            yield return "labels";
        }
    }
}
