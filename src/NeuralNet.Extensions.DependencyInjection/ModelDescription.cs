namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>The sizes of a model and its optional parts: what its callers rely on.</summary>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Outputs">The number of outputs.</param>
/// <param name="Parameters">The number of parameters, for the log.</param>
/// <param name="Parts">The optional parts that it has, such as labels.</param>
internal readonly record struct ModelDescription(
    int Inputs, int Outputs, long Parameters, IReadOnlyList<string> Parts)
{
    /// <summary>Refuses a model of other sizes than expected.</summary>
    /// <exception cref="InvalidDataException">A size is another.</exception>
    public void RequireSizes(int? inputs, int? outputs)
    {
        RequireSize("inputs", Inputs, inputs);
        RequireSize("outputs", Outputs, outputs);
    }

    /// <summary>Refuses a model that the callers of another could not go on with.</summary>
    /// <param name="inUse">The model that they use.</param>
    /// <param name="typeName">The word for such a model in messages.</param>
    /// <param name="option">The option that allows it.</param>
    /// <exception cref="InvalidDataException">A size is another, or a part is missing.</exception>
    public void RequireReplacementOf(ModelDescription inUse, string typeName, string option)
    {
        string? difference = Inputs != inUse.Inputs ? $"{Inputs} inputs, but the {typeName} in use has {inUse.Inputs}"
            : Outputs != inUse.Outputs ? $"{Outputs} outputs, but the {typeName} in use has {inUse.Outputs}"
            : inUse.Parts.Except(Parts).FirstOrDefault() is { } part ? $"no {part}, but the {typeName} in use has"
            : null;
        if (difference is not null)
        {
            throw new InvalidDataException($"it has {difference}; set {option} if that is meant");
        }
    }

    private static void RequireSize(string what, int found, int? expected)
    {
        if (expected is { } size && found != size)
        {
            throw new InvalidDataException($"it has {found} {what}, but {size} are expected");
        }
    }
}
