using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace NeuralNet.Extensibility.Tests.Api;

/// <summary>
/// What an assembly shows to the outside, type by type and member by member, as text in a fixed order.
/// </summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(ulong)] = "ulong",
        [typeof(void)] = "void",
    };

    private static readonly NullabilityInfoContext _nullability = new();

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type
            in assembly.GetExportedTypes().Where(type => !IsCompilerMade(type))
                .OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.Namespace).Append('.').Append(Name(type))
                .Append(Bases(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => type.IsByRefLike ? "ref struct" : "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            return "";
        }

        IEnumerable<Type> bases = type.GetInterfaces().Where(one => one.IsVisible)
            .OrderBy(one => one.Name, StringComparer.Ordinal);
        if (type.BaseType is { } @base && @base != typeof(object) && @base != typeof(ValueType))
        {
            bases = bases.Prepend(@base);
        }

        string list = string.Join(", ", bases.Select(Name));
        return list.Length > 0 ? " : " + list : "";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type)
                .Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        }

        return type.GetMembers(Declared).Select(member => member switch
        {
            ConstructorInfo constructor when IsShown(constructor) =>
                $"{Access(constructor)}new({Parameters(constructor)})",
            PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsShown) => Property(property),
            MethodInfo { IsSpecialName: false } method when IsShown(method) && !IsCompilerMade(method) =>
                $"{Access(method)}{ReturnType(method)} {method.Name}{Generics(method)}({Parameters(method)})",
            MethodInfo { Name: "op_Implicit" or "op_Explicit" } method when IsShown(method) =>
                $"{method.Name} {Name(method.ReturnType)}({Parameters(method)})",
            FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily =>
                $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}"
                + (field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : ""),
            _ => "",
        }).Where(line => line.Length > 0);
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo? set = property.SetMethod;
        bool isInit = set?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;
        string accessors = (property.GetMethod is { } get && IsShown(get) ? "get; " : "")
            + (set is not null && IsShown(set) ? isInit ? "init; " : "set; " : "");
        string index = property.GetIndexParameters() is { Length: > 0 } parameters
            ? $"this[{string.Join(", ", parameters.Select(Parameter))}]"
            : property.Name;
        string type = Name(property.PropertyType) + Question(_nullability.Create(property));
        return $"{Access((property.GetMethod ?? set)!)}{type} {index} {{ {accessors}}}";
    }

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsCompilerMade(MemberInfo member) =>
        member.Name.StartsWith('<') || member.IsDefined(typeof(CompilerGeneratedAttribute))
        || (member.DeclaringType is { } outer && IsCompilerMade(outer));

    private static string Access(MethodBase method) =>
        (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "")
        + (method.IsStatic ? "static " : "")
        + (method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract " : "")
        + (method is MethodInfo info && info.GetBaseDefinition() != info ? "override " : "");

    private static string ReturnType(MethodInfo method) =>
        Name(method.ReturnType) + Question(_nullability.Create(method.ReturnParameter));

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        (parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "")
        + (parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute))
            ? "params "
            : "")
        + Name(parameter.ParameterType)
        + Question(_nullability.Create(parameter))
        + " " + parameter.Name
        + (parameter.HasDefaultValue ? $" = {Literal(parameter.DefaultValue)}" : "");

    private static string Question(NullabilityInfo info) =>
        info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "";

    private static string Literal(object? value) => value switch
    {
        null => "default",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsPointer)
        {
            return Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        if (_keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        string name = type.IsNested && !type.IsGenericParameter
            ? $"{Name(type.DeclaringType!)}.{type.Name}"
            : type.Name;
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
