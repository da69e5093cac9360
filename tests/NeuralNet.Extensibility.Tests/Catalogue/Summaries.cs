using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NeuralNet.Extensibility.Tests.Catalogue;

/// <summary>
/// The first sentences of the summaries of types, as Markdown, out of the files that the compiler wrote.
/// </summary>
internal sealed partial class Summaries
{
    private readonly Dictionary<string, XElement> _members = [];

    /// <summary>The first sentence of a type's summary.</summary>
    public string this[Type type] => FirstSentence(_members[$"T:{type.FullName}"].Element("summary")!);

    /// <summary>Reads the documentation of assemblies.</summary>
    public static Summaries Of(IEnumerable<Assembly> assemblies)
    {
        var summaries = new Summaries();
        foreach (Assembly assembly in assemblies)
        {
            foreach (XElement member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
                .Descendants("member"))
            {
                summaries._members[member.Attribute("name")!.Value] = member;
            }
        }

        return summaries;
    }

    private static string FirstSentence(XElement summary)
    {
        string text = Spaces().Replace(string.Concat(summary.Nodes().Select(Markdown)), " ").Trim();
        return End().Match(text) is { Success: true } end ? text[..(end.Index + 1)] : text;
    }

    private static string Markdown(XNode node) => node switch
    {
        XText plain => plain.Value.Replace("|", "\\|", StringComparison.Ordinal),
        XElement { Name.LocalName: "see" or "paramref" or "typeparamref" } link => $"`{NameIn(link)}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value.Replace("|", "\\|", StringComparison.Ordinal)}`",
        XElement other => string.Concat(other.Nodes().Select(Markdown)),
        _ => "",
    };

    private static string NameIn(XElement link)
    {
        string name = link.Attributes().First().Value;
        return Arity().Replace(name[(name.LastIndexOf('.') + 1)..], "");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\.(?= )")]
    private static partial Regex End();

    [GeneratedRegex(@"`+\d+(\(.*)?$|\(.*")]
    private static partial Regex Arity();
}
