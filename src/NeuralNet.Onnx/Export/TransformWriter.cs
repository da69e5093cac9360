using NeuralNet.Onnx.Schema;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx.Export;

/// <summary>
/// Writes transforms of features as operators. As the library's transforms do, they calculate in double and round each
/// transform's result to the number type of the graph.
/// </summary>
internal sealed class TransformWriter(OnnxGraph graph, IReadOnlyList<OnnxExtension> extensions)
{
    /// <summary>Writes a transform and gives the name of its result.</summary>
    /// <exception cref="NotSupportedException">It cannot be written.</exception>
    public string Write(IFeatureTransform transform, string input)
    {
        foreach (OnnxExtension extension in extensions)
        {
            if (extension.Write(transform, input, graph) is string output)
            {
                return output;
            }
        }

        return transform switch
        {
            TransformSequence sequence => sequence.Steps.Aggregate(input, (value, step) => Write(step, value)),
            ColumnTransform columns => Concat([.. columns.Blocks.Select(block => Write(block, input))]),
            Standardization standardization => Scale(
                input, standardization.Means, standardization.StandardDeviations, gain: 1, lower: 0),
            ChannelStandardization standardization => Scale(
                input,
                Repeated(standardization.Means, standardization.Shape.Positions),
                Repeated(standardization.StandardDeviations, standardization.Shape.Positions),
                gain: 1,
                lower: 0),
            MinMaxScaling scaling => Scale(
                input,
                scaling.Minimums,
                [.. scaling.Maximums.Zip(scaling.Minimums, (max, min) => double.IsNormal(max - min) ? max - min : 1)],
                scaling.Upper - scaling.Lower,
                scaling.Lower),
            Imputation imputation => Impute(input, imputation.Replacements),
            MissingIndicator => ToElementType(graph.Node("IsNaN", [input])),
            OneHotEncoding encoding => OneHot(input, encoding),
            PiecewiseLinearEncoding encoding => PiecewiseLinear(input, encoding),
            CyclicEncoding encoding => Cyclic(input, encoding.Periods),
            _ => throw new NotSupportedException(
                $"There is no way to write the transform {transform.GetType().Name} as ONNX operators; "
                + "an OnnxExtension can say how."),
        };
    }

    /// <summary>Writes the inverse of a transform and gives the name of its result.</summary>
    /// <exception cref="NotSupportedException">It cannot be written.</exception>
    public string WriteInverse(IInvertibleTransform transform, string input) => transform switch
    {
        Standardization standardization => Unscale(
            input, standardization.Means, standardization.StandardDeviations, gain: 1, lower: 0),
        MinMaxScaling scaling => Unscale(
            input,
            scaling.Minimums,
            [.. scaling.Maximums.Zip(scaling.Minimums, (max, min) => double.IsNormal(max - min) ? max - min : 1)],
            scaling.Upper - scaling.Lower,
            scaling.Lower),
        _ => throw new NotSupportedException(
            $"There is no way to write the inverse of the transform {transform.GetType().Name} as ONNX operators: "
            + "export the network without it, and turn its outputs back where they are read."),
    };

    private string Unscale(
        string input, IReadOnlyList<double> origins, IReadOnlyList<double> units, double gain, double lower)
    {
        string value = ToDouble(input);
        if (lower != 0)
        {
            value = graph.Node("Sub", [value, graph.DoubleConstant("lower", [lower])]);
        }

        value = graph.Node("Mul", [value, graph.DoubleConstant("units", [.. units.Select(unit => unit / gain)])]);
        return FromDouble(graph.Node("Add", [value, graph.DoubleConstant("origins", origins)]));
    }

    private string Write(ColumnBlock block, string input)
    {
        string columns = graph.Node(
            "Gather",
            [input, graph.Integers("columns", [.. block.Columns.Select(column => (long)column)])],
            OnnxAttribute.Int("axis", 1));
        return block.Transform is null ? columns : Write(block.Transform, columns);
    }

    private string Concat(IReadOnlyList<string> parts) =>
        parts.Count == 1 ? parts[0] : graph.Node("Concat", parts, OnnxAttribute.Int("axis", 1));

    private string Scale(
        string input, IReadOnlyList<double> origins, IReadOnlyList<double> units, double gain, double lower)
    {
        string value = graph.Node("Sub", [ToDouble(input), graph.DoubleConstant("origins", origins)]);
        value = graph.Node("Div", [value, graph.DoubleConstant("units", units)]);
        if (gain != 1)
        {
            value = graph.Node("Mul", [value, graph.DoubleConstant("gain", [gain])]);
        }

        if (lower != 0)
        {
            value = graph.Node("Add", [value, graph.DoubleConstant("lower", [lower])]);
        }

        return FromDouble(value);
    }

    private string Impute(string input, IReadOnlyList<double> replacements) =>
        graph.Node("Where", [graph.Node("IsNaN", [input]), graph.Constant("replacements", replacements), input]);

    // Every column once per category that it has, compared with that category.
    private string OneHot(string input, OneHotEncoding encoding)
    {
        if (encoding.Unknown == UnknownCategory.Refuse)
        {
            throw new NotSupportedException(
                $"The {nameof(OneHotEncoding)} refuses categories that it does not know, which no ONNX operator does: "
                + $"write one made with {nameof(UnknownCategory)}.{nameof(UnknownCategory.Zeros)}.");
        }

        long[] columns =
            [.. encoding.Categories.SelectMany((categories, column) => categories.Select(_ => (long)column))];
        double[] categories = [.. encoding.Categories.SelectMany(category => category)];
        string repeated = graph.Node(
            "Gather", [ToDouble(input), graph.Integers("columns", columns)], OnnxAttribute.Int("axis", 1));
        string isCategory = graph.Node("Equal", [repeated, graph.DoubleConstant("categories", categories)]);
        return ToElementType(isCategory);
    }

    // Every feature once per bin that it has, less the bin's lower edge, over its width, within its bounds.
    private string PiecewiseLinear(string input, PiecewiseLinearEncoding encoding)
    {
        List<long> features = [];
        List<double> lower = [];
        List<double> widths = [];
        List<double> least = [];
        List<double> greatest = [];
        for (int i = 0; i < encoding.Edges.Count; i++)
        {
            IReadOnlyList<double> edges = encoding.Edges[i];
            int bins = Math.Max(1, edges.Count - 1);
            for (int k = 0; k < bins; k++)
            {
                features.Add(i);
                lower.Add(edges[k]);
                widths.Add(edges.Count == 1 ? 1 : edges[k + 1] - edges[k]);
                least.Add(k == 0 && !encoding.Clips ? double.MinValue : 0);
                greatest.Add(k < bins - 1 ? 1 : encoding.Clips ? Math.Min(1, edges.Count - 1) : double.MaxValue);
            }
        }

        string value = graph.Node(
            "Gather", [ToDouble(input), graph.Integers("features", features)], OnnxAttribute.Int("axis", 1));
        value = graph.Node("Sub", [value, graph.DoubleConstant("edges", lower)]);
        value = graph.Node("Div", [value, graph.DoubleConstant("widths", widths)]);
        value = graph.Node("Max", [value, graph.DoubleConstant("least", least)]);
        return FromDouble(graph.Node("Min", [value, graph.DoubleConstant("greatest", greatest)]));
    }

    // Every column twice, the second time a quarter of a turn ahead, where the sine is the cosine: so the features come
    // in their order, and older versions of ONNX Runtime, which lack Cos in double, run it as well.
    private string Cyclic(string input, IReadOnlyList<double> periods)
    {
        long[] columns = [.. Enumerable.Range(0, 2 * periods.Count).Select(i => (long)(i / 2))];
        string divisors = graph.DoubleConstant("periods", [.. columns.Select(column => periods[(int)column])]);
        double[] quarters = [.. columns.Select((_, i) => i % 2 == 0 ? 0 : 0.25)];
        string value = graph.Node(
            "Gather", [ToDouble(input), graph.Integers("columns", columns)], OnnxAttribute.Int("axis", 1));
        value = graph.Node("Mod", [value, divisors], OnnxAttribute.Int("fmod", 1));
        value = graph.Node("Div", [value, divisors]);
        value = graph.Node("Add", [value, graph.DoubleConstant("quarters", quarters)]);
        value = graph.Node("Mul", [value, graph.DoubleConstant("turn", [2 * Math.PI])]);
        return FromDouble(graph.Node("Sin", [value]));
    }

    private static double[] Repeated(IReadOnlyList<double> channels, int positions) =>
        [.. Enumerable.Repeat(channels, positions).SelectMany(numbers => numbers)];

    private string ToDouble(string value) =>
        graph.IsDouble ? value : graph.Node("Cast", [value], OnnxAttribute.Int("to", ElementKind.Double));

    private string FromDouble(string value) => graph.IsDouble ? value : ToElementType(value);

    private string ToElementType(string value) =>
        graph.Node("Cast", [value], OnnxAttribute.Int("to", graph.ElementType));
}
