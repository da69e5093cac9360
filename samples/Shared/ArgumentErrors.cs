using System.CommandLine;
using NeuralNet.Guards;

namespace NeuralNet.Samples;

/// <summary>Describes what is wrong with a command line, in one line.</summary>
internal static class ArgumentErrors
{
    /// <summary>The first error, and the option or command that was probably meant.</summary>
    public static string First(ParseResult arguments)
    {
        string message = arguments.Errors[0].Message.ReplaceLineEndings(" ");
        if (arguments.UnmatchedTokens is [{ } token, ..] && message.Contains(token, StringComparison.Ordinal))
        {
            Command command = arguments.CommandResult.Command;
            IEnumerable<string> known = command.Options
                .Concat(arguments.RootCommandResult.Command.Options)
                .Select(option => option.Name)
                .Concat(command.Subcommands.Select(subcommand => subcommand.Name));
            message += NearestName.Question(token.Split('=')[0], known);
        }

        return message + " See --help.";
    }
}
