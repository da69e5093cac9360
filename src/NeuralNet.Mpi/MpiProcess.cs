using System.Runtime.InteropServices;
using NeuralNet.Distributed;

namespace NeuralNet.Mpi;

/// <summary>
/// This process among those that a launcher started: begins MPI once, and ends it when the process ends. However it
/// ends, nobody waits for it: where it ends before the others, or by an exception, it ends them with it, and says so.
/// </summary>
internal sealed class MpiProcess
{
    // Launchers pass on what a process has written, unless it is ended first.
    private static readonly TimeSpan _forwarding = TimeSpan.FromMilliseconds(300);

    private static readonly Lazy<MpiProcess?> _current = new(Start);

    private readonly PosixSignalRegistration _termination;
    private volatile bool _isTerminated;

    private MpiProcess(MpiLibrary library, MpiLauncher launcher)
    {
        Library = library;
        library.Initialize();
        Rank = library.Rank(library.World);
        Count = library.Size(library.World);
        if (launcher.Processes is { } processes && processes != Count)
        {
            throw new InvalidOperationException(
                $"{launcher.Name} started {processes} processes, but {library.Version} knows of {Count}: the launcher "
                + "and the library belong to different installations. Use those of one, or name the library's file in "
                + $"the environment variable {MpiLibrary.PathVariable}.");
        }

        Farewell = new(library, Rank, Count);
        AppDomain.CurrentDomain.UnhandledException += (_, failure) => Abort($"has failed: {failure.ExceptionObject}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave();
        _termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => _isTerminated = true);
    }

    /// <summary>The functions of MPI. Whoever calls one holds <see cref="Gate"/>.</summary>
    public MpiLibrary Library { get; }

    /// <summary>Held while a function of MPI is called, of which there may be one at a time.</summary>
    public object Gate { get; } = new();

    /// <summary>The number of this process, from 0.</summary>
    public int Rank { get; }

    /// <summary>Number of processes.</summary>
    public int Count { get; }

    /// <summary>The process, which begins MPI when it is first asked for; null if no launcher started it.</summary>
    public static MpiProcess? Current => _current.Value;

    /// <summary>Who has ended, and the end of this process.</summary>
    public Farewell Farewell { get; }

    /// <summary>Says what has become of this process, or of others, and ends all.</summary>
    public void Abort(string news)
    {
        Console.Error.WriteLine($"Worker {Rank} of {Count} on {Environment.MachineName} {news}");
        Console.Error.Flush();
        Thread.Sleep(_forwarding);

        // Without the gate: another thread may wait within it for what will never come.
        Library.Abort();
    }

    private static MpiProcess? Start() =>
        MpiLauncher.Find(Environment.GetEnvironmentVariable) is { } launcher
            ? new(
                MpiLibrary.Load(launcher, Environment.GetEnvironmentVariable(MpiLibrary.PathVariable)),
                launcher)
            : null;

    private void Leave()
    {
        if (_isTerminated)
        {
            Abort("was told to end (SIGTERM), and ends all others.");
        }

        if (!Monitor.TryEnter(Gate, TimeSpan.FromSeconds(5)))
        {
            Abort("ends while another of its threads waits for the other workers, and ends them.");
            return;
        }

        try
        {
            Farewell.Take();
            Library.Finish();
        }
        catch (WorkersException exception)
        {
            Abort($"cannot take leave of the others: {exception.Message}");
        }
        finally
        {
            Monitor.Exit(Gate);
        }
    }
}
