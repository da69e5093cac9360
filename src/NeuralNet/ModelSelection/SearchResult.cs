using System.Globalization;

namespace NeuralNet.ModelSelection;

/// <summary>The result of a search.</summary>
/// <param name="Trials">
/// The finished trials, best first; of equal ones the one with the lower number first, failed ones at the end.
/// </param>
/// <param name="WasCancelled">Whether the search was ended before all trials were done.</param>
public sealed record SearchResult(IReadOnlyList<Trial> Trials, bool WasCancelled)
{
    /// <summary>The best trial; null where every one failed, or none was finished.</summary>
    public Trial? Best => Trials.Count > 0 && !double.IsNaN(Trials[0].Score) ? Trials[0] : null;

    /// <summary>The number of finished trials and the best one, as readable text.</summary>
    /// <returns>For example <c>12 trials; best: trial 3: hidden 32, rate 0.01: score 0.91</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Trials.Count} trials{(WasCancelled ? " (cancelled)" : "")}; best: {Best?.ToString() ?? "none"}");
}
