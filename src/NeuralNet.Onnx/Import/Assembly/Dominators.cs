using System.Numerics;

namespace NeuralNet.Onnx.Import.Assembly;

/// <summary>
/// The parts between a root and a target, and for each the nearest part that every way from the root to it leads
/// through, its immediate dominator. Cooper, Harvey and Kennedy, "A simple, fast dominance algorithm" (2001); without
/// cycles a single pass suffices.
/// </summary>
internal sealed class Dominators<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<NetworkPart<T>, int> _places = [];
    private readonly List<NetworkPart<T>> _order = [];
    private readonly int[] _dominators;
    private readonly int[] _consumers;

    public Dominators(NetworkPart<T> target, NetworkPart<T> root)
    {
        Sort(target, root);
        _dominators = new int[_order.Count];
        _consumers = new int[_order.Count];
        for (int i = 1; i < _order.Count; i++)
        {
            int common = -1;
            foreach (NetworkPart<T> input in _order[i].Inputs)
            {
                int place = _places[input];
                _consumers[place]++;
                common = common < 0 ? place : Common(common, place);
            }

            _dominators[i] = common;
        }
    }

    /// <summary>All parts, each behind those that it takes; the first is the root.</summary>
    public IReadOnlyList<NetworkPart<T>> Order => _order;

    /// <summary>The immediate dominator of a part that is not the root.</summary>
    public NetworkPart<T> Of(NetworkPart<T> part) => _order[_dominators[_places[part]]];

    /// <summary>The number of times that a part is an input of another.</summary>
    public int Consumers(NetworkPart<T> part) => _consumers[_places[part]];

    private int Common(int left, int right)
    {
        while (left != right)
        {
            (left, right) = left > right ? (_dominators[left], right) : (left, _dominators[right]);
        }

        return left;
    }

    // Without recursion, as a chain may be long.
    private void Sort(NetworkPart<T> target, NetworkPart<T> root)
    {
        var open = new Stack<(NetworkPart<T> Part, int Next)>();
        _places.Add(root, 0);
        _order.Add(root);
        if (target != root)
        {
            open.Push((target, 0));
        }

        while (open.TryPop(out (NetworkPart<T> Part, int Next) top))
        {
            if (_places.ContainsKey(top.Part))
            {
                continue;
            }

            int next = top.Next;
            while (next < top.Part.Inputs.Count && _places.ContainsKey(top.Part.Inputs[next]))
            {
                next++;
            }

            if (next < top.Part.Inputs.Count)
            {
                open.Push((top.Part, next));
                open.Push((top.Part.Inputs[next], 0));
            }
            else
            {
                _places.Add(top.Part, _order.Count);
                _order.Add(top.Part);
            }
        }
    }
}
