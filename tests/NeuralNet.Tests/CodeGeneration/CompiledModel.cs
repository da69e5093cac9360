using System.Numerics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NeuralNet.Tests.CodeGeneration;

/// <summary>What <c>Predict</c> of a generated class is.</summary>
internal delegate void Prediction<T>(ReadOnlySpan<T> input, Span<T> output);

/// <summary>
/// Generated source, compiled as C# 8, the version of .NET Standard 2.1, without a warning and against the platform
/// alone.
/// </summary>
internal static class CompiledModel
{
    private static readonly MetadataReference[] _platform =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToArray();

    public static Assembly Compile(params string[] sources)
    {
        CSharpCompilation compilation = Compilation(sources);
        using var image = new MemoryStream();
        compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Should().BeEmpty();
        return Assembly.Load(image.ToArray());
    }

    public static CSharpCompilation Compilation(params string[] sources) =>
        CSharpCompilation.Create(
            $"Generated{Guid.NewGuid():N}",
            sources.Select(
                source => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp8))),
            _platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 4));

    public static Prediction<T> Predict<T>(this Assembly assembly, string type)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        assembly.GetType(type, throwOnError: true)!.GetMethod("Predict")!.CreateDelegate<Prediction<T>>();
}
