using System.Reflection;
using NeuralNet.Tests.Kernels;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NeuralNet.TestRunner;

/// <summary>
/// Runs tests of NeuralNet.Tests within its own process: on an emulated processor, "dotnet test" finds no SDK and no
/// program to host them.
/// </summary>
internal static class Program
{
    /// <summary>Runs the tests of the folders whose names are given, such as Kernels, and says how many failed.</summary>
    public static int Main(string[] folders)
    {
        Assembly tests = typeof(MatrixProductTests).Assembly;
        var assembly = new TestAssembly(Reflector.Wrap(tests));
        using var discoverer = new XunitTestFrameworkDiscoverer(
            Reflector.Wrap(tests), new NoSource(), new NullMessageSink());
        using var found = new DiscoveredTests();
        discoverer.Find(includeSourceInformation: false, found, new SequentialOptions());
        found.Finished.WaitOne();
        IXunitTestCase[] cases = [.. found.Cases.Where(one => folders.Any(folder =>
            one.TestMethod.TestClass.Class.Name.StartsWith($"NeuralNet.Tests.{folder}.", StringComparison.Ordinal)))];
        if (cases.Length == 0)
        {
            Console.Error.WriteLine($"NeuralNet.Tests has no tests in the folders '{string.Join("', '", folders)}'.");
            return 2;
        }

        var outcomes = new Outcomes();
        using var runner = new XunitTestAssemblyRunner(
            assembly, cases, new NullMessageSink(), outcomes, new SequentialOptions());
        RunSummary summary = runner.RunAsync().GetAwaiter().GetResult();
        Console.WriteLine($"{summary.Total - summary.Failed - summary.Skipped} passed, {summary.Failed} failed");
        return summary.Failed == 0 ? 0 : 1;
    }
}
