namespace NeuralNet.Fuzz;

/// <summary>The result of a run.</summary>
/// <param name="Cases">Files read.</param>
/// <param name="Accepted">Files that were read without complaint.</param>
/// <param name="Reasons">The different reasons for which files were refused.</param>
/// <param name="LargestShare">The largest share of the allocation limit that a file took.</param>
/// <param name="Findings">Files treated wrongly.</param>
internal sealed record FuzzReport(
    long Cases, long Accepted, IReadOnlySet<string> Reasons, double LargestShare, IReadOnlyList<FuzzFinding> Findings)
{
    /// <summary>Files that were refused as they should be.</summary>
    public long Refused => Cases - Accepted - Findings.Count;
}
