using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The README's table of samples names every one, and says truly how long each is.</summary>
public sealed partial class SampleTableTests
{
    // Walkthroughs and applications, which are more than one idea and one file.
    private static readonly string[] _applications = ["ChainRule", "Digits", "Playground", "Regression"];

    private static readonly string _samples = Path.Combine(LinkTests.Repository, "samples");

    private static readonly string[] _names =
    [
        .. Directory.GetDirectories(_samples).Select(folder => Path.GetFileName(folder))
            .Where(name => File.Exists(Path.Combine(_samples, name, $"{name}.csproj"))).Order(),
    ];

    public static TheoryData<string> Samples { get; } = new(_names);

    public static TheoryData<string> Gallery { get; } = new(_names.Except(_applications));

    [Fact]
    public void The_table_names_every_sample_and_no_other() => Table().Keys.Should().BeEquivalentTo(_names);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_as_long_as_the_table_says(string sample) =>
        Table().GetValueOrDefault(sample).Should().Be(SourceOf(sample).Sum(path => File.ReadLines(path).Count()));

    [Theory]
    [MemberData(nameof(Gallery))]
    public void A_sample_of_the_gallery_is_one_file_of_at_most_sixty_lines(string sample)
    {
        string[] source = SourceOf(sample);
        source.Select(path => Path.GetFileName(path)).Should().Equal("Program.cs");
        File.ReadLines(source[0]).Count().Should().BeLessThanOrEqualTo(60);
    }

    [Theory]
    [MemberData(nameof(Gallery))]
    public void A_sample_of_the_gallery_is_part_of_the_solution(string sample) =>
        File.ReadAllText(Path.Combine(LinkTests.Repository, "NeuralNet.sln"))
            .Should().Contain($@"samples\{sample}\{sample}.csproj");

    private static Dictionary<string, int> Table() => Row().Matches(Snippets.Read("README.md")).ToDictionary(
        row => row.Groups[1].Value,
        row => int.Parse(row.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

    private static string[] SourceOf(string sample)
    {
        string folder = Path.Combine(_samples, sample);
        return
        [
            .. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Where(path => !Path
                .GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")),
        ];
    }

    // | `Xor` | what it does | 20 |
    [GeneratedRegex(@"^\| `(\w+)` \| .+ \| ([\d,]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
