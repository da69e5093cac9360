namespace NeuralNet.Recurrence;

/// <summary>Placeholder.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class RecurrentState<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
}
