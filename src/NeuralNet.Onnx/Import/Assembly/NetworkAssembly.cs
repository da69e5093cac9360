using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Assembly;

/// <summary>
/// Makes layers that follow each other and branches beside each other of parts that form any graph without cycles.
/// </summary>
/// <remarks>
/// Where ways part and meet again, the layers between are branches; x + F(x) is a residual block. A value that several
/// branches take, although not all ways lead through it, is kept in front of them: the branches then begin with a
/// concatenation of what there was and of this value, and each reads its range.
/// </remarks>
internal sealed class NetworkAssembly<T>(ModelGraph graph)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Bounds of time and memory, not what practice needs.
    private const int MostDepth = 32;
    private const int MostKept = 256;

    private readonly List<(LayerPlan<T> Plan, Layer<T> Layer)> _made = [];
    private int _kept;

    /// <summary>The layers that were made of plans, whose parameters are yet to be set.</summary>
    public IReadOnlyList<(LayerPlan<T> Plan, Layer<T> Layer)> Made => _made;

    /// <summary>The layers up to a part.</summary>
    public IReadOnlyList<Layer<T>> Layers(NetworkPart<T> target, NetworkPart<T> root, FeatureShape shape) =>
        Chain(new(target, root), target, root, shape, 0).Layers;

    /// <summary>The layers that all inputs of a merge share, and then those of each.</summary>
    public (IReadOnlyList<Layer<T>> Shared, IReadOnlyList<IReadOnlyList<Layer<T>>> Heads) Heads(
        MergePart<T> outputs, NetworkPart<T> root, FeatureShape shape)
    {
        IReadOnlyList<LayerList<T>>? heads = null;
        LayerList<T> shared =
            Chain(new(outputs, root), outputs, root, shape, 0, branches => heads = branches);
        return (shared.Layers, [.. heads!.Select(head => head.Layers)]);
    }

    // What dominates a part between two others, where one of them dominates the other, does so everywhere.
    private LayerList<T> Chain(
        Dominators<T> dominators,
        NetworkPart<T> target,
        NetworkPart<T> root,
        FeatureShape shape,
        int depth,
        Action<IReadOnlyList<LayerList<T>>>? takeBranches = null)
    {
        var layers = new LayerList<T>(shape);
        while (true)
        {
            var spine = new Stack<NetworkPart<T>>();
            for (NetworkPart<T> part = target; part != root; part = dominators.Of(part))
            {
                spine.Push(part);
            }

            NetworkPart<T>? kept = null;
            NetworkPart<T> from = root;
            while (kept is null && spine.TryPop(out NetworkPart<T>? part))
            {
                if (part is not MergePart<T> merge)
                {
                    Add(part, layers);
                    from = part;
                    continue;
                }

                if (depth == MostDepth)
                {
                    throw graph.Refuse($"more than {MostDepth} branches lie within each other");
                }

                kept = FirstShared(merge, from, dominators);
                if (kept is not null)
                {
                    break;
                }

                LayerList<T>[] branches = Branches(dominators, merge, from, layers.Shape, depth);
                if (part == target && takeBranches is not null)
                {
                    takeBranches(branches);
                    return layers;
                }

                Join(merge, branches, layers);
                from = part;
            }

            if (kept is null)
            {
                return layers;
            }

            (target, root) = Keep(kept, from, target, dominators, layers, depth);
            dominators = new(target, root);
        }
    }

    private void Add(NetworkPart<T> part, LayerList<T> layers)
    {
        if (part is RangePart<T> range)
        {
            layers.Add(new Slice<T>(layers.Shape, range.Start, range.Shape));
        }
        else if (part is LayerPart<T> one && layers.Add(one.Plan) is Layer<T> layer)
        {
            _made.Add((one.Plan, layer));
        }
    }

    private LayerList<T>[] Branches(
        Dominators<T> dominators, MergePart<T> merge, NetworkPart<T> from, FeatureShape shape, int depth)
    {
        var branches = new LayerList<T>[merge.Inputs.Count];
        for (int k = 0; k < branches.Length; k++)
        {
            branches[k] = Chain(dominators, merge.Inputs[k], from, shape, depth + 1);
            branches[k].ReadAs(merge.Shape(k));
        }

        return branches;
    }

    private static void Join(MergePart<T> merge, LayerList<T>[] branches, LayerList<T> layers)
    {
        FeatureShape shape = layers.Shape;
        if (merge.Merge == Merge.Sum && branches is [{ } first, { } second]
            && (first.Layers.Count == 0) != (second.Layers.Count == 0))
        {
            layers.Add(new Residual<T>(new Sequence<T>(shape, (first.Layers.Count == 0 ? second : first).Layers)));
        }
        else
        {
            layers.Add(merge.Node!.Checked(() => new Branches<T>(
                merge.Merge, [.. branches.Select(branch => new Sequence<T>(shape, branch.Layers))]))!);
        }
    }

    // The first of the parts behind a root that several inputs of a merge need, and that goes to several places.
    private static NetworkPart<T>? FirstShared(MergePart<T> merge, NetworkPart<T> root, Dominators<T> dominators)
    {
        if (IsTree(merge, root, dominators))
        {
            return null;
        }

        var known = new HashSet<NetworkPart<T>>();
        var shared = new HashSet<NetworkPart<T>>();
        var consumers = new Dictionary<NetworkPart<T>, int>();
        for (int k = 0; k < merge.Inputs.Count; k++)
        {
            var seen = new HashSet<NetworkPart<T>> { root };
            var open = new Stack<NetworkPart<T>>([merge.Inputs[k]]);
            Note(merge.Inputs[k]);
            while (open.TryPop(out NetworkPart<T>? part))
            {
                if (!seen.Add(part))
                {
                    continue;
                }

                bool isNew = known.Add(part) || part.IsFree;
                if (!isNew)
                {
                    shared.Add(part);
                }

                foreach (NetworkPart<T> input in part.Inputs)
                {
                    if (isNew)
                    {
                        Note(input);
                    }

                    open.Push(input);
                }
            }
        }

        return shared.Count == 0 ? null : dominators.Order.First(part => shared.Contains(part) && consumers[part] > 1);

        void Note(NetworkPart<T> part) => consumers[part] = consumers.GetValueOrDefault(part) + 1;
    }

    private static bool IsTree(MergePart<T> merge, NetworkPart<T> root, Dominators<T> dominators)
    {
        var open = new Stack<NetworkPart<T>>(merge.Inputs);
        while (open.TryPop(out NetworkPart<T>? part))
        {
            if (part == root)
            {
                continue;
            }

            if (dominators.Consumers(part) > 1)
            {
                return false;
            }

            foreach (NetworkPart<T> input in part.Inputs)
            {
                open.Push(input);
            }
        }

        return true;
    }

    // Joins what there is and a further part, which what follows reads as ranges.
    private (NetworkPart<T> Target, NetworkPart<T> Root) Keep(
        NetworkPart<T> kept,
        NetworkPart<T> from,
        NetworkPart<T> target,
        Dominators<T> dominators,
        LayerList<T> layers,
        int depth)
    {
        if (++_kept > MostKept)
        {
            throw graph.Refuse($"more than {MostKept} values go to several places that meet again");
        }

        FeatureShape shape = layers.Shape;
        LayerList<T> branch = Chain(dominators, kept, from, shape, depth + 1);
        FeatureShape keptShape = branch.Shape;
        var identity = new LayerList<T>(shape);
        identity.ReadAs(shape.Size);
        branch.ReadAs(keptShape.Size);
        layers.Add(new Branches<T>(
            Merge.Concatenation, new Sequence<T>(shape, identity.Layers), new Sequence<T>(shape, branch.Layers)));

        var pair = new RootPart<T>();
        var replaced = new Dictionary<NetworkPart<T>, NetworkPart<T>>
        {
            [from] = new RangePart<T>(() => 0, () => shape, pair),
            [kept] = new RangePart<T>(() => shape.Size, () => keptShape, pair),
        };
        foreach (NetworkPart<T> part in new Dominators<T>(target, from).Order.Skip(1))
        {
            if (part != kept)
            {
                // A range of what there was lies at the same rows of the pair.
                replaced.Add(part, part is RangePart<T> && part.Inputs[0] == from
                    ? part.Behind([pair])
                    : part.Behind([.. part.Inputs.Select(input => replaced[input])]));
            }
        }

        return (replaced[target], pair);
    }
}
