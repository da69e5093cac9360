namespace NeuralNet.Mpi;

/// <summary>Messages that are under way. Their bytes stay where they are until all have arrived.</summary>
internal sealed unsafe class Messages(MpiLibrary library, nint communicator)
{
    // MPI counts bytes in an int.
    private const int Longest = 1 << 30;

    private nint[] _requests = new nint[64];
    private int[] _partners = new int[64];
    private int _count;

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

    /// <summary>Waits until all messages have arrived.</summary>
    /// <returns>The processes that are waited for when patience ends; none if all have arrived.</returns>
    public int[] WaitForAll(TimeSpan patience)
    {
        long start = Environment.TickCount64;
        fixed (nint* requests = _requests)
        {
            for (int i = 0; i < _count; i++)
            {
                if (!Wait.Until(patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - start), requests + i, library))
                {
                    return [.. Enumerable.Range(i, _count - i).Where(IsUnderWay).Select(other => _partners[other]).Distinct()];
                }
            }
        }

        _count = 0;
        return [];
    }

    private bool IsUnderWay(int message)
    {
        fixed (nint* request = &_requests[message])
        {
            return !library.IsDone(request);
        }
    }

    private ref nint Next(int partner)
    {
        if (_count == _requests.Length)
        {
            Array.Resize(ref _requests, 2 * _count);
            Array.Resize(ref _partners, 2 * _count);
        }

        _partners[_count] = partner;
        _requests[_count] = 0;
        return ref _requests[_count++];
    }
}
