using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// Reads products with a constant matrix as dense layers, or, where each of several places is multiplied, as
/// convolutions of one place.
/// </summary>
internal static class ProductReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int VectorsPerOutput = 3;

    public static GraphValue Gemm(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        if (node.Int("transA", 0) != 0 && call.Value.Rank == 2)
        {
            call.Read(call.Value.Layout.Transposed([1, 0]));
        }

        if (!call.Value.Layout.IsFlat && node.Int("transA", 0) != 0)
        {
            throw node.Refuse("it transposes its first input (transA), so that samples become features");
        }

        // Rows may be the places of all samples, as those of a reshape to (−1, features).
        SampleLayout layout = call.Value.Layout;
        bool isPerPlace = layout.Rank == 2 && layout.SamplesDimension == 0 && layout.Along(0).Length > 0;
        if (!isPerPlace)
        {
            call.RequireFlat();
        }

        ConstantTensor weights = call.Matrix(1);
        weights = node.Int("transB", 0) != 0 ? weights : weights.Transposed(weights.Name);
        double factor = node.Float("alpha", 1);
        ProductPlan<T> plan = isPerPlace ? Convolution(call, weights) : Dense(call, weights, factor);
        if (isPerPlace && factor != 1)
        {
            plan.Multiply([factor], divide: false);
        }

        if (node.Input(2) is not null)
        {
            plan.Add(call.Vector(2, plan.Outputs).ToArray(), node.Float("beta", 1));
        }

        return Add(call, plan);
    }

    public static GraphValue MatMul(OperatorCall<T> call)
    {
        call.RequireSingleValue();
        if (call.Node.Input(0) != call.Value.Name)
        {
            return FromLeft(call);
        }

        ConstantTensor weights = call.Constant(1);
        int last = call.Value.Rank - 1;
        if (weights.Dimensions.Count == 1)
        {
            // A vector: one output, whose dimension is not kept.
            var column = weights.Reshaped(weights.Name, [1, weights.Count]);
            SampleValue<T> product = MatMul(call, column ?? throw call.Node.Refuse($"{weights} is no matrix"));
            return product with { Layout = product.Layout.Transposed(Enumerable.Range(0, last)) };
        }

        weights = call.Matrix(1);
        return MatMul(call, weights.Transposed(weights.Name));
    }

    private static SampleValue<T> MatMul(OperatorCall<T> call, ConstantTensor weights)
    {
        SampleLayout layout = call.Value.Layout;
        int last = layout.Rank - 1;
        if (last < 0 || layout.SamplesDimension == last)
        {
            throw call.Node.Refuse($"it multiplies along the last axis of {layout}, across samples");
        }

        // The layer after a single place, or one for each of several.
        bool isSinglePlace = Enumerable.Range(0, last).All(d => layout.Along(d).Length == 0);
        return Add(call, isSinglePlace ? Dense(call, weights, 1) : Convolution(call, weights));
    }

    // A·X is (Xᵀ·Aᵀ)ᵀ, of the last two axes.
    private static SampleValue<T> FromLeft(OperatorCall<T> call)
    {
        ConstantTensor matrix = call.Matrix(0);
        int rank = call.Value.Rank;
        if (rank < 2)
        {
            throw call.Node.Refuse($"it multiplies {call.Value.Layout} from the left, across samples");
        }

        int[] swapped = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
        call.Read(call.Value.Layout.Transposed(swapped));
        SampleValue<T> product = MatMul(call, matrix);
        return product with { Layout = product.Layout.Transposed(swapped) };
    }

    private static DensePlan<T> Dense(OperatorCall<T> call, ConstantTensor weights, double factor)
    {
        call.Budget.Take(call.Node, weights.Count + (VectorsPerOutput * weights.Dimensions[0]));
        FeatureSet inputs = call.Features([call.Value.Rank - 1], (int)weights.Dimensions[1]);

        // An image that a layer for images gives is read as one, though all its features are inputs alike.
        FeatureSet shaped = inputs with { Shape = call.Value.Layout.Order.Shape ?? inputs.Shape };
        return new(call.Node, weights, factor, shaped, Axis.Of(weights.Dimensions[0]));
    }

    private static SampleValue<T> Add(OperatorCall<T> call, ProductPlan<T> plan)
    {
        call.Add(plan);
        SampleLayout layout = call.Value.Layout;
        int last = layout.Rank - 1;
        if (!plan.IsPerPlace)
        {
            return call.ResultWith(layout.With(
                AxisOrder.Fixed(plan.Axes, plan.Outputs), d => d == last ? plan.Axes : []));
        }

        Axis[] places = Places(layout);
        var order = AxisOrder.Fixed(
            [.. places, .. plan.Axes], new FeatureShape(Axis.Product(places), plan.Outputs));
        return call.ResultWith(layout.With(order, d => d == last ? plan.Axes : layout.Along(d)));
    }

    private static Axis[] Places(SampleLayout layout) =>
        [.. layout.Order.Axes.Where(axis => !layout.Along(layout.Rank - 1).Contains(axis))];

    private static ConvolutionPlan<T> Convolution(OperatorCall<T> call, ConstantTensor weights)
    {
        (int outputs, int inputs) = ((int)weights.Dimensions[0], (int)weights.Dimensions[1]);
        int last = call.Value.Rank - 1;
        FeatureSet features = call.Features([last], inputs);
        call.Budget.Take(call.Node, weights.Count + (VectorsPerOutput * (long)outputs));
        int count = Axis.Product(Places(call.Value.Layout));
        if ((long)count * outputs > Axis.MostNumbers)
        {
            throw call.Node.Refuse($"its output has more than {Axis.MostNumbers} numbers");
        }

        return new(
            call.Node,
            new FeatureShape(count, inputs),
            weights,
            Windows.Single(count),
            1,
            Axis.Of(outputs),
            features);
    }
}
