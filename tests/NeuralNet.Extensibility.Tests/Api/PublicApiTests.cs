using System.Reflection;

namespace NeuralNet.Extensibility.Tests.Api;

/// <summary>
/// Each package's public API is that of a text file beside this one, so that a change of it is seen in review. A change
/// that is meant is made known by copying the new listing, whose path the failure names, over the old one.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly string[] _packages =
    [
        "NeuralNet", "NeuralNet.Tables", "NeuralNet.Tables.DataFrames", "NeuralNet.Tables.Parquet",
        "NeuralNet.Data.Images", "NeuralNet.Extensions.DependencyInjection", "NeuralNet.Extensions.Logging",
        "NeuralNet.Onnx", "NeuralNet.Forecasting", "NeuralNet.Datasets", "NeuralNet.Reports",
        "NeuralNet.Mpi",
    ];

    public static TheoryData<string> Packages { get; } = new(_packages);

    /// <summary>The assemblies of all packages.</summary>
    public static IEnumerable<Assembly> Assemblies => _packages.Select(Assembly.Load);

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_API_is_the_one_listed(string package)
    {
        string actual = ApiListing.Of(Assembly.Load(package));
        string listed = Path.Combine(AppContext.BaseDirectory, "Api", package + ".txt");
        string received = Path.Combine(AppContext.BaseDirectory, "Api", package + ".received.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, actual);
        string expected = File.Exists(listed) ? File.ReadAllText(listed).ReplaceLineEndings("\n") : "";
        string[] changes =
        [
            .. expected.Split('\n').Except(actual.Split('\n')).Select(line => "gone: " + line.Trim()),
            .. actual.Split('\n').Except(expected.Split('\n')).Select(line => "new: " + line.Trim()),
        ];
        changes
            .Should()
            .BeEmpty($"the public API of {package} is listed in Api/{package}.txt; the new listing is {received}");
        actual.Should().Be(expected);
    }
}
