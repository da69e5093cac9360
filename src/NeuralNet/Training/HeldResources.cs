namespace NeuralNet.Training;

/// <summary>Resources that the callbacks of a run hold; given back together, the last one first.</summary>
internal sealed class HeldResources : IDisposable
{
    private readonly Stack<IDisposable> _held = new();

    /// <summary>Adds one, unless it is null.</summary>
    public void Add(IDisposable? held)
    {
        if (held is not null)
        {
            _held.Push(held);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_held.TryPop(out IDisposable? held))
        {
            held.Dispose();
        }
    }
}
