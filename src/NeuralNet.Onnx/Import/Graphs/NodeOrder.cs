using System.Runtime.InteropServices;
using NeuralNet.Guards;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>Puts nodes in an order in which they can be run.</summary>
internal static class NodeOrder
{
    /// <summary>
    /// The nodes, each behind those that it depends on; otherwise they stay in the order in which they stand.
    /// </summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="given">The names of the values that no node gives.</param>
    /// <exception cref="InvalidDataException">A node takes what nothing gives, or depends on itself.</exception>
    public static IReadOnlyList<OnnxNode> Sort(IReadOnlyList<OnnxNode> nodes, HashSet<string> given)
    {
        var waiting = new Dictionary<string, List<OnnxNode>>(StringComparer.Ordinal);
        var missing = new Dictionary<OnnxNode, int>();
        var sorted = new List<OnnxNode>(nodes.Count);
        var known = new HashSet<string>(given, StringComparer.Ordinal);
        var ready = new PriorityQueue<OnnxNode, int>();
        foreach (OnnxNode node in nodes)
        {
            int absent = 0;
            for (int i = 0; i < node.Inputs.Count; i++)
            {
                string input = node.Inputs[i];
                if (input.Length > 0 && !given.Contains(input))
                {
                    ref List<OnnxNode>? takers =
                        ref CollectionsMarshal.GetValueRefOrAddDefault(waiting, input, out _);
                    (takers ??= new(1)).Add(node);
                    absent++;
                }
            }

            missing[node] = absent;
            if (absent == 0)
            {
                ready.Enqueue(node, node.Position);
            }
        }

        while (ready.TryDequeue(out OnnxNode? node, out _))
        {
            sorted.Add(node);
            for (int i = 0; i < node.Outputs.Count; i++)
            {
                string output = node.Outputs[i];
                if (output.Length > 0 && known.Add(output) && waiting.TryGetValue(output, out List<OnnxNode>? takers))
                {
                    Release(takers);
                }
            }
        }

        if (sorted.Count < nodes.Count)
        {
            OnnxNode stuck = nodes.First(node => missing[node] > 0);
            string absent = stuck.Inputs.First(input => input.Length > 0 && !known.Contains(input));
            throw stuck.Damaged(
                nodes.Any(node => node.Outputs.Contains(absent))
                    ? $"it takes {MessageText.Quoted(absent)}, which depends on the node itself or on another that does"
                    : $"it takes {MessageText.Quoted(absent)}, which nothing gives");
        }

        return sorted;

        void Release(List<OnnxNode> takers)
        {
            foreach (OnnxNode taker in takers)
            {
                if (--missing[taker] == 0)
                {
                    ready.Enqueue(taker, taker.Position);
                }
            }
        }
    }
}
