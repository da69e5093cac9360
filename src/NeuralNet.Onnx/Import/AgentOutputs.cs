namespace NeuralNet.Onnx.Import;

/// <summary>
/// The outputs of policies that Unity ML-Agents exports: actions, of which there may be two kinds, each drawn from what
/// the network computes, beside constants that describe the model.
/// </summary>
internal static class AgentOutputs
{
    // What each kind of action is called, the best first: as drawn without chance, as drawn, as older versions say.
    private static readonly string[][] _actions =
    [
        ["deterministic_continuous_actions", "continuous_actions"],
        ["deterministic_discrete_actions", "discrete_actions"],
    ];

    /// <summary>The actions of a policy; null if the model is none, or one of its actions cannot be computed.</summary>
    public static IReadOnlyList<string>? Choose(IReadOnlyList<FoundOutput> outputs)
    {
        if (!IsConstant("version_number") || !IsConstant("memory_size"))
        {
            return null;
        }

        var chosen = new List<string>();
        foreach (string[] names in _actions)
        {
            FoundOutput[] found = [.. names.Select(Find).OfType<FoundOutput>()];
            if (found.FirstOrDefault(IsComputed) is { } action)
            {
                chosen.Add(action.Name);
            }
            else if (found.Length > 0)
            {
                return null;
            }
        }

        return chosen.Count > 0 ? chosen : Find("action") is { } only && IsComputed(only) ? [only.Name] : null;

        FoundOutput? Find(string name) => outputs.FirstOrDefault(output => output.Name == name);

        bool IsConstant(string name) => Find(name)?.Kind == OutputState.Constant;

        static bool IsComputed(FoundOutput output) => output.Kind is OutputState.Computed or OutputState.Decided;
    }
}
