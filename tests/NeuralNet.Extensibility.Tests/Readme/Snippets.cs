using System.Text.RegularExpressions;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The C# of our pages, and the files that it is compiled in.</summary>
internal static partial class Snippets
{
    /// <summary>The README and the guides.</summary>
    public static IEnumerable<string> Pages =>
        ["README.md", .. Directory.GetFiles(At("docs"), "*.md").Where(path => !path.EndsWith(".received.md"))];

    public static string Read(string page) => File.ReadAllText(At(page)).ReplaceLineEndings("\n");

    public static IEnumerable<string> In(string page) =>
        CSharpFence().Matches(page).Select(match => match.Groups[1].Value);

    /// <summary>Its directives stand in a compiled file, and the rest of it, line by line, as it is.</summary>
    public static void ShouldBeCompiled(string snippet)
    {
        string[] lines = Lines(snippet);
        string[] directives = [.. lines.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal))];
        string wanted = Normalize(lines[directives.Length..]);
        Directory.GetFiles(At("Compiled")).Select(path => Lines(File.ReadAllText(path)))
            .Should().Contain(
                file => Normalize(file).Contains(wanted, StringComparison.Ordinal)
                && directives.All(directive => file.Contains(directive)),
                snippet.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }

    private static string At(string name) => Path.Combine(AppContext.BaseDirectory, "Snippets", name);

    // Indentation depends on where a snippet stands; blank lines and line ends on taste and platform.
    private static string[] Lines(string text) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string Normalize(IEnumerable<string> lines) => string.Join('\n', lines);

    [GeneratedRegex("```csharp\r?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpFence();
}
