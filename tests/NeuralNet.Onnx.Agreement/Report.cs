namespace NeuralNet.Onnx.Agreement;

/// <summary>Prints what was found.</summary>
internal static class Report
{
    /// <summary>Prints each finding and the counts.</summary>
    /// <returns>0 if nothing is wrong and nothing crashed, else 1.</returns>
    public static int Print(IEnumerable<Finding> findings)
    {
        var counts = new SortedDictionary<Verdict, int>();
        foreach (Finding finding in findings)
        {
            Console.WriteLine(finding);
            counts[finding.Verdict] = counts.GetValueOrDefault(finding.Verdict) + 1;
        }

        Console.WriteLine(string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}")));
        return counts.GetValueOrDefault(Verdict.Wrong) + counts.GetValueOrDefault(Verdict.Crashed) == 0 ? 0 : 1;
    }
}
