using System.CommandLine;
using System.Text;
using NeuralNet.Samples.CommandLine;
using Spectre.Console;

namespace NeuralNet.Samples.ChainRule;

/// <summary>Walks through a small network, forward and back, with the numbers put into the formulas.</summary>
internal static class Program
{
    private const int Success = 0;

    public static int Main(string[] args)
    {
        // UTF-8 is the default elsewhere; on Windows the default code page lacks the Greek letters.
        Console.OutputEncoding = Encoding.UTF8;
        IPage page = Console.IsOutputRedirected ? new PlainPage(Console.Out) : new ConsolePage(AnsiConsole.Console);
        return Run(args, page, Console.Out, Console.Error);
    }

    /// <summary>Reads the command line and writes the page; errors become one line and an exit code.</summary>
    internal static int Run(string[] args, IPage page, TextWriter output, TextWriter error)
    {
        var command = new ChainRuleCommand();
        ParseResult arguments = command.Parse(args);
        if (CommandLineError.Of(arguments) is { } wrong)
        {
            error.WriteLine(wrong);
            return CommandLineError.ExitCode;
        }

        if (arguments.Action is not null)
        {
            // --help or --version
            return arguments.Invoke(new() { Output = output, Error = error });
        }

        ChainRuleOptions options = command.Bind(arguments);
        Walkthrough.Write(page, Example.Create(options.Seed), options);
        return Success;
    }
}
