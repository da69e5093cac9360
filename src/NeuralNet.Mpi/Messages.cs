namespace NeuralNet.Mpi;

/// <summary>Messages that are under way. Their bytes stay where they are until all have arrived.</summary>
internal sealed unsafe class Messages(MpiLibrary library, nint communicator)
{
    // MPI counts bytes in an int.
    private const int Longest = 1 << 30;

    private readonly List<int> _partners = [];
    private nint[] _requests = new nint[64];

    /// <summary>Begins to send bytes to a process.</summary>
    public void Send(byte* bytes, long count, int to)
    {
        for (long start = 0; start < count; start += Longest)
        {
            fixed (nint* request = &Next(to))
            {
                library.Send(communicator, bytes + start, (int)Math.Min(Longest, count - start), to, request);
            }
        }
    }

    /// <summary>Begins to receive bytes from a process.</summary>
    public void Receive(byte* bytes, long count, int from)
    {
        for (long start = 0; start < count; start += Longest)
        {
            fixed (nint* request = &Next(from))
            {
                library.Receive(communicator, bytes + start, (int)Math.Min(Longest, count - start), from, request);
            }
        }
    }

    /// <summary>True if every message has arrived; they are forgotten then.</summary>
    public bool AreDone()
    {
        for (int i = _partners.Count - 1; i >= 0; i--)
        {
            if (!IsDone(i))
            {
                return false;
            }

            _partners.RemoveAt(i);
        }

        return true;
    }

    /// <summary>The processes that messages are still under way from or to.</summary>
    public int[] Partners() =>
        [.. Enumerable.Range(0, _partners.Count).Where(i => !IsDone(i)).Select(i => _partners[i]).Distinct().Order()];

    private bool IsDone(int message)
    {
        fixed (nint* request = &_requests[message])
        {
            return library.IsDone(request);
        }
    }

    private ref nint Next(int partner)
    {
        int message = _partners.Count;
        if (message == _requests.Length)
        {
            Array.Resize(ref _requests, 2 * message);
        }

        _partners.Add(partner);
        _requests[message] = 0;
        return ref _requests[message];
    }
}
