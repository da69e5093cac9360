using BenchmarkDotNet.Running;

namespace NeuralNet.Benchmarks;

/// <summary>Measures the library: alone with BenchmarkDotNet, or with <c>peers</c> side by side with others.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (args is ["peers", .. string[] options])
        {
            return PeersCommand.Run(options);
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
