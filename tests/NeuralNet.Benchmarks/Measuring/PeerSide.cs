using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>A peer's side: the work that its process was last set up for. The peer reads its own clock.</summary>
internal sealed class PeerSide(PeerProcess process) : ISide
{
    public double Run(int unmeasured, int iterations)
    {
        JsonObject answer = process.Ask(new()
        {
            ["command"] = "run",
            ["unmeasured"] = unmeasured,
            ["iterations"] = iterations,
        });
        return (double)answer["seconds"]!;
    }
}
