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

    /// <summary>
    /// What adds up the elements of a vector does so in an order that depends on its width; <c>LaneSums</c> does not.
    /// </summary>
    [Fact]
    public void No_sum_depends_on_the_width_of_vectors()
    {
        using var file = new PEReader(File.OpenRead(_library.Location));
        MetadataReader metadata = file.GetMetadataReader();
        string[] called =
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member => (
                    Type: metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name),
                    Method: metadata.GetString(member.Name)))
                .Where(member => member.Type is "TensorPrimitives" or "Vector" or "Vector128" or "Vector256"
                    or "Vector512")
                .Select(member => $"{member.Type}.{member.Method}"),
        ];
        called.Should().Contain("TensorPrimitives.Add").And.Contain("Vector512.LoadUnsafe");
        called.Where(name => name.Split('.')[1] is "Sum" or "Dot" or "SumOfSquares" or "SumOfMagnitudes" or "Norm"
                or "CosineSimilarity" or "Distance" or "Average" or "Product" or "StdDev" or "SoftMax")
            .Should().BeEmpty();
    }
}
