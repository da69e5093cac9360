using System.Numerics;
using NeuralNet.Convolutions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// How values of different dimensions meet: aligned at the last one, where those of size 1 are repeated.
/// </summary>
internal static class Broadcasting
{
    private const int AlignedAtEndSince = 7;

    extension<T>(OperatorCall<T> call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Gives the value so many dimensions, new ones of size 1 in front.</summary>
        public void RaiseRank(int rank)
        {
            int more = rank - call.Value.Rank;
            if (more > 0)
            {
                call.Read(call.Value.Layout.Unsqueezed([.. Enumerable.Range(0, more)]));
            }
        }

        /// <summary>Repeats the numbers of the value along dimensions of size 1.</summary>
        /// <param name="sizes">The dimensions, and the size of each.</param>
        public void Expand(IReadOnlyDictionary<int, int> sizes)
        {
            if (sizes.Count == 0)
            {
                return;
            }

            call.RequireKnown();
            SampleLayout layout = call.Value.Layout;
            long factor = sizes.Values.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue));
            int own = Axis.Product(layout.All);
            if (factor * own > Axis.MostNumbers)
            {
                throw call.Node.Refuse($"its result has more than {Axis.MostNumbers} numbers");
            }

            // A row of all there is, again and again: the new axes are the slowest.
            AxisOrder order = layout.Order;
            FixAsIs(order);
            call.Add(new SimplePlan<T>(
                call.Node, shape => new UpSampling<T>(shape, new((int)factor, 1)), new FeatureShape(1, own)));
            Dictionary<int, Axis[]> added = sizes.ToDictionary(one => one.Key, one => Axis.Of(one.Value));
            Axis[] axes = [.. added.OrderBy(one => one.Key).SelectMany(one => one.Value), .. order.Axes];
            call.Read(layout.With(
                AxisOrder.Fixed(axes, new FeatureShape((int)factor, own)),
                d => added.GetValueOrDefault(d) ?? layout.Along(d)));
        }

        /// <summary>
        /// An input that is one number for all features, or one for each of those along some dimensions: the features,
        /// and the numbers in the order of the file.
        /// </summary>
        public (FeatureSet Features, double[] Values) Broadcast(int index)
        {
            ConstantTensor constant = call.Constant(index);
            IReadOnlyList<long> sizes = Sizes(call, constant);
            call.RaiseRank(sizes.Count);
            if (constant.Count == 1)
            {
                return (FeatureSet.Flat, constant.ToArray());
            }

            SampleLayout layout = call.Value.Layout;
            var dimensions = new List<int>();
            var expanded = new Dictionary<int, int>();
            for (int i = 0; i < sizes.Count; i++)
            {
                int dimension = layout.Rank - sizes.Count + i;
                if (sizes[i] == 1)
                {
                    continue;
                }

                bool isOpen = layout.Along(dimension) is [{ IsOpen: true }];
                if (dimension == layout.SamplesDimension || sizes[i] < 1
                    || (!isOpen && layout.Size(dimension) != 1 && layout.Size(dimension) != sizes[i]))
                {
                    throw call.Node.Refuse(
                        $"{constant} meets {layout}; it must be one number, or one for each feature along some axes");
                }

                dimensions.Add(dimension);
                if (layout.Size(dimension) == 1)
                {
                    expanded.Add(dimension, (int)sizes[i]);
                }
            }

            call.Budget.Take(call.Node, expanded.Count > 0 ? constant.Count : 0);
            call.Expand(expanded);
            return (call.Features(dimensions, constant.Count), constant.ToArray());
        }
    }

    /// <summary>Makes several values have the same dimensions and lie in the same order in the network.</summary>
    /// <param name="calls">The operator on each of the values.</param>
    /// <returns>The layout of what they make together; its order has the shape of each.</returns>
    /// <exception cref="NotSupportedException">They differ in more than dimensions of size 1.</exception>
    public static SampleLayout Align<T>(IReadOnlyList<OperatorCall<T>> calls)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SampleLayout common = calls[0].Value.Layout;
        if (calls.All(call => ReferenceEquals(call.Value.Layout, common)))
        {
            if (!common.Order.IsFixed)
            {
                calls[0].RequireKnown();
                FixAsIs(common.Order);
            }

            return common;
        }

        int rank = calls.Max(call => call.Value.Rank);
        foreach (OperatorCall<T> call in calls)
        {
            call.RaiseRank(rank);
        }

        int samples = calls.Max(call => call.Value.Layout.SamplesDimension);
        int[] sizes = [.. Enumerable.Range(0, rank).Select(d => calls.Max(call => call.Value.Layout.Size(d)))];
        foreach (OperatorCall<T> call in calls)
        {
            SampleLayout layout = call.Value.Layout;
            var expanded = new Dictionary<int, int>();
            for (int d = 0; d < rank; d++)
            {
                int size = layout.Size(d);
                if (size < 0 && sizes[d] > 0 && layout.Along(d) is [{ } open])
                {
                    open.Resolve(sizes[d]);
                }
                else if (size == 1 && sizes[d] > 1)
                {
                    expanded.Add(d, sizes[d]);
                }
                else if (size != sizes[d])
                {
                    throw Differ(call, calls);
                }
            }

            if (layout.SamplesDimension is >= 0 and int own && own != samples)
            {
                throw Differ(call, calls);
            }

            call.Expand(expanded);
        }

        return AlignOrder(calls);
    }

    private static SampleLayout AlignOrder<T>(IReadOnlyList<OperatorCall<T>> calls)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperatorCall<T> first = calls.FirstOrDefault(call => call.Value.Layout.SamplesDimension >= 0) ?? calls[0];
        SampleLayout layout = first.Value.Layout;
        foreach (OperatorCall<T> call in calls)
        {
            call.RequireKnown();
            for (int d = 0; d < layout.Rank; d++)
            {
                if (!Axis.Align(layout.Along(d), call.Value.Layout.Along(d)))
                {
                    throw call.Node.Refuse("the values that it takes are divided into axes that do not fit each other");
                }
            }
        }

        AxisOrder order = layout.Order;
        if (!order.IsFixed)
        {
            // As the first of the others whose order is decided has it, so that this one needs no permutation.
            OperatorCall<T>? decided = calls.FirstOrDefault(call => call.Value.Layout.Order.IsFixed);
            Axis[] axes = decided is null ? order.Source : Translated(decided.Value.Layout, layout);
            order.Fix(axes, decided?.Value.Layout.Order.Shape ?? Axis.Shape(axes));
        }

        Axis[] wanted = order.Axes;
        foreach (OperatorCall<T> call in calls.Where(call => call != first))
        {
            Axis[] all = layout.All;
            Axis[] others = call.Value.Layout.All;
            bool isSame = ReferenceEquals(call.Value.Layout.Order, order) && all.SequenceEqual(others);
            if (!isSame)
            {
                call.Arrange([.. wanted.Select(axis => new[] { others[Array.IndexOf(all, axis)] })]);
            }
        }

        return layout;
    }

    private static void FixAsIs(AxisOrder order)
    {
        if (!order.IsFixed)
        {
            order.Fix(order.Source, Axis.Shape(order.Source));
        }
    }

    // The axes of the other value in the order in which the first is held.
    private static Axis[] Translated(SampleLayout decided, SampleLayout other)
    {
        Axis[] from = decided.All;
        Axis[] to = other.All;
        return [.. decided.Order.Axes.Select(axis => to[Array.IndexOf(from, axis)])];
    }

    private static NotSupportedException Differ<T>(OperatorCall<T> call, IReadOnlyList<OperatorCall<T>> calls)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        call.Node.Refuse(
            $"it takes values of different dimensions, {string.Join(" and ", calls.Select(one => one.Value.Layout))}");

    // Up to opset 6, an attribute says at which axis of the value those of the constant begin.
    private static IReadOnlyList<long> Sizes<T>(OperatorCall<T> call, ConstantTensor constant)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rank = call.Value.Rank;
        return call.Graph.Opset < AlignedAtEndSince
            && call.Node.Int("axis", rank - constant.Dimensions.Count) is >= 0 and long axis
            && rank - axis - constant.Dimensions.Count is > 0 and long behind
            ? [.. constant.Dimensions, .. Enumerable.Repeat(1L, (int)behind)]
            : constant.Dimensions;
    }
}
