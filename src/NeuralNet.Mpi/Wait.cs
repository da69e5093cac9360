namespace NeuralNet.Mpi;

/// <summary>Waiting for what MPI does.</summary>
internal static unsafe class Wait
{
    /// <summary>Waits until what was begun is done, or until patience ends.</summary>
    /// <returns>Whether it is done.</returns>
    public static bool Until(TimeSpan patience, nint* request, MpiLibrary library)
    {
        if (library.IsDone(request))
        {
            return true;
        }

        // MPI moves bytes while it is asked. Where there are more processes than cores, the others take turns.
        long start = Environment.TickCount64;
        var spin = default(SpinWait);
        while (Environment.TickCount64 - start < patience.TotalMilliseconds)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (library.IsDone(request))
            {
                return true;
            }
        }

        return false;
    }
}
