using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace NeuralNet.Reports.Html;

/// <summary>Makes elements that are valid in both HTML and XML; all text is escaped.</summary>
internal static class Tag
{
    // The elements that HTML allows no end tag for; all others need one, even if they are empty.
    private static readonly HashSet<string> _void = ["br", "img", "input", "link", "meta"];

    /// <summary>Makes an element of attributes, elements and text.</summary>
    public static XElement Of(string name, params object?[] content)
    {
        var element = new XElement(name, content.Select(Clean));
        if (element.IsEmpty && !_void.Contains(name))
        {
            element.Add("");
        }

        return element;
    }

    /// <summary>Makes an attribute.</summary>
    public static XAttribute Attribute(string name, string value) => new(name, Clean(value)!);

    /// <summary>Makes an attribute of a number with at most one decimal, as coordinates need.</summary>
    public static XAttribute Attribute(string name, double value) =>
        new(name, value.ToString("0.#", CultureInfo.InvariantCulture));

    /// <summary>Makes a class attribute.</summary>
    public static XAttribute Class(string name) => new("class", name);

    /// <summary>Makes a heading of a table's row or column.</summary>
    public static XElement Heading(string scope, string text) => Of("th", Attribute("scope", scope), text);

    /// <summary>
    /// Puts a table where it can be scrolled sideways if it is wider than the screen, by keyboard, too.
    /// </summary>
    /// <param name="label">What the table shows.</param>
    /// <param name="table">The table.</param>
    /// <param name="note">A line below it, which stays where it is; none if empty.</param>
    public static XElement Scroll(string label, XElement table, string note = "") => Of(
        "div",
        Of(
            "div",
            Class("scroll"),
            Attribute("role", "region"),
            Attribute("aria-label", label),
            Attribute("tabindex", "0"),
            table),
        note.Length == 0 ? null : Of("p", Class("soft small"), note));

    // Some characters are not allowed in XML at all, but a name may have them.
    private static object? Clean(object? content) => content is string text
        ? string.Concat(text.EnumerateRunes().Select(rune =>
            rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()))
        : content;
}
