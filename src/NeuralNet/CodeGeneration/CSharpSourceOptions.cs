namespace NeuralNet.CodeGeneration;

/// <summary>How a network becomes C# source.</summary>
public sealed class CSharpSourceOptions
{
    /// <summary>The namespace of the class, such as <c>Acme.Tools</c>.</summary>
    public string Namespace { get; init; } = "GeneratedModels";

    /// <summary>The name of the class.</summary>
    public string ClassName { get; init; } = "Model";

    /// <summary>Whether other assemblies see the class.</summary>
    public bool IsPublic { get; init; }
}
