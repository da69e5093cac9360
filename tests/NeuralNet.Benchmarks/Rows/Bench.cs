using System.Text.Json.Nodes;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>What a subject measures with.</summary>
/// <param name="Options">What the user asked for.</param>
/// <param name="Comparison">How two sides are compared.</param>
/// <param name="Report">Where the results go.</param>
/// <param name="Files">Where both sides find the same numbers.</param>
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
