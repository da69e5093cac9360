using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Samples.Digits;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Training diverged, or the network does not fit into memory.</summary>
    public const int TrainingFailed = 1;

    /// <summary>An option, a file or a folder that the sample cannot work with.</summary>
    public const int BadInput = CommandLineError.ExitCode;

    /// <summary>Ctrl+C; as shells count it, 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
