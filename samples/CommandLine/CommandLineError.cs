using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using NeuralNet.Guards;

namespace NeuralNet.Samples.CommandLine;

/// <summary>Describes the error of a command line on one line.</summary>
internal static class CommandLineError
{
    /// <summary>The exit code of a command line that is wrong.</summary>
    public const int ExitCode = 2;

    private const int LongestMessage = 2000;
    private const int LongestUsageError = 1000;

    /// <summary>
    /// The first error; of a name that does not exist, with the one that was probably meant. Null if there is none.
    /// </summary>
    public static string? Of(ParseResult arguments)
    {
        // A wrong name explains the other errors, such as a required option that seems to be missing. An argument of a
        // command takes it, too.
        string[] escaped = Escaped(arguments);
        string? option = arguments.UnmatchedTokens
            .Concat(arguments.CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens.Select(token => token.Value)))
            .FirstOrDefault(token => IsOption(token) && !escaped.Contains(token));
        if (arguments.Errors.Count == 0 && (option is null || arguments.Action is HelpAction))
        {
            return null;
        }

        string message = option is not null
            ? UnknownOption(option.Split('=', ':')[0], arguments)
            : arguments.UnmatchedTokens.Count > 0
                ? UnknownWord(arguments.UnmatchedTokens[0], arguments)
                : MissingArgument(arguments) ?? arguments.Errors[0].Message;
        return OneLine(message, LongestUsageError) + " See --help.";
    }

    /// <summary>A message without line breaks, cut to a length.</summary>
    public static string OneLine(string message, int longest = LongestMessage) =>
        MessageText.Shortened(message.ReplaceLineEndings(" "), longest);

    /// <summary>The words behind "--", which are no options, whatever they begin with.</summary>
    private static string[] Escaped(ParseResult arguments) =>
    [
        .. arguments.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Select(token => token.Value),
    ];

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-' && !char.IsAsciiDigit(token[1]);

    private static string? MissingArgument(ParseResult arguments)
    {
        Command command = arguments.CommandResult.Command;
        return command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && arguments.GetResult(argument) is not { Tokens.Count: > 0 })
            is { } missing
            ? $"'{command.Name}' needs {missing.Name}: {missing.Description}"
            : null;
    }

    private static string UnknownOption(string name, ParseResult arguments)
    {
        Command command = arguments.CommandResult.Command;
        string where = command is RootCommand ? "There is no option" : $"'{command.Name}' has no option";
        IEnumerable<string> options = command.Options.Where(option => !option.Hidden).Select(option => option.Name);
        string[] owners =
        [
            .. arguments.RootCommandResult.Command.Subcommands
                .Where(other => !other.Hidden && other.Options.Any(option => option.Name == name))
                .Select(other => $"'{other.Name}'"),
        ];
        return owners.Length > 0
            ? $"{where} '{name}', which belongs to {string.Join(", ", owners)}."
            : $"{where} '{name}'.{NearestName.Question(name, options)}";
    }

    private static string UnknownWord(string word, ParseResult arguments)
    {
        Command command = arguments.CommandResult.Command;
        IEnumerable<string> names =
        [
            .. command.Subcommands.Where(other => !other.Hidden).Select(other => other.Name),
            .. command.Options.Where(option => !option.Hidden).Select(option => option.Name),
        ];
        return $"'{word}' is not understood here.{NearestName.Question(word, names)}";
    }
}
