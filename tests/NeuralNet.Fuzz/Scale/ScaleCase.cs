namespace NeuralNet.Fuzz.Scale;

/// <summary>A file made to take as much memory or time as it can, of any length.</summary>
/// <param name="Name">What there is much of in it.</param>
/// <param name="Make">Makes a file of about a length.</param>
/// <param name="Read">Reads it; an <see cref="InvalidDataException"/> is as good as a result.</param>
internal sealed record ScaleCase(string Name, Func<int, byte[]> Make, Action<byte[]> Read)
{
    /// <summary>The name, for the list of tests.</summary>
    public override string ToString() => Name;
}
