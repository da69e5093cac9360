using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.CodeGeneration;

/// <summary>
/// Checks names given by the caller before they are written into source: only identifiers are accepted.
/// </summary>
internal static class SourceName
{
    /// <summary>
    /// Reserved words, and contextual keywords that are not allowed as names of types in some version of C#.
    /// </summary>
    private static readonly HashSet<string> _words =
    [
        .. ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do "
            + "double else enum event explicit extern false finally fixed float for foreach goto if implicit in int "
            + "interface internal is lock long namespace new null object operator out override params private "
            + "protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch "
            + "this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while allows "
            + "async await dynamic extension field file global managed nameof nint notnull nuint partial record "
            + "required scoped unmanaged value var when where with yield _").Split(' '),
    ];

    /// <summary>Requires a valid namespace.</summary>
    public static void RequireNamespace(string name, string argument)
    {
        if (name is null || !Array.TrueForAll(name.Split('.'), IsIdentifier))
        {
            throw new ArgumentException(
                "The namespace must be C# identifiers separated by dots, none of them a keyword, but it is "
                + $"{Shown(name)}.",
                argument);
        }
    }

    /// <summary>Requires a valid name of a class.</summary>
    public static void RequireClass(string name, string argument)
    {
        if (name is null || !IsIdentifier(name))
        {
            throw new ArgumentException(
                $"The class name must be a C# identifier and not a keyword, but it is {Shown(name)}.", argument);
        }

        if (MethodSet.IsTaken(name))
        {
            throw new ArgumentException(
                $"The class must not be called '{name}', because a member of it uses that name.", argument);
        }
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && name.Length <= 256 && IsStart(name[0]) && name.All(IsPart) && !_words.Contains(name);

    private static bool IsStart(char c) => c == '_' || char.IsLetter(c);

    private static bool IsPart(char c) =>
        IsStart(c) || char.GetUnicodeCategory(c) is UnicodeCategory.DecimalDigitNumber;

    private static string Shown(string? name) => name is null ? "null" : MessageText.Quoted(name);
}
