using System.Reflection;
using NeuralNet.Benchmarks.Measuring;
using TorchSharp;

namespace NeuralNet.Benchmarks.Peers.Torch;

/// <summary>TorchSharp with its native libraries, loaded when it is first asked for.</summary>
internal static class TorchLibrary
{
    private static readonly Lazy<string> _version = new(Load);

    /// <summary>Sets the number of threads that share the work of an operation; operations run one at a time.</summary>
    /// <returns>The versions of TorchSharp and libtorch.</returns>
    /// <exception cref="PeerException">The native libraries cannot be loaded.</exception>
    public static string Use(int threads)
    {
        string version = _version.Value;
        torch.set_num_threads(threads);
        return version;
    }

    private static string Load()
    {
        try
        {
            torch.set_num_interop_threads(1);
        }
        catch (Exception exception) when (exception is TypeInitializationException or NotSupportedException)
        {
            throw new PeerException(
                "the native libraries of TorchSharp cannot be loaded; on Linux they need the libstdc++ of GCC 13 or "
                + $"later, and everywhere the packages restored for this system ({exception.GetType().Name}).");
        }

        string version = typeof(torch).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        return $"{version}, libtorch {torch.__version__}";
    }
}
