using BenchmarkDotNet.Running;
using NeuralNet.Benchmarks.Forecasts;
using NeuralNet.Benchmarks.Tables;
using NeuralNet.Benchmarks.Workers;
using NeuralNet.Guards;

namespace NeuralNet.Benchmarks;

/// <summary>Measures the library: alone with BenchmarkDotNet, with <c>peers</c> side by side with
/// others, with <c>workers</c> over processes, or with <c>tables</c> and <c>forecasts</c> by how good its networks are
/// on real data.</summary>
internal static class Program
{
    private const string Peers = "peers";
    private const string Tables = "tables";
    private const string Forecasts = "forecasts";
    private const string Workers = "workers";

    public static int Main(string[] args)
    {
        if (args is [Peers, .. string[] options])
        {
            return PeersCommand.Run(options);
        }

        if (args is [Tables, .. string[] tables])
        {
            return TablesCommand.Run(tables);
        }

        if (args is [Forecasts, .. string[] forecasts])
        {
            return ForecastsCommand.Run(forecasts);
        }

        if (args is [Workers, .. string[] workers])
        {
            return WorkersCommand.Run(workers);
        }

        if (args.Length > 0 && NearestName.To(args[0], [Peers, Tables, Forecasts, Workers]) is { } meant)
        {
            Console.Error.WriteLine($"There is no command '{args[0]}'. Did you mean '{meant}'?");
            return 2;
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
