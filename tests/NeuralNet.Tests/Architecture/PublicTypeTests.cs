using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Architecture;

/// <summary>What holds for every type of the library.</summary>
public sealed class PublicTypeTests
{
    private static readonly Assembly _library = typeof(Network<>).Assembly;

    [Fact]
    public void Public_classes_are_sealed_or_abstract() =>
        _library.GetExportedTypes().Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract)
            .Should().BeEmpty();

    [Fact]
    public void No_kernel_is_public() =>
        _library.GetExportedTypes().Where(type => type.Namespace is "NeuralNet.Kernels" or "NeuralNet.Guards")
            .Should().BeEmpty();

    [Fact]
    public void There_is_no_static_mutable_state() =>
        _library.GetTypes()
            // Not ours: it counts while coverage is measured.
            .Where(type => !type.Name.StartsWith('<') && type.Namespace != "Coverlet.Core.Instrumentation.Tracker")
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => !field.IsInitOnly && !field.IsLiteral)
            .Select(field => $"{field.DeclaringType}.{field.Name}")
            .Should().BeEmpty();

    [Fact]
    public void Only_two_packages_are_referenced() =>
        _library.GetReferencedAssemblies().Select(name => name.Name)
            .Where(name => !name!.StartsWith("System.", StringComparison.Ordinal) || name == "System.Numerics.Tensors")
            .Should().BeEquivalentTo("MathNet.Numerics", "System.Numerics.Tensors");

    [Fact]
    public void Nothing_needs_OpenSSL()
    {
        // Nor a generator of MathNet, any of which draws a seed from System.Security.Cryptography, whatever it is
        // given.
        _library.GetReferencedAssemblies().Should().NotContain(name => name.Name == "System.Security.Cryptography");
        using var file = new PEReader(File.OpenRead(_library.Location));
        MetadataReader metadata = file.GetMetadataReader();
        string[] namespaces =
            [.. metadata.TypeReferences.Select(type => metadata.GetString(metadata.GetTypeReference(type).Namespace))];
        namespaces.Should().Contain("MathNet.Numerics.LinearAlgebra").And.NotContain("MathNet.Numerics.Random");
    }
}
