using Xunit.Abstractions;

namespace NeuralNet.TestRunner;

/// <summary>The options of xunit as they are by default, but one test after the other.</summary>
internal sealed class SequentialOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    private readonly Dictionary<string, object?> _values = new() { ["xunit.execution.DisableParallelization"] = true };

    public TValue GetValue<TValue>(string name) =>
        _values.TryGetValue(name, out object? value) && value is TValue set ? set : default!;

    public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
}
