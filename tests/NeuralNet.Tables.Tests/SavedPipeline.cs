using NeuralNet.Pipelines;
using NeuralNet.Serialization;

namespace NeuralNet.Tables.Tests;

/// <summary>Saves pipelines and loads them again.</summary>
internal static class SavedPipeline
{
    public static Pipeline<T> Loaded<T>(Pipeline<T> pipeline)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        pipeline.Save(stream);
        stream.Position = 0;
        return Pipeline.Load<T>(stream);
    }
}
