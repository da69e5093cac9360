namespace NeuralNet.Kinds;

/// <summary>The settings of a kind of strategy, by name.</summary>
internal sealed class StrategySettings<TStrategy> : Settings<TStrategy>
    where TStrategy : class
{
    /// <summary>Writes the settings of a strategy.</summary>
    public StrategySettings(TStrategy strategy, SettingsWriter writer)
        : base(strategy, writer)
    {
    }

    /// <summary>Reads the settings of a strategy.</summary>
    public StrategySettings(SettingsReader reader)
        : base(reader)
    {
    }
}
