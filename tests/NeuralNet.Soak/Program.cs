using System.CommandLine;
using NeuralNet.Samples.CommandLine;
using NeuralNet.Soak.Digests;

namespace NeuralNet.Soak;

/// <summary>Tests that are too long or too rough for unit tests.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        var root = new RootCommand(
            "Long trials of training: crashes, memory, streams, large models, bits, memory over many steps. "
            + "Each exits with 0 if it came out well, and with 2 if an option is wrong.");
        root.Subcommands.Add(CrashCommand.Create());
        root.Subcommands.Add(ChildCommand.Create());
        root.Subcommands.Add(MpiCrashCommand.Create());
        root.Subcommands.Add(MpiFailCommand.Create());
        root.Subcommands.Add(MemoryCommand.Create());
        root.Subcommands.Add(StreamCommand.Create());
        root.Subcommands.Add(LoadCommand.Create());
        root.Subcommands.Add(DigestsCommand.Create());
        root.Subcommands.Add(AdditionCommand.Create());
        ParseResult arguments = root.Parse(args);
        if (CommandLineError.Of(arguments) is { } wrong)
        {
            Console.Error.WriteLine(wrong);
            return CommandLineError.ExitCode;
        }

        return arguments.Invoke();
    }
}
