using System.Xml.Linq;

namespace NeuralNet.Reports.Html;

/// <summary>The settings of a run as a table.</summary>
internal static class SettingsTable
{
    /// <summary>Makes the table.</summary>
    public static XElement Of(IEnumerable<KeyValuePair<string, string>> settings) => Tag.Of(
        "table",
        Tag.Class("settings"),
        Tag.Of("tbody", settings.Select(setting => Tag.Of(
            "tr", Tag.Heading("row", setting.Key), Tag.Of("td", setting.Value)))));
}
