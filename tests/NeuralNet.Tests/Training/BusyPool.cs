namespace NeuralNet.Tests.Training;

/// <summary>Holds every thread of the pool, so that nothing that is queued gets done until it is disposed of.</summary>
internal sealed class BusyPool : IDisposable
{
    private readonly LimitedPool _limit = new();
    private readonly ManualResetEventSlim _gate = new();
    private readonly CountdownEvent _held;

    public BusyPool()
    {
        _held = new CountdownEvent(_limit.Threads);
        for (int i = 0; i < _limit.Threads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    _gate.Wait();
                    _held.Signal();
                },
                null);
        }
    }

    public void Dispose()
    {
        _gate.Set();
        _held.Wait(TimeSpan.FromSeconds(30)).Should().BeTrue();
        _held.Dispose();
        _gate.Dispose();
        _limit.Dispose();
    }
}
