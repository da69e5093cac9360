using System.Numerics;

namespace NeuralNet.Kinds;

/// <summary>One kind of layer or strategy: its name in files, its type, and how its settings are written and read back.</summary>
internal sealed record Kind<T>(
    KindRole Role, string Name, Type Type, Action<object, SettingsWriter<T>> Write, Func<SettingsReader<T>, object> Read)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes one from functions that know the type.</summary>
    public static Kind<T> Of<TKind>(
        KindRole role, string name, Action<TKind, SettingsWriter<T>> write, Func<SettingsReader<T>, TKind> read)
        where TKind : class =>
        new(role, name, typeof(TKind), (component, settings) => write((TKind)component, settings), read);
}
