using System.Globalization;

namespace NeuralNet.Tables.Sources;

/// <summary>Writes values of .NET as a file of text has them, so that a table is the same wherever it comes from.
/// </summary>
internal static class ValueText
{
    private const string Fraction = ".FFFFFFF";

    private static readonly Type[] _values =
    [
        typeof(string), typeof(decimal), typeof(Half), typeof(Int128), typeof(UInt128),
        typeof(System.Numerics.BigInteger), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly),
        typeof(TimeOnly), typeof(TimeSpan), typeof(Guid), typeof(DBNull),
    ];

    /// <summary>The text of a value.</summary>
    /// <returns>Null if the value is missing.</returns>
    /// <exception cref="NotSupportedException">A value of this type is neither a text nor a number nor a date.
    /// </exception>
    public static string? Of(object? value)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return value switch
        {
            null or DBNull => null,
            string text => text,
            double number => double.IsNaN(number) ? null : number.ToString("R", culture),
            float number => float.IsNaN(number) ? null : number.ToString("R", culture),
            Half number => Half.IsNaN(number) ? null : number.ToString(culture),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss" + Fraction, culture),
            DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss" + Fraction + "zzz", culture),
            DateOnly date => date.ToString("yyyy-MM-dd", culture),
            bool or char or Guid or Enum => value.ToString(),
            sbyte or byte or short or ushort or int or uint or long or ulong or decimal or Int128 or UInt128
                or System.Numerics.BigInteger => ((IFormattable)value).ToString(null, culture),
            TimeSpan time => time.TotalSeconds.ToString("R", culture),
            _ => throw new NotSupportedException(
                $"is of the type {value.GetType().Name}, of which no text, number or date can be made"),
        };
    }

    /// <summary>True if a type is that of a single value, or of one that may be missing.</summary>
    public static bool IsValue(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || Array.IndexOf(_values, type) >= 0;
    }

    /// <summary>True if a value is written as text by whoever made it, in a format of theirs.</summary>
    public static bool IsText(object? value) => value is string or char;
}
