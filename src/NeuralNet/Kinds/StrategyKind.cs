namespace NeuralNet.Kinds;

/// <summary>A kind of strategy, such as an activation or an optimizer.</summary>
/// <param name="Role">Its role in a network or a training.</param>
/// <param name="Name">Its name in files.</param>
/// <param name="Type">Its type.</param>
/// <param name="Write">Writes the settings of one.</param>
/// <param name="Read">Makes one from settings.</param>
internal sealed record StrategyKind(
    KindRole Role, string Name, Type Type, Action<object, SettingsWriter> Write, Func<SettingsReader, object> Read)
    : Kind(Role, Name, Type)
{
    /// <summary>Makes a kind from the expression that describes it.</summary>
    public static StrategyKind Of<TStrategy>(
        KindRole role, string name, Func<Settings<TStrategy>, TStrategy> describe)
        where TStrategy : class =>
        new(
            role,
            name,
            typeof(TStrategy),
            (strategy, writer) => describe(new StrategySettings<TStrategy>((TStrategy)strategy, writer)),
            reader => describe(new StrategySettings<TStrategy>(reader)));
}
