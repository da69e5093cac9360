using System.Reflection;
using NeuralNet.Tests.Kernels;
using Xunit.Sdk;

namespace NeuralNet.TestRunner;

/// <summary>
/// Runs tests of NeuralNet.Tests within its own process: on an emulated processor, "dotnet test" finds no SDK and no
/// program to host them.
/// </summary>
internal static class Program
{
    /// <summary>Runs the tests of folders or classes, such as Kernels or Layers.Dense; 1 if one fails.</summary>
    public static int Main(string[] names)
    {
        Assembly tests = typeof(MatrixProductTests).Assembly;
        var assembly = new TestAssembly(Reflector.Wrap(tests));
        using var discoverer = new XunitTestFrameworkDiscoverer(
            Reflector.Wrap(tests), new NoSource(), new NullMessageSink());
        using var found = new DiscoveredTests();
        foreach (Type type in tests.GetTypes().Where(type => names.Any(name =>
            type.FullName!.StartsWith($"NeuralNet.Tests.{name}", StringComparison.Ordinal))))
        {
            discoverer.Find(type.FullName!, includeSourceInformation: false, found, new SequentialOptions());
            found.Finished.WaitOne();
        }

        if (found.Cases.Count == 0)
        {
            Console.Error.WriteLine($"NeuralNet.Tests has no folder or class '{string.Join("' or '", names)}'.");
            return 2;
        }

        var outcomes = new Outcomes();
        using var runner = new XunitTestAssemblyRunner(
            assembly, found.Cases, new NullMessageSink(), outcomes, new SequentialOptions());
        RunSummary summary = runner.RunAsync().GetAwaiter().GetResult();
        Console.WriteLine($"{summary.Total - summary.Failed - summary.Skipped} passed, {summary.Failed} failed");
        return summary.Failed == 0 ? 0 : 1;
    }
}
