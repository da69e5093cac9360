using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;

namespace NeuralNet.Benchmarks.Peers;

/// <summary>The tools with which a subject measures.</summary>
/// <param name="Options">The user's options.</param>
/// <param name="Comparison">The comparison of two sides.</param>
/// <param name="Report">The report for the results.</param>
internal sealed record PeerBench(Options Options, Comparison Comparison, MarkdownReport Report)
{
    /// <summary>The numbers of threads to measure with, none above that of the processors.</summary>
    public IEnumerable<int> Threads()
    {
        foreach (int threads in Options.Threads ?? [1, 2])
        {
            if (threads <= Environment.ProcessorCount)
            {
                yield return threads;
            }
            else
            {
                Report.Note($"{threads} threads were left out: there are {Environment.ProcessorCount} processors.");
            }
        }
    }

    /// <summary>Those of some networks that the user asks for.</summary>
    public IReadOnlyList<MeasuredNetwork> Chosen(IReadOnlyList<MeasuredNetwork> networks) =>
        [.. networks.Where(network => Options.Networks.Contains(network.Key))];

    /// <summary>A number of threads as the titles of tables have it.</summary>
    public static string Text(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";
}
