using System.Runtime.InteropServices;
using NeuralNet.Distributed;

namespace NeuralNet.Mpi;

/// <summary>
/// This process among those that a launcher started: begins MPI once, and ends it when the process ends. However it
/// ends, nobody waits for it: where it ends before the others, or by an exception, it ends them with it, and says so.
/// </summary>
internal sealed unsafe class MpiProcess
{
    private static readonly Lazy<MpiProcess?> _current = new(Start);

    private readonly nint _farewell;
    private readonly nint[] _request = GC.AllocateArray<nint>(1, pinned: true);
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

        _farewell = library.Duplicate(library.World);
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

    /// <summary>How long the process waits for the others when it ends.</summary>
    public TimeSpan Patience { get; set; }

    /// <summary>Says what has become of this process, or of others, and ends all.</summary>
    public void Abort(string news)
    {
        Console.Error.WriteLine($"Worker {Rank} of {Count} on {Environment.MachineName} {news}");
        Console.Error.Flush();

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
            fixed (nint* request = _request)
            {
                Library.Barrier(_farewell, request);
                if (Wait.Until(Patience, request, Library))
                {
                    Library.Finish();
                    return;
                }
            }

            Abort($"has ended, but not all others within {Patience.TotalSeconds:F0} s; they are ended.");
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
