using System.Numerics;
using Microsoft.Extensions.Logging;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Loads pipelines.</summary>
internal sealed class PipelineProvider<T>(string name, string path, PipelineOptions<T> options, ILogger logger, TimeProvider time)
    : ModelProvider<Pipeline<T>, LoadedPipeline<T>>(name, path, options, logger, time), IPipelineProvider<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override Pipeline<T>? Read(Stream stream, string fileName) =>
        options.Load is { } load ? load(stream) : Pipeline.Load<T>(stream, name: fileName);

    protected override void Check(Pipeline<T> model) => options.Check?.Invoke(model);

    protected override ModelShape Shape(Pipeline<T> model) => new(
        model.InputSize, model.OutputSize, model.Network.ParameterCount, [.. Parts(model)]);

    protected override LoadedPipeline<T> Put(Pipeline<T> model, long version, string path, DateTimeOffset loadedAt) =>
        new(model, version, path, loadedAt);

    private static IEnumerable<string> Parts(Pipeline<T> pipeline)
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
