using NeuralNet.Guards;

namespace NeuralNet.Kinds;

/// <summary>Compares the settings of a training in a checkpoint with those here.</summary>
internal static class SettingsComparison
{
    private const int MostShown = 6;
    private const int LongestShown = 250;
    private const int ShownBefore = 40;

    /// <summary>Names the settings that differ, with both sides; null if there are none.</summary>
    /// <param name="saved">The settings of the checkpoint, by name.</param>
    /// <param name="here">The settings here, by name.</param>
    public static string? Differences(
        IReadOnlyDictionary<string, string> saved, IReadOnlyDictionary<string, string> here)
    {
        string[] names =
        [
            .. saved.Keys.Union(here.Keys)
                .Where(name => saved.GetValueOrDefault(name) != here.GetValueOrDefault(name)),
        ];
        return names.Length == 0
            ? null
            : string.Join(
                "; ",
                names.Take(MostShown).Select(name => Difference(
                    name, saved.GetValueOrDefault(name, "not set"), here.GetValueOrDefault(name, "not set"))))
            + (names.Length > MostShown ? "; …" : "");
    }

    /// <summary>Both values; of long ones only the part in which they differ.</summary>
    private static string Difference(string name, string saved, string here)
    {
        int start = Math.Max(0, saved.AsSpan().CommonPrefixLength(here) - ShownBefore);
        return $"{MessageText.Shortened(name)}: {Shown(saved)} in the checkpoint, {Shown(here)} here";

        string Shown(string text)
        {
            if (text.Length <= LongestShown)
            {
                return MessageText.Printable(text);
            }

            int length = Math.Min(LongestShown, text.Length - start);
            bool isCut = start + length < text.Length;
            return $"{(start > 0 ? "…" : "")}{MessageText.Printable(text.AsSpan(start, length))}{(isCut ? "…" : "")}";
        }
    }
}
