namespace NeuralNet.Guards;

/// <summary>Refuses a use of something that serves one at a time before the first use of it has ended.</summary>
/// <param name="owner">The word in messages for what is used, such as "network".</param>
internal sealed class ExclusiveUse(string owner)
{
    private string? _use;
    private int _thread;

    /// <summary>Begins a use; its disposal ends it.</summary>
    /// <param name="use">The name of the use, such as "Fit".</param>
    /// <exception cref="InvalidOperationException">Another use is under way; the message names it.</exception>
    public Scope Enter(string use)
    {
        if (Interlocked.CompareExchange(ref _use, use, null) is { } first)
        {
            throw Refuse(use, first);
        }

        _thread = Environment.CurrentManagedThreadId;
        return new(this);
    }

    /// <summary>Begins a use that may also be a part of one that is under way on the same thread.</summary>
    /// <param name="use">The name of the use, such as "Evaluate".</param>
    /// <exception cref="InvalidOperationException">A use is under way on another thread.</exception>
    public Scope EnterWithin(string use) =>
        Volatile.Read(ref _use) is not null && _thread == Environment.CurrentManagedThreadId ? default : Enter(use);

    private InvalidOperationException Refuse(string use, string first) =>
        new(_thread == Environment.CurrentManagedThreadId
            ? $"{use} was called within {first}, as by a callback or a metric, and would disturb it. Call it when "
                + $"{first} has returned, or for another {owner}."
            : $"{use} was called while {first} is under way on another thread. A {owner} serves one thread at a time: "
                + $"call it when {first} has returned, or give each thread a {owner} of its own.");

    /// <summary>A use that is under way.</summary>
    internal readonly ref struct Scope(ExclusiveUse? owner)
    {
        /// <summary>Ends the use.</summary>
        public void Dispose()
        {
            if (owner is not null)
            {
                owner._thread = 0;
                Volatile.Write(ref owner._use, null);
            }
        }
    }
}
