using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>A folder for the numbers that both sides read; it is deleted when the run ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("neuralnet-peers-");

    /// <summary>The path of a file in it.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes numbers, one after the other, in the order of memory.</summary>
    /// <returns>The path of the file.</returns>
    public string Write<T>(string name, params ReadOnlySpan<T[]> arrays)
        where T : unmanaged, INumber<T>
    {
        string path = PathOf(name);
        using FileStream file = File.Create(path);
        foreach (T[] array in arrays)
        {
            file.Write(MemoryMarshal.AsBytes<T>(array));
        }

        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
