namespace NeuralNet.Onnx.Agreement;

/// <summary>Prints a table of operators and what their tests came to.</summary>
internal static class NodeReport
{
    /// <summary>Prints the table, then each finding that is wrong, and, if asked, each refusal.</summary>
    /// <returns>0 if nothing is wrong and nothing crashed, else 1.</returns>
    public static int Print(IEnumerable<(string Operation, Finding Finding)> findings, bool showsRefusals)
    {
        (string Operation, Finding Finding)[] all = [.. findings];
        Console.WriteLine("| operator | passed | refused | wrong | crashed | why refused, for example |");
        Console.WriteLine("|---|--:|--:|--:|--:|---|");
        foreach (IGrouping<string, Finding> group in all
            .GroupBy(one => one.Operation, one => one.Finding).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            string reason = group.FirstOrDefault(one => one.Verdict == Verdict.Refused)?.Remark ?? "";
            Console.WriteLine(
                $"| {group.Key} | {Count(group, Verdict.Agrees)} | {Count(group, Verdict.Refused)} | "
                + $"{Count(group, Verdict.Wrong)} | {Count(group, Verdict.Crashed)} | {Short(reason)} |");
        }

        Finding[] results = [.. all.Select(one => one.Finding)];
        foreach (Finding finding in results.Where(one =>
            one.Verdict is Verdict.Wrong or Verdict.Crashed || (showsRefusals && one.Verdict == Verdict.Refused)))
        {
            Console.WriteLine(finding);
        }

        Console.WriteLine(
            $"{Count(results, Verdict.Agrees)} passed, {Count(results, Verdict.Refused)} refused with a reason, "
            + $"{Count(results, Verdict.Wrong)} wrong, {Count(results, Verdict.Crashed)} crashed");
        return Count(results, Verdict.Wrong) + Count(results, Verdict.Crashed) == 0 ? 0 : 1;
    }

    private static int Count(IEnumerable<Finding> findings, Verdict verdict) =>
        findings.Count(one => one.Verdict == verdict);

    private static string Short(string reason)
    {
        const int Most = 110;
        string line = reason.Replace('\n', ' ').Replace("|", "/", StringComparison.Ordinal);
        line = line[(line.IndexOf(": ", StringComparison.Ordinal) is >= 0 and int colon ? colon + 2 : 0)..];
        return line.Length > Most ? line[..Most] + "…" : line;
    }
}
