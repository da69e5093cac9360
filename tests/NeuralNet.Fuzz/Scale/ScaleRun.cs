using System.Diagnostics;

namespace NeuralNet.Fuzz.Scale;

/// <summary>The memory and the time that reading a file took.</summary>
/// <param name="Length">The length of the file in bytes.</param>
/// <param name="Allocated">The bytes that were allocated in all: no less than were in use at any time.</param>
/// <param name="Time">The time.</param>
internal sealed record ScaleRun(int Length, long Allocated, TimeSpan Time)
{
    /// <summary>The memory that a file may take besides <see cref="MemoryPerByte"/>.</summary>
    public const long MemoryBeside = 8 << 20;

    /// <summary>The bytes of memory that reading takes per byte of the file, at most, whatever its format.</summary>
    public const long MemoryPerByte = 64;

    /// <summary>The share of the memory allowed.</summary>
    public double Share => ShareWith(MemoryBeside);

    /// <summary>The share of the memory allowed, if another amount is allowed besides that for each byte.</summary>
    public double ShareWith(long memoryBeside) => Allocated / (double)(memoryBeside + (MemoryPerByte * Length));

    /// <summary>Reads a file of a length.</summary>
    public static ScaleRun Measure(ScaleCase one, int length)
    {
        byte[] file = one.Make(length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long began = Stopwatch.GetTimestamp();
        try
        {
            one.Read(file);
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException
            or Training.CheckpointMismatchException)
        {
            // Refused.
        }

        TimeSpan time = Stopwatch.GetElapsedTime(began);
        return new(file.Length, GC.GetAllocatedBytesForCurrentThread() - before, time);
    }
}
