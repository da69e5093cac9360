using BenchmarkDotNet.Running;
using NeuralNet.Guards;

namespace NeuralNet.Benchmarks;

/// <summary>Measures the library: alone with BenchmarkDotNet, or with <c>peers</c> side by side with others.</summary>
internal static class Program
{
    private const string Peers = "peers";

    public static int Main(string[] args)
    {
        if (args is [Peers, .. string[] options])
        {
            return PeersCommand.Run(options);
        }

        if (args.Length > 0 && NearestName.To(args[0], [Peers]) is not null)
        {
            Console.Error.WriteLine($"There is no command '{args[0]}'. Did you mean '{Peers}'?");
            return 2;
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
