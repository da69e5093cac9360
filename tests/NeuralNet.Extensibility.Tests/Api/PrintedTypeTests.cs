using System.Collections;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NeuralNet.Extensibility.Tests.Api;

/// <summary>Every type can be printed: in a log, on the console, in the debugger.</summary>
public sealed class PrintedTypeTests
{
    private static readonly Type[] _types =
    [
        .. PublicApiTests.Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("NeuralNet", StringComparison.Ordinal) == true),
    ];

    public static IEnumerable<Type> Records => _types.Where(
        type => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null);

    [Fact]
    public void No_record_has_a_member_that_cannot_be_printed()
    {
        Records.Should().HaveCountGreaterThan(20);
        Records.SelectMany(Printed).Where(member => member.Type.IsByRefLike)
            .Should().BeEmpty("the code that prints it is no valid program");
    }

    [Fact]
    public void No_public_record_prints_the_name_of_a_collection_or_a_whole_exception() =>
        Records.Where(type => type.IsVisible && PrintsItself(type)).SelectMany(Printed)
            .Where(member => !SaysSomething(member.Type)).Should().BeEmpty();

    [Fact]
    public void Whatever_is_empty_can_be_printed_compared_and_hashed()
    {
        Type[] values =
        [
            .. _types.Where(type => type is { IsValueType: true, IsByRefLike: false, IsEnum: false }
                    && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.Name.StartsWith('<'))
                .Select(Closed).OfType<Type>(),
        ];
        values.Should().HaveCountGreaterThan(15);
        foreach (Type type in values)
        {
            object value = RuntimeHelpers.GetUninitializedObject(type);
            FluentActions.Invoking(() => (value.ToString(), value.GetHashCode(), value.Equals(value)))
                .Should().NotThrow(type.FullName);
        }
    }

    private static IEnumerable<(string Record, string Name, Type Type)> Printed(Type record) =>
    [
        .. record.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetMethod?.IsPublic == true && property.GetIndexParameters().Length == 0)
            .Select(property => (record.FullName!, property.Name, property.PropertyType)),
        .. record.GetFields(BindingFlags.Instance | BindingFlags.Public)
            .Select(field => (record.FullName!, field.Name, field.FieldType)),
    ];

    private static bool PrintsItself(Type record) =>
        record.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool SaysSomething(Type type) =>
        type == typeof(string)
        || (!typeof(IEnumerable).IsAssignableFrom(type)
            && !typeof(Delegate).IsAssignableFrom(type)
            && !typeof(Exception).IsAssignableFrom(type)
            && (type.IsValueType
                || type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType != typeof(object)));

    /// <summary>The type, of float where it is generic; null where its parameters are others.</summary>
    private static Type? Closed(Type type) =>
        !type.ContainsGenericParameters ? type
        : type.GetGenericArguments() is [{ } only] && only.GetGenericParameterConstraints().Any(
            constraint => constraint.IsGenericType
                && constraint.GetGenericTypeDefinition() == typeof(IFloatingPointIeee754<>))
            ? type.MakeGenericType(typeof(float))
        : null;
}
