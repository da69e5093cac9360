namespace NeuralNet.Kinds;

/// <summary>Kinds by name and by type, each at most once within a role.</summary>
internal sealed class KindTable<TKind>
    where TKind : Kind
{
    private readonly Dictionary<(KindRole Role, string Name), TKind> _byName = [];
    private readonly Dictionary<(KindRole Role, Type Type), TKind> _byType = [];

    /// <summary>Makes the table.</summary>
    /// <exception cref="ArgumentException">Two kinds of a role have the same name or the same type.</exception>
    public KindTable(IEnumerable<TKind> kinds)
    {
        foreach (TKind kind in kinds)
        {
            if (!_byName.TryAdd((kind.Role, kind.Name), kind))
            {
                throw new ArgumentException(
                    $"There is {KindText.WithArticle(kind.Role)} of the kind '{kind.Name}' already: "
                    + $"{_byName[(kind.Role, kind.Name)].Type}.",
                    nameof(kinds));
            }

            if (!_byType.TryAdd((kind.Role, kind.Type), kind))
            {
                throw new ArgumentException(
                    $"The type {kind.Type} is registered already, as '{_byType[(kind.Role, kind.Type)].Name}'.",
                    nameof(kinds));
            }
        }
    }

    /// <summary>All kinds.</summary>
    public IEnumerable<TKind> All => _byName.Values;

    /// <summary>The names of the kinds of a role.</summary>
    public IEnumerable<string> Names(KindRole role) =>
        _byName.Keys.Where(kind => kind.Role == role).Select(kind => kind.Name);

    /// <summary>The kind of a name; null if there is none.</summary>
    public TKind? Find(KindRole role, string name) => _byName.GetValueOrDefault((role, name));

    /// <summary>The kind of a type; null if there is none.</summary>
    public TKind? Find(KindRole role, Type type) => _byType.GetValueOrDefault((role, type));

    /// <summary>These kinds and another one.</summary>
    /// <exception cref="ArgumentException">The name or the type is registered already.</exception>
    public KindTable<TKind> With(TKind kind) => new([.. All, kind]);
}
