using System.Reflection;
using System.Text.RegularExpressions;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>Every link of a page into the repository leads somewhere.</summary>
public sealed partial class LinkTests
{
    /// <summary>The folder of the repository.</summary>
    public static string Repository { get; } = typeof(LinkTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Repository").Value!;

    public static TheoryData<string> Pages { get; } = new(
        from folder in (string[])["", "docs", "src", "samples", "tests"]
        from path in Directory.GetFiles(
            Path.Combine(Repository, folder),
            "*.md",
            folder is "" or "docs" ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Repository, path).Replace('\\', '/')
        where !name.Split('/').Any(part => part is "bin" or "obj" or "node_modules")
        select name);

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_somewhere(string page)
    {
        string path = Path.Combine(Repository, page);
        string text = WithoutCode(File.ReadAllText(path));
        foreach (string link in Link().Matches(text).Select(match => match.Groups[1].Value))
        {
            if (link.StartsWith("http", StringComparison.Ordinal))
            {
                continue;
            }

            string[] parts = link.Split('#');
            string target = parts[0].Length == 0
                ? path
                : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, parts[0]));
            Path.Exists(target).Should().BeTrue($"{page} links to {link}");
            if (parts.Length > 1)
            {
                Heading().Matches(WithoutCode(File.ReadAllText(target))).Select(match => Anchor(match.Groups[1].Value))
                    .Should().Contain(parts[1], $"{page} links to {link}");
            }
        }
    }

    [Fact]
    public void There_are_pages() => Pages.Should().HaveCountGreaterThan(15);

    private static string WithoutCode(string text) => Fence().Replace(text, "");

    private static string Anchor(string heading) => new(
        [.. heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')
            .Select(c => c == ' ' ? '-' : c)]);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
