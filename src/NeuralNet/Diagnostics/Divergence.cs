namespace NeuralNet.Diagnostics;

/// <summary>The number that was not finite in a training step, and the sizes of all others.</summary>
/// <param name="Cause">The place of the first number that is not finite.</param>
/// <param name="Description">The same as a sentence.</param>
public sealed record Divergence(DivergenceCause Cause, string Description)
{
    // More are left to the properties.
    private const int MostInText = 4;

    /// <summary>The name of the layer at which it was met; null where it was at none.</summary>
    public string? Layer { get; init; }

    /// <summary>The name of the parameter whose values or gradient are not finite; null where it is none.</summary>
    public string? Parameter { get; init; }

    /// <summary>
    /// The row of the number that is not finite, from 0: of an input, the feature; null where there is no one number.
    /// </summary>
    public int? Row { get; init; }

    /// <summary>The column of that number, from 0: of an input or a target, the sample within the batch.</summary>
    public int? Column { get; init; }

    /// <summary>Whether the parameters are as they were before the step.</summary>
    public bool AreParametersUnchanged { get; init; } = true;

    /// <summary>The inputs of the batch; null where the update overflowed, when the batch is done with.</summary>
    public Magnitude? Inputs { get; init; }

    /// <summary>The targets of the batch; null where the update overflowed.</summary>
    public Magnitude? Targets { get; init; }

    /// <summary>The outputs of every layer, by its name.</summary>
    public IReadOnlyList<Magnitude> Layers { get; init; } = [];

    /// <summary>The values of every parameter, by its name.</summary>
    public IReadOnlyList<Magnitude> Parameters { get; init; } = [];

    /// <summary>The gradient of every parameter, by its name.</summary>
    public IReadOnlyList<Magnitude> Gradients { get; init; } = [];

    /// <summary>The description and the largest magnitudes.</summary>
    /// <returns>Two sentences.</returns>
    public override string ToString() => $"{Description} {Magnitudes()}";

    /// <summary>The largest magnitudes as a sentence.</summary>
    internal string Magnitudes()
    {
        List<string> parts = [];
        if (Inputs is { } inputs)
        {
            parts.Add(inputs.ToString());
        }

        Add("outputs of ", Layers);
        Add("values of ", Parameters);
        Add("gradients of ", Gradients);
        return $"Largest magnitudes: {string.Join("; ", parts)}.";

        void Add(string what, IReadOnlyList<Magnitude> magnitudes)
        {
            if (magnitudes.Count > 0)
            {
                // Those that are not finite come first, then the largest.
                IEnumerable<Magnitude> worst =
                    magnitudes.OrderBy(m => m.IsFinite).ThenByDescending(m => m.Largest).Take(MostInText);
                parts.Add(what + string.Join(", ", worst) + (magnitudes.Count > MostInText ? ", …" : ""));
            }
        }
    }
}
