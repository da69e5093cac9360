using System.Text.Json;
using NeuralNet.Onnx.Tests.Export;
using NeuralNet.Onnx.Tests.Import;

namespace NeuralNet.Onnx.Tests.Verify;

/// <summary>Writes what other programs check: every model of the catalogue, and what it should give.</summary>
internal static class VerifyFolder
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static int Write(string folder)
    {
        Directory.CreateDirectory(folder);
        IExportCase[] cases = [.. ExportCatalogue.All, .. PipelineCases.All, new ImputerCase()];
        foreach (IExportCase exportCase in cases)
        {
            File.WriteAllBytes(Path.Combine(folder, exportCase.Name + ".onnx"), exportCase.Model());
            File.WriteAllText(
                Path.Combine(folder, exportCase.Name + ".json"),
                JsonSerializer.Serialize(exportCase.Describe(), _options));
        }

        return cases.Length;
    }
}
