namespace NeuralNet.Data.Images.Tests;

/// <summary>A folder of images that is deleted in the end.</summary>
internal sealed class PhotoFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("neuralnet-images-").FullName;

    public PhotoFolder Add(string name, byte[] file)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
