namespace NeuralNet.Mpi;

/// <summary>
/// How the processes take leave of each other: who ends sends a byte to all others, and ends when it has one from each.
/// Whoever waits for a process that has taken leave would wait for ever.
/// </summary>
internal sealed unsafe class Farewell
{
    private readonly MpiLibrary _library;
    private readonly nint _communicator;
    private readonly int _rank;
    private readonly byte[] _bytes;
    private readonly Messages _expected;

    /// <summary>Begins to listen for the farewells of all others.</summary>
    public Farewell(MpiLibrary library, int rank, int count)
    {
        _library = library;
        _rank = rank;
        _communicator = library.Duplicate(library.World);
        _expected = new(library, _communicator);
        _bytes = GC.AllocateArray<byte>(count, pinned: true);
        fixed (byte* bytes = _bytes)
        {
            for (int i = 0; i < count; i++)
            {
                if (i != rank)
                {
                    _expected.Receive(bytes + i, 1, i);
                }
            }
        }
    }

    /// <summary>True if a process has said that it ends.</summary>
    public bool IsGone(int rank) => !_expected.Partners().Contains(rank);

    /// <summary>Takes leave, and waits until all others have.</summary>
    public void Take()
    {
        var own = new Messages(_library, _communicator);
        fixed (byte* bytes = _bytes)
        {
            for (int i = 0; i < _bytes.Length; i++)
            {
                if (i != _rank)
                {
                    own.Send(bytes + _rank, 1, i);
                }
            }

            var spin = default(SpinWait);
            while (!(own.AreDone() && _expected.AreDone()))
            {
                spin.SpinOnce();
            }
        }
    }
}
