using System.Xml.Linq;

namespace NeuralNet.Reports.Html;

/// <summary>An HTML document that needs nothing else, and is well-formed XML, too.</summary>
internal static class Page
{
    /// <summary>Writes it.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="head">What its head has besides; nulls are left out.</param>
    /// <param name="main">Its contents.</param>
    /// <param name="script">A script at its end; none if null.</param>
    public static string Write(
        string title, XElement? head, IEnumerable<XElement?> main, XElement? script = null)
    {
        XElement html = Tag.Of(
            "html",
            Tag.Attribute("lang", "en"),
            Tag.Of(
                "head",
                Tag.Of("meta", Tag.Attribute("charset", "utf-8")),
                Tag.Of(
                    "meta",
                    Tag.Attribute("name", "viewport"),
                    Tag.Attribute("content", "width=device-width, initial-scale=1")),
                // Browsers would ask the server for one otherwise.
                Tag.Of("link", Tag.Attribute("rel", "icon"), Tag.Attribute("href", "data:,")),
                Tag.Of("title", title),
                head,
                Tag.Of("style", Style.Css)),
            Tag.Of("body", Tag.Of("main", main), script));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    /// <summary>A heading with charts below it; nothing if there are none.</summary>
    public static IEnumerable<XElement> Charts(string heading, IEnumerable<XElement> charts, string? note = null)
    {
        XElement[] all = [.. charts];
        return all.Length == 0
            ? []
            :
            [
                Tag.Of("h2", heading),
                Tag.Of(
                    "div",
                    Tag.Class("charts"),
                    all,
                    note is null ? null : Tag.Of("p", Tag.Class("soft note"), note)),
            ];
    }

    /// <summary>What is there for those who want it, to be opened.</summary>
    public static XElement Details(string summary, params XElement[] content) =>
        Tag.Of("details", Tag.Of("summary", summary), content);
}
