using System.Runtime.InteropServices;
using System.Text;
using NeuralNet.Distributed;

namespace NeuralNet.Mpi;

/// <summary>The functions of an MPI library that are needed here, loaded when the program runs.</summary>
internal sealed unsafe class MpiLibrary
{
    /// <summary>The environment variable that names the library to load, whatever launcher there is.</summary>
    public const string PathVariable = "NEURALNET_MPI";

    private const int ThreadsSerialized = 2;
    private const int LongestText = 8192;

    // Handles are pointers or ints; in a register, an int is the lower half of a pointer.
    private readonly delegate* unmanaged<nint, nint, int, int*, int> _init;
    private readonly delegate* unmanaged<nint, int*, int> _size;
    private readonly delegate* unmanaged<nint, int*, int> _rank;
    private readonly delegate* unmanaged<nint, nint*, int> _duplicate;
    private readonly delegate* unmanaged<nint, nint, int> _setErrorHandler;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> _send;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> _receive;
    private readonly delegate* unmanaged<nint*, int*, nint, int> _test;
    private readonly delegate* unmanaged<int, byte*, int*, int> _errorText;
    private readonly delegate* unmanaged<byte*, int*, int> _version;
    private readonly delegate* unmanaged<nint, int, int> _abort;
    private readonly delegate* unmanaged<int> _finish;
    private readonly MpiAbi _abi;

    private MpiLibrary(nint library)
    {
        nint Function(string name) => NativeLibrary.GetExport(library, name);
        _abi = MpiAbi.Of(library);
        _init = (delegate* unmanaged<nint, nint, int, int*, int>)Function("MPI_Init_thread");
        _size = (delegate* unmanaged<nint, int*, int>)Function("MPI_Comm_size");
        _rank = (delegate* unmanaged<nint, int*, int>)Function("MPI_Comm_rank");
        _duplicate = (delegate* unmanaged<nint, nint*, int>)Function("MPI_Comm_dup");
        _setErrorHandler = (delegate* unmanaged<nint, nint, int>)Function("MPI_Comm_set_errhandler");
        _send = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)Function("MPI_Isend");
        _receive = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)Function("MPI_Irecv");
        _test = (delegate* unmanaged<nint*, int*, nint, int>)Function("MPI_Test");
        _errorText = (delegate* unmanaged<int, byte*, int*, int>)Function("MPI_Error_string");
        _version = (delegate* unmanaged<byte*, int*, int>)Function("MPI_Get_library_version");
        _abort = (delegate* unmanaged<nint, int, int>)Function("MPI_Abort");
        _finish = (delegate* unmanaged<int>)Function("MPI_Finalize");
    }

    /// <summary>All processes of the launcher.</summary>
    public nint World => _abi.World;

    /// <summary>The name and version of the library, in a line.</summary>
    public string Version
    {
        get
        {
            byte* text = stackalloc byte[LongestText];
            int length;
            Check(_version(text, &length));
            return Encoding.UTF8.GetString(text, length).Split('\n', ',')[0].Trim();
        }
    }

    /// <summary>Loads the library that belongs to a launcher.</summary>
    /// <exception cref="DllNotFoundException">There is none.</exception>
    public static MpiLibrary Load(MpiLauncher launcher, string? path)
    {
        foreach (string name in string.IsNullOrEmpty(path) ? launcher.Libraries : [path])
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                bool isOpenMpi = MpiAbi.IsOpenMpi(library);
                bool fits = path is not null || (launcher.IsOpenMpi ?? isOpenMpi) == isOpenMpi;
                if (fits && NativeLibrary.TryGetExport(library, "MPI_Init_thread", out _))
                {
                    return new(library);
                }

                NativeLibrary.Free(library);
            }
        }

        throw new DllNotFoundException(
            string.IsNullOrEmpty(path)
                ? $"This process was started by {launcher.Name}, but its library could not be loaded: "
                  + $"{launcher.Remedy}, or name its file in the environment variable {PathVariable}."
                : $"The environment variable {PathVariable} names '{path}', which could not be loaded as an MPI "
                  + "library. Give the path of a libmpi or libmpich for this processor, or unset it.");
    }

    /// <summary>Starts MPI. Calls may come from any thread, one at a time.</summary>
    public void Initialize()
    {
        int provided;
        Check(_init(0, 0, ThreadsSerialized, &provided));
        if (provided < ThreadsSerialized)
        {
            throw new InvalidOperationException(
                $"{Version} was built without support for threads: it must be called from one thread only, and a .NET "
                + "program does not keep to one. Install a build with MPI_THREAD_SERIALIZED.");
        }
    }

    /// <summary>Number of processes of a communicator.</summary>
    public int Size(nint communicator)
    {
        int size;
        Check(_size(communicator, &size));
        return size;
    }

    /// <summary>The number of this process in a communicator.</summary>
    public int Rank(nint communicator)
    {
        int rank;
        Check(_rank(communicator, &rank));
        return rank;
    }

    /// <summary>A communicator of the same processes, of whose messages others know nothing.</summary>
    public nint Duplicate(nint communicator)
    {
        nint duplicate = 0;
        Check(_duplicate(communicator, &duplicate));
        Check(_setErrorHandler(duplicate, _abi.ErrorsReturn));
        return duplicate;
    }

    /// <summary>Begins to send bytes.</summary>
    public void Send(nint communicator, byte* bytes, int count, int to, nint* request) =>
        Check(_send(bytes, count, _abi.Bytes, to, 0, communicator, request));

    /// <summary>Begins to receive bytes.</summary>
    public void Receive(nint communicator, byte* bytes, int count, int from, nint* request) =>
        Check(_receive(bytes, count, _abi.Bytes, from, 0, communicator, request));

    /// <summary>True if the send or receive of a request has finished.</summary>
    public bool IsDone(nint* request)
    {
        int done;
        Check(_test(request, &done, _abi.NoStatus));
        return done != 0;
    }

    /// <summary>Ends all processes.</summary>
    public void Abort() => _ = _abort(World, 1);

    /// <summary>Ends MPI.</summary>
    public void Finish() => Check(_finish());

    private void Check(int code)
    {
        if (code == 0)
        {
            return;
        }

        byte* text = stackalloc byte[LongestText];
        int length;
        string message = _errorText(code, text, &length) == 0 ? Encoding.UTF8.GetString(text, length) : $"code {code}";
        throw new WorkersException($"MPI reports an error: {message.Trim()}");
    }
}
