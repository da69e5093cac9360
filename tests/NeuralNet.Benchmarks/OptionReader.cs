using NeuralNet.Guards;

namespace NeuralNet.Benchmarks;

/// <summary>Reads a command line of options: names such as <c>--rows</c> with a value, or switches alone.</summary>
/// <param name="help">The command that shows the help, named where the command line is wrong.</param>
/// <param name="names">The options that take a value.</param>
/// <param name="switches">The options that stand alone.</param>
internal sealed class OptionReader(string help, IReadOnlyList<string> names, IReadOnlyList<string> switches)
{
    /// <summary>Whether the user asks for help.</summary>
    public static bool AsksForHelp(ReadOnlySpan<string> arguments) => arguments.ContainsAny(["--help", "-h", "-?"]);

    /// <summary>Reads values from a list with commas between them.</summary>
    /// <param name="option">The option the list is for.</param>
    /// <param name="text">The list.</param>
    /// <param name="known">The values there are; <c>all</c> stands for all of them.</param>
    /// <returns>Those in the list, in the order of the known ones.</returns>
    /// <exception cref="FormatException">There is no such value.</exception>
    public static string[] Choose(string option, string text, IReadOnlyList<string> known)
    {
        string[] chosen = text.Split(',');
        string? unknown = Array.Find(chosen, value => value != "all" && !known.Contains(value));
        if (unknown is not null)
        {
            throw new FormatException(
                $"{option} knows {string.Join(", ", known)} and all, but not '{unknown}'."
                + NearestName.Question(unknown, [.. known, "all"]));
        }

        return [.. known.Where(value => chosen.Contains(value) || chosen.Contains("all"))];
    }

    /// <summary>Reads the command line.</summary>
    /// <returns>The options given, each with its value; a switch has an empty one.</returns>
    /// <exception cref="FormatException">
    /// An option is unknown, given twice, or lacks its value.
    /// </exception>
    public IReadOnlyDictionary<string, string> Read(ReadOnlySpan<string> arguments)
    {
        var given = new Dictionary<string, string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            bool isSwitch = switches.Contains(name);
            if (!isSwitch && !names.Contains(name))
            {
                throw new FormatException(
                    $"There is no option '{name}'.{NearestName.Question(name, [.. names, .. switches])} See {help}.");
            }

            if (!isSwitch && i + 1 == arguments.Length)
            {
                throw new FormatException($"{name} lacks its value. See {help}.");
            }

            if (!given.TryAdd(name, isSwitch ? "" : arguments[++i]))
            {
                throw new FormatException($"{name} is given twice. See {help}.");
            }
        }

        return given;
    }
}
