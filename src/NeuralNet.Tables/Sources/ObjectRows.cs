using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace NeuralNet.Tables.Sources;

/// <summary>Makes a table of objects, a column per public property.</summary>
internal static class ObjectRows
{
    public static Table Read<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> rows, TableOptions? options, string name)
    {
        if (ValueText.IsValue(typeof(T)) || typeof(T).IsAssignableTo(typeof(IEnumerable)))
        {
            throw new ArgumentException(
                $"The type {typeof(T).Name} is that of a single value or a list, whose properties are no columns. Make "
                + $"rows such as new {{ Value = x }}, or use {nameof(TableBuilder)}.",
                nameof(rows));
        }

        PropertyInfo[] properties =
        [
            .. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property =>
                    property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0),
        ];
        if (properties.Length == 0)
        {
            throw new ArgumentException(
                $"The type {typeof(T).Name} has no public property to be a column.",
                nameof(rows));
        }

        var builder = new TableBuilder([.. properties.Select(property => property.Name)], options, name);
        object?[] values = new object?[properties.Length];
        int count = 0;
        foreach (T row in rows)
        {
            count++;
            if (row is null)
            {
                throw new ArgumentException($"Row {count} is null.", nameof(rows));
            }

            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Value(row, properties[i], count);
            }

            builder.Add(values);
        }

        return builder.ToTable();
    }

    private static object? Value<T>(T row, PropertyInfo property, int number)
    {
        try
        {
            return property.GetValue(row);
        }
        catch (TargetInvocationException exception)
        {
            throw new InvalidDataException(
                $"Row {number}: the property {property.Name} failed: {exception.InnerException?.Message}",
                exception.InnerException);
        }
    }
}
