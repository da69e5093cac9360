using System.CommandLine;
using NeuralNet.Soak.Digests;

namespace NeuralNet.Soak;

/// <summary>Tests that are too long or too rough for unit tests.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        var root = new RootCommand(
            "Long trials of training: crashes, memory, streams, large models, bits. "
            + "Each exits with 0 if it came out well.");
        root.Subcommands.Add(CrashCommand.Create());
        root.Subcommands.Add(ChildCommand.Create());
        root.Subcommands.Add(MemoryCommand.Create());
        root.Subcommands.Add(StreamCommand.Create());
        root.Subcommands.Add(LoadCommand.Create());
        root.Subcommands.Add(DigestsCommand.Create());
        return root.Parse(args).Invoke();
    }
}
