using System.Reflection;
using System.Runtime.CompilerServices;
using NeuralNet.Data;
using NeuralNet.Tables;

namespace NeuralNet.Extensibility.Tests.Api;

/// <summary>What holds for the types of every package.</summary>
public sealed class PackageTypeTests
{
    public static TheoryData<string> Packages => PublicApiTests.Packages;

    /// <summary>But for the options of any table, which those of a file of text extend.</summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void Public_classes_are_sealed_or_abstract(string package) =>
        Public(package).Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract)
            .Should().BeSubsetOf([typeof(TableOptions)]);

    [Theory]
    [MemberData(nameof(Packages))]
    public void Public_structs_are_read_only(string package) =>
        Public(package).Where(
            type => type.IsValueType && !type.IsEnum && !type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false))
            .Should().BeEmpty();

    /// <summary>But for the codes of the IDX format, which are its own.</summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void The_default_of_an_enum_is_one_of_its_values(string package) =>
        Public(package).Where(
            type => type.IsEnum && type != typeof(IdxElementType) && !Enum.IsDefined(type, Enum.ToObject(type, 0)))
            .Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_public_type_has_no_public_field_but_constants(string package) =>
        Public(package).Where(type => !type.IsEnum)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public))
            .Where(field => !field.IsLiteral)
            .Select(Named)
            .Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void There_is_no_static_mutable_state(string package) =>
        Assembly.Load(package).GetTypes()
            .Where(type => !type.Name.StartsWith('<') && !IsGenerated(type))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => !field.IsLiteral && (!field.IsInitOnly || IsMutable(field.FieldType)))
            .Select(Named)
            .Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void Public_types_are_in_a_namespace_of_the_package(string package) =>
        Public(package)
            .Where(type => !$"{type.Namespace}.".StartsWith(package + ".", StringComparison.Ordinal))
            .Select(type => type.FullName)

            // Where a host looks for what adds services.
            .Should().BeSubsetOf(["Microsoft.Extensions.DependencyInjection.NeuralNetServiceCollectionExtensions"]);

    private static Type[] Public(string package) => Assembly.Load(package).GetExportedTypes();

    /// <summary>What protoc wrote, which keeps the description of its messages.</summary>
    private static bool IsGenerated(Type type) => type.Namespace == "NeuralNet.Onnx.Schema";

    private static string Named(FieldInfo field) => $"{field.DeclaringType}.{field.Name}";

    /// <summary>
    /// Whether it is a collection that is made to be changed; arrays and dictionaries serve as tables.
    /// </summary>
    private static bool IsMutable(Type type) =>
        type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(List<>)
            || type.Namespace == "System.Collections.Concurrent"
            || type.GetGenericTypeDefinition() == typeof(Queue<>)
            || type.GetGenericTypeDefinition() == typeof(ConditionalWeakTable<,>));
}
