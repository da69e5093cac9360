namespace NeuralNet.Tests.Training;

/// <summary>
/// Lets the thread pool start only a few more threads. What others hold, such as the runner of the tests, stays theirs.
/// </summary>
internal sealed class LimitedPool : IDisposable
{
    private readonly int _most;
    private readonly int _mostPorts;

    public LimitedPool()
    {
        ThreadPool.GetMaxThreads(out _most, out _mostPorts);
        Threads = ThreadPool.ThreadCount + Environment.ProcessorCount;
        ThreadPool.SetMaxThreads(Threads, _mostPorts).Should().BeTrue();
    }

    /// <summary>The number of threads that the pool may have.</summary>
    public int Threads { get; }

    public void Dispose() => ThreadPool.SetMaxThreads(_most, _mostPorts);
}
