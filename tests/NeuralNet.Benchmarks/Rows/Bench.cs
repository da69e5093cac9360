using System.Text.Json.Nodes;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>The tools with which a subject measures.</summary>
/// <param name="Options">The user's options.</param>
/// <param name="Comparison">The comparison of two sides.</param>
/// <param name="Report">The report for the results.</param>
/// <param name="Files">The folder with the numbers for both sides.</param>
internal sealed record Bench(
    PeersOptions Options, Comparison Comparison, MarkdownReport Report, TemporaryFolder Files)
{
    /// <summary>Starts PyTorch and tells the report about it.</summary>
    public PeerProcess StartTorch(ThreadSettings threads) => StartPython("torch_peer.py", threads);

    /// <summary>Starts PyTorch with each of the settings for a number of threads.</summary>
    public PeerTeam StartTorchTeam(int threads) => new([.. ThreadSettings.For(threads).Select(StartTorch)]);

    /// <summary>Starts a Python script and tells the report about its libraries.</summary>
    public PeerProcess StartPython(string script, ThreadSettings threads, params IReadOnlyList<string> arguments) =>
        Introduce(PeerProcess.Start(Options.Python, script, threads, arguments));

    /// <summary>Starts a Node.js script and tells the report about its libraries.</summary>
    public PeerProcess StartNode(string script) =>
        Introduce(PeerProcess.Start(Options.Node, script, ThreadSettings.One));

    private PeerProcess Introduce(PeerProcess peer)
    {
        foreach ((string name, JsonNode? version) in peer.Hello)
        {
            Report.Peer(name, (string)version!);
        }

        return peer;
    }
}
