using System.Globalization;
using System.Text.Json.Nodes;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>Checks that a peer's results agree with ours, so that both sides compute the same thing.</summary>
internal static class Agreement
{
    /// <summary>Requires that numbers agree to a tolerance, relative where they are above 1.</summary>
    /// <exception cref="PeerException">The numbers do not agree.</exception>
    public static void Require(string what, IReadOnlyList<double> ours, JsonNode? answer, double tolerance) =>
        Require(what, ours, [.. answer!.AsArray().Select(value => (double)value!)], tolerance);

    /// <summary>Requires that numbers agree to a tolerance, relative where they are above 1.</summary>
    /// <exception cref="PeerException">The numbers do not agree.</exception>
    public static void Require(
        string what, IReadOnlyList<double> ours, IReadOnlyList<double> peer, double tolerance)
    {
        if (peer.Count != ours.Count)
        {
            throw new PeerException($"{what}: the peer has {peer.Count} numbers, not {ours.Count}.");
        }

        for (int i = 0; i < peer.Count; i++)
        {
            // Written so that NaN is refused.
            if (!(Math.Abs(peer[i] - ours[i]) <= tolerance * Math.Max(1, Math.Abs(ours[i]))))
            {
                throw new PeerException(string.Create(
                    CultureInfo.InvariantCulture, $"{what}: number {i} is {ours[i]:G7} here and {peer[i]:G7} there."));
            }
        }
    }
}
