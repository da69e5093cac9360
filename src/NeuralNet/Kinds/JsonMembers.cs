namespace NeuralNet.Kinds;

/// <summary>The members of an object by name, and which of them were asked for.</summary>
internal sealed class JsonMembers
{
    /// <summary>The number of members up to which it is quickest to look at each.</summary>
    private const int MostWithoutIndex = 16;

    private readonly List<string> _names = new(4);
    private readonly List<JsonPart> _parts = new(4);
    private readonly List<bool> _isAsked = new(4);
    private Dictionary<string, int>? _index;

    /// <summary>The first member that was not asked for; null if there is none.</summary>
    public string? FirstNotAsked => _names.Where((_, i) => !_isAsked[i]).FirstOrDefault();

    /// <summary>Adds a member; false if there is one of the name.</summary>
    public bool TryAdd(string name, JsonPart part)
    {
        if (IndexOf(name) >= 0)
        {
            return false;
        }

        _names.Add(name);
        _parts.Add(part);
        _isAsked.Add(false);
        _index?.Add(name, _names.Count - 1);
        if (_index is null && _names.Count > MostWithoutIndex)
        {
            _index = new(StringComparer.Ordinal);
            for (int i = 0; i < _names.Count; i++)
            {
                _index.Add(_names[i], i);
            }
        }

        return true;
    }

    /// <summary>Whether there is a member of a name.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>The member of a name, which counts as asked for; null if there is none.</summary>
    public JsonPart? Ask(string name)
    {
        int index = IndexOf(name);
        if (index < 0)
        {
            return null;
        }

        _isAsked[index] = true;
        return _parts[index];
    }

    private int IndexOf(string name) =>
        _index is null ? _names.IndexOf(name) : _index.GetValueOrDefault(name, -1);
}
