namespace NeuralNet.Datasets.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("neuralnet-samples-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public IEnumerable<string> Names => new DirectoryInfo(Path).EnumerateFileSystemInfos().Select(entry => entry.Name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
