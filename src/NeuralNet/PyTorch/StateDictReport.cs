namespace NeuralNet.PyTorch;

/// <summary>
/// What a network and a <c>state_dict</c> did not have in common, as PyTorch's <c>load_state_dict</c> returns it. Both
/// are empty unless the loading was not strict.
/// </summary>
/// <param name="Missing">
/// Names of parameters of the network that kept their values, for there is no tensor for them.
/// </param>
/// <param name="Unexpected">Names of tensors that no parameter takes.</param>
public sealed record StateDictReport(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected)
{
    /// <summary>Both on a line.</summary>
    public override string ToString() =>
        $"missing: {Listed(Missing)}; unexpected: {Listed(Unexpected)}";

    private static string Listed(IReadOnlyList<string> names) =>
        names.Count == 0 ? "none" : string.Join(", ", names);
}
