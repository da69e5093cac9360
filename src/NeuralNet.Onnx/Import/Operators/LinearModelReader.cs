using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>
/// Reads linear models as ML.NET, scikit-learn and others write them, whose weights are attributes, as dense layers.
/// </summary>
internal static class LinearModelReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GraphValue Regressor(OperatorCall<T> call)
    {
        int targets = (int)Math.Clamp(call.Node.Int("targets", 1), 1, int.MaxValue);
        DensePlan<T> dense = Dense(call, targets, Numbers(call.Node, "coefficients"), Intercepts(call, targets));
        Close(call, dense, call.Node.Text("post_transform", "NONE"));
        return Result(call, dense);
    }

    /// <summary>The scores, the operator's second result; the first one, the label, is what they decide.</summary>
    public static GraphValue Classifier(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        double[] coefficients = Numbers(node, "coefficients");
        int labels = Math.Max(
            node.Texts("classlabels_strings")?.Count ?? 0, node.Ints("classlabels_ints")?.Count ?? 0);
        int targets = node.Floats("intercepts") is { Count: > 0 } intercepts ? intercepts.Count : labels;
        if (labels < 2 || (targets != labels && (targets, labels) != (1, 2)))
        {
            throw node.Refuse($"it has {Quantity.Of(targets, "score")} for {Quantity.Of(labels, "label")}");
        }

        double[] biases = Intercepts(call, targets);
        string transform = node.Text("post_transform", "NONE");
        if (targets < labels)
        {
            // The score s of the second label alone: that of the first is 1 − s, or sigmoid(−s).
            if (transform is not ("NONE" or "LOGISTIC"))
            {
                throw node.Refuse($"its 'post_transform' {transform} of a single score is not known");
            }

            coefficients = [.. coefficients.Select(value => -value), .. coefficients];
            biases = [(transform == "NONE" ? 1 : 0) - biases[0], biases[0]];
        }

        DensePlan<T> dense = Dense(call, labels, coefficients, biases);
        Close(call, dense, transform);
        SampleValue<T> scores = Result(call, dense);
        if (node.Outputs.Count > 1)
        {
            call.Give(1, scores);
        }

        return new DecisionValue<T>(
            node.Output, scores, node.Outputs.ElementAtOrDefault(1) is { Length: > 0 } name ? name : node.Output);
    }

    private static SampleValue<T> Result(OperatorCall<T> call, DensePlan<T> dense)
    {
        return call.ResultWith(call.Value.Layout.With(
            AxisOrder.Fixed(dense.Axes, dense.Outputs), d => d == 1 ? dense.Axes : []));
    }

    private static DensePlan<T> Dense(OperatorCall<T> call, int outputs, double[] coefficients, double[] biases)
    {
        call.RequireFirstInput();
        call.RequireFlat();
        if (coefficients.Length % outputs != 0)
        {
            throw call.Node.Refuse(
                $"it has {Quantity.Of(coefficients.Length, "coefficient")} for {Quantity.Of(outputs, "score")}");
        }

        int count = coefficients.Length / outputs;
        call.Budget.Take(call.Node, coefficients.Length + (3L * outputs));
        FeatureSet inputs = call.Features([1], count);
        var dense = new DensePlan<T>(
            call.Node, ConstantTensor.Of("coefficients", coefficients, [outputs, count]), 1, inputs, Axis.Of(outputs));
        dense.Add(biases, 1);
        call.Add(dense);
        return dense;
    }

    private static void Close(OperatorCall<T> call, DensePlan<T> dense, string transform)
    {
        switch (transform)
        {
            case "NONE":
                break;
            case "LOGISTIC":
                dense.Close(new Sigmoid());
                break;
            case "SOFTMAX":
                dense.Close(new Softmax());
                break;
            default:
                throw call.Node.Refuse(
                    $"its 'post_transform' is {MessageText.Shortened(transform)}, which is not known");
        }
    }

    private static double[] Intercepts(OperatorCall<T> call, int count) =>
        call.Node.Floats("intercepts") is not { Count: > 0 } intercepts ? new double[count]
        : intercepts.Count == count ? [.. intercepts.Select(value => (double)value)]
        : throw call.Node.Refuse(
            $"it has {Quantity.Of(intercepts.Count, "intercept")} for {Quantity.Of(count, "score")}");

    private static double[] Numbers(OnnxNode node, string name) => node.Floats(name) is { Count: > 0 } numbers
        ? [.. numbers.Select(value => (double)value)]
        : throw node.Refuse($"it has no '{name}'");
}
