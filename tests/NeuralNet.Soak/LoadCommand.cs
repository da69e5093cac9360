using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NeuralNet.Networks;
using NeuralNet.Samples.CommandLine;
using NeuralNet.Serialization;

namespace NeuralNet.Soak;

/// <summary>
/// Checks that loading a large model takes little more memory than its size, and hardly longer than reading its bytes.
/// </summary>
internal static class LoadCommand
{
    private const double MostMemory = 1.2;
    private const string Status = "/proc/self/status";

    public static Command Create()
    {
        Option<int> megabytes = OptionKinds.Count("--megabytes", "Size of the model.", 1000);
        var step = new Option<string?>("--step")
        {
            Hidden = true,
            Description = "The task of a child process: write, read or load.",
        };
        var path = new Option<string?>("--path") { Hidden = true };
        var command = new Command(
            "load", "Loads a large model and compares memory and time with reading the file into an array.")
            {
                megabytes, step, path,
            };
        command.SetAction(arguments => arguments.GetValue(step) is { } only
            ? RunStep(only, arguments.GetValue(path)!, arguments.GetValue(megabytes))
            : Run(arguments.GetValue(megabytes)));
        return command;
    }

    // One process for each, so that neither counts the memory of the other.
    private static int Run(int megabytes)
    {
        string path = Path.Combine(Path.GetTempPath(), $"load-{Guid.NewGuid():N}.safetensors");
        try
        {
            return Child("write", path, megabytes)
                ?? Child("read", path, megabytes)
                ?? Child("load", path, megabytes)
                ?? 0;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int? Child(string step, string path, int megabytes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(LoadCommand).Assembly.Location);
        }

        foreach (string argument
            in new[]
            {
                "load", "--step", step, "--path", path, "--megabytes", megabytes.ToString(CultureInfo.InvariantCulture),
            })
        {
            start.ArgumentList.Add(argument);
        }

        using Process child = Process.Start(start)!;
        child.WaitForExit();
        return child.ExitCode == 0 ? null : child.ExitCode;
    }

    private static int RunStep(string step, string path, int megabytes)
    {
        if (step == "write")
        {
            int width = (int)Math.Sqrt(megabytes * 1e6 / sizeof(float));
            Network.Create<float>(width, seed: 1).Dense(width).Build().Save(path);
            return 0;
        }

        long before = Peak();
        long bytes = new FileInfo(path).Length;
        long began = Stopwatch.GetTimestamp();
        object read = step == "load" ? Network.Load<float>(path) : File.ReadAllBytes(path);
        TimeSpan time = Stopwatch.GetElapsedTime(began);
        double share = (double)(Peak() - before) / bytes;
        GC.KeepAlive(read);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(step == "load" ? "Network.Load" : "File.ReadAllBytes")}: {bytes / 1e6:F0} MB in {time.TotalSeconds:F2} "
            + $"s, {bytes / 1e6 / time.TotalSeconds:F0} MB/s; {share:F3} times its size in memory at the peak"));
        return share <= MostMemory ? 0 : 1;
    }

    /// <summary>The most memory that this process ever had.</summary>
    private static long Peak()
    {
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }

        // "VmHWM:    123456 kB"
        string line = File.ReadLines(Status).First(each => each.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(
            line.AsSpan(6, line.Length - 8),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture);
    }
}
