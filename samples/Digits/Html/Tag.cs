using System.Xml;
using System.Xml.Linq;

namespace NeuralNet.Samples.Digits.Html;

/// <summary>Makes elements that are valid in both HTML and XML; all text is escaped.</summary>
internal static class Tag
{
    // The elements that HTML allows no end tag for; all others need one, even if they are empty.
    private static readonly HashSet<string> _void = ["br", "hr", "img", "meta"];

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

    /// <summary>Makes a class attribute.</summary>
    public static XAttribute Class(string name) => new("class", name);

    // Some characters are not allowed in XML at all, but the name of a folder may have them.
    private static object? Clean(object? content) => content is string text
        ? string.Concat(text.EnumerateRunes().Select(rune =>
            rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()))
        : content;
}
