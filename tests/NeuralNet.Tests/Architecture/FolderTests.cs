using System.Text.RegularExpressions;

namespace NeuralNet.Tests.Architecture;

/// <summary>A folder is a namespace is a concept, and imports point one way only.</summary>
public sealed partial class FolderTests
{
    /// <summary>What each folder may import; a folder stands below all that it imports.</summary>
    private static readonly Dictionary<string, string[]> _imports = new()
    {
        ["Guards"] = [],
        ["Files"] = ["Guards"],
        ["LinearAlgebra"] = ["Guards"],
        ["Randomness"] = [],
        ["Streams"] = [],
        ["Kernels"] = ["LinearAlgebra"],
        ["Preprocessing"] = ["Guards", "LinearAlgebra"],
        ["Initializers"] = ["Guards", "LinearAlgebra"],
        ["Activations"] = ["Guards", "LinearAlgebra", "Kernels", "Initializers"],
        ["Decisions"] = ["Guards", "Activations"],
        ["Calibrations"] = ["Guards", "Kernels", "Decisions"],
        ["Conformal"] = ["Guards", "Decisions"],
        ["Losses"] = ["Guards", "LinearAlgebra", "Kernels", "Decisions"],
        ["Regularization"] = ["Guards", "LinearAlgebra", "Kernels"],
        ["Layers"] =
        [
            "Guards", "LinearAlgebra", "Randomness", "Kernels", "Initializers", "Activations", "Regularization",
        ],
        ["Convolutions"] =
        [
            "Guards", "LinearAlgebra", "Kernels", "Initializers", "Activations", "Regularization", "Layers",
        ],
        ["Recurrence"] =
        [
            "Guards", "LinearAlgebra", "Kernels", "Initializers", "Activations", "Regularization", "Layers",
        ],
        ["Networks"] =
        [
            "Guards", "LinearAlgebra", "Randomness", "Kernels", "Initializers", "Activations", "Losses",
            "Regularization", "Layers", "Convolutions", "Recurrence",
        ],
        ["Data"] = ["Guards", "LinearAlgebra", "Randomness", "Streams", "Preprocessing"],
        ["Text"] = ["Guards", "Randomness", "Activations", "Networks", "Data"],
        ["Pipelines"] =
        [
            "Guards", "LinearAlgebra", "Kernels", "Preprocessing", "Activations", "Decisions", "Calibrations",
            "Conformal", "Layers", "Networks", "Text",
        ],
        ["Backpropagation"] =
        [
            "Guards", "LinearAlgebra", "Randomness", "Kernels", "Activations", "Decisions", "Losses", "Layers",
            "Networks", "Recurrence",
        ],
        ["GradientChecks"] =
        [
            "Guards", "LinearAlgebra", "Randomness", "Kernels", "Activations", "Losses", "Layers", "Networks",
            "Backpropagation",
        ],
        ["Traces"] =
        [
            "Guards", "LinearAlgebra", "Randomness", "Kernels", "Activations", "Losses", "Layers", "Convolutions",
            "Recurrence", "Networks", "Backpropagation", "GradientChecks",
        ],
        ["Optimizers"] = ["Guards", "Kernels"],
        ["Schedules"] = ["Guards"],
        ["Metrics"] = ["Guards", "LinearAlgebra", "Activations", "Decisions", "Losses", "Networks"],
        ["Safetensors"] = ["Guards", "LinearAlgebra", "Streams"],
        ["Kinds"] =
        [
            "Guards", "LinearAlgebra", "Preprocessing", "Activations", "Losses", "Regularization", "Layers",
            "Convolutions", "Recurrence", "Optimizers", "Schedules", "Data", "Safetensors", "Calibrations",
        ],
        ["Serialization"] =
        [
            "Guards", "Files", "LinearAlgebra", "Preprocessing", "Decisions", "Conformal", "Layers", "Networks", "Text",
            "Pipelines", "Safetensors", "Kinds",
        ],
        ["PyTorch"] =
        [
            "Guards", "Files", "LinearAlgebra", "Kernels", "Layers", "Convolutions", "Recurrence", "Networks",
            "Safetensors", "Serialization",
        ],
        ["CodeGeneration"] =
        [
            "Guards", "LinearAlgebra", "Activations", "Layers", "Convolutions", "Recurrence", "Networks",
        ],
        ["Diagnostics"] =
        [
            "Guards", "LinearAlgebra", "Randomness", "Kernels", "Activations", "Decisions", "Losses", "Layers",
            "Networks", "Backpropagation", "Data", "Metrics", "Convolutions", "Recurrence",
        ],
        ["Distributed"] = ["Guards"],
        ["Batches"] =
            ["Guards", "LinearAlgebra", "Randomness", "Decisions", "Networks", "Data", "Metrics", "Distributed"],
        ["Evaluation"] =
        [
            "Guards", "LinearAlgebra", "Kernels", "Decisions", "Calibrations", "Conformal", "Losses", "Networks",
            "Pipelines", "Backpropagation", "Data", "Metrics", "Distributed",
        ],
        ["Training"] =
        [
            "Guards", "LinearAlgebra", "Randomness", "Kernels", "Losses", "Layers", "Networks", "Backpropagation",
            "Optimizers", "Schedules", "Data", "Metrics", "Kinds", "Diagnostics", "Distributed", "Batches",
            "Evaluation",
        ],
        ["ModelSelection"] = ["Guards", "Randomness", "Data", "Distributed", "Evaluation", "Training"],
        ["Explanations"] =
        [
            "Guards", "LinearAlgebra", "Randomness", "Kernels", "Preprocessing", "Losses", "Layers", "Networks",
            "Pipelines", "Backpropagation", "Data", "Metrics", "Evaluation", "ModelSelection",
        ],
        ["Ensembles"] =
        [
            "Guards", "LinearAlgebra", "Randomness", "Kernels", "Preprocessing", "Activations", "Decisions", "Losses",
            "Layers", "Networks", "Pipelines", "Data", "Kinds", "Evaluation", "Training", "ModelSelection",
        ],
        ["Callbacks"] =
        [
            "Guards", "Files", "Kernels", "Layers", "Networks", "Data", "Schedules", "Kinds", "Evaluation", "Training",
        ],
        ["Checkpoints"] =
        [
            "Guards", "Files", "Layers", "Safetensors", "Kinds", "Serialization", "Evaluation", "Training",
            "Callbacks",
        ],
    };

    private static readonly string _sources = Path.Combine(AppContext.BaseDirectory, "Sources");

    private static readonly string[] _folders = Directory.GetDirectories(_sources)
        .Select(folder => Path.GetFileName(folder)).ToArray();

    public static TheoryData<string> Folders { get; } = new(_folders);

    [Fact]
    public void Every_folder_has_its_place() => _imports.Keys.Should().BeEquivalentTo(_folders);

    [Fact]
    public void The_order_has_no_circle()
    {
        List<string> order = [.. _imports.Keys];
        foreach ((string folder, string[] imports) in _imports)
        {
            Array.TrueForAll(imports, import => order.IndexOf(import) < order.IndexOf(folder)).Should().BeTrue(folder);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_imports_only_what_it_may(string folder)
    {
        foreach (string file in Directory.GetFiles(Path.Combine(_sources, folder), "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            Namespace().Match(text).Groups[1].Value.Should().Be($"NeuralNet.{folder}", file);
            Import().Matches(text).Select(match => match.Groups[1].Value).Where(import => import != folder)
                .Should().BeSubsetOf(_imports[folder], file);
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bNeuralNet\.([A-Z]\w+)")]
    private static partial Regex Import();
}
