namespace NeuralNet.Onnx.Tests.Import;

/// <summary>A test that needs the models of <see cref="RealModelTests"/>, and is skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealModelsTheoryAttribute : TheoryAttribute
{
    public RealModelsTheoryAttribute()
    {
        if (string.IsNullOrEmpty(Folder))
        {
            Skip = "The environment variable NEURALNET_ONNX_MODELS names no folder with models.";
        }
    }

    /// <summary>The folder with the models; null where none is named.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("NEURALNET_ONNX_MODELS");
}
