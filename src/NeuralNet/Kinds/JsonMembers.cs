namespace NeuralNet.Kinds;

/// <summary>The members of an object by name, and which of them were asked for.</summary>
internal sealed class JsonMembers
{
    /// <summary>The number of members up to which it is quickest to look at each.</summary>
    private const int MostWithoutIndex = 16;

    // Most objects have two or three.
    private Member[] _members = new Member[2];
    private Dictionary<string, int>? _index;
    private int _count;

    /// <summary>The first member that was not asked for; null if there is none.</summary>
    public string? FirstNotAsked => _members.Take(_count).FirstOrDefault(member => !member.IsAsked).Name;

    /// <summary>Adds a member; false if there is one of the name.</summary>
    public bool TryAdd(string name, JsonPart part)
    {
        if (IndexOf(name) >= 0)
        {
            return false;
        }

        if (_count == _members.Length)
        {
            Array.Resize(ref _members, 2 * _count);
        }

        _members[_count++] = new(name, part, IsAsked: false);
        _index?.Add(name, _count - 1);
        if (_index is null && _count > MostWithoutIndex)
        {
            _index = new(StringComparer.Ordinal);
            for (int i = 0; i < _count; i++)
            {
                _index.Add(_members[i].Name, i);
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

        _members[index] = _members[index] with { IsAsked = true };
        return _members[index].Part;
    }

    private int IndexOf(string name)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(name, -1);
        }

        for (int i = 0; i < _count; i++)
        {
            if (_members[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private readonly record struct Member(string Name, JsonPart Part, bool IsAsked);
}
