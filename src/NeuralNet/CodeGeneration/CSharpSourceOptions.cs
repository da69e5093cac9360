namespace NeuralNet.CodeGeneration;

/// <summary>Options for writing a network as C# source.</summary>
public sealed class CSharpSourceOptions
{
    /// <summary>The namespace of the class, such as <c>Acme.Tools</c>.</summary>
    public string Namespace { get; init; } = "GeneratedModels";

    /// <summary>The name of the class.</summary>
    public string ClassName { get; init; } = "Model";

    /// <summary>True to make the class public; false for internal.</summary>
    public bool IsPublic { get; init; }
}
