using System.Reflection;

namespace NeuralNet.Benchmarks;

/// <summary>The folder from which this project was built; its scripts are run from there.</summary>
internal static class ProjectFolder
{
    /// <summary>The folder of the project.</summary>
    public static string Root { get; } = typeof(ProjectFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ProjectFolder")
        .Value!;

    /// <summary>The folder of the repository.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Root, "..", ".."));

    /// <summary>The place of a file below <c>peers</c>.</summary>
    public static string Peer(params ReadOnlySpan<string> parts) => Path.Combine([Root, "peers", .. parts]);
}
