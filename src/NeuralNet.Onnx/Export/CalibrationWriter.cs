using NeuralNet.Activations;
using NeuralNet.Calibrations;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Export;

/// <summary>Writes calibrations as operators, which calculate in double, as the library does.</summary>
internal sealed class CalibrationWriter(OnnxGraph graph)
{
    /// <summary>Writes a calibration and gives the name of the probabilities.</summary>
    /// <param name="calibration">The calibration.</param>
    /// <param name="outputs">What the network gives.</param>
    /// <param name="kind">What it says of that; null if nothing.</param>
    /// <param name="size">Number of outputs.</param>
    /// <exception cref="NotSupportedException">It cannot be written.</exception>
    public string Write(ICalibration calibration, string outputs, OutputKind? kind, int size)
    {
        graph.Scope = "calibration";
        bool areClasses = size > 1 && calibration is TemperatureScaling or OneVersusRestCalibration;
        string logits = Logits(Cast(outputs, ElementKind.Double), kind, areClasses);
        string probabilities = calibration switch
        {
            OneVersusRestCalibration classes => Shares(Each(classes.Classes, AgainstOthers(logits, size)), size),
            PerLabelCalibration labels => Each(labels.Labels, logits),
            TemperatureScaling scaling when areClasses => graph.Node(
                "Softmax", [Line([Linear(scaling)!.Value], logits)], OnnxAttribute.Int("axis", -1)),
            _ => Each([calibration], logits),
        };
        return Cast(probabilities, graph.ElementType);
    }

    // Of each output by itself: all at once where all are sigmoids.
    private string Each(IReadOnlyList<ICalibration> parts, string logits)
    {
        (double Slope, double Intercept)?[] lines = [.. parts.Select(Linear)];
        if (Array.TrueForAll(lines, line => line is not null))
        {
            return graph.Node("Sigmoid", [Line([.. lines.Select(line => line!.Value)], logits)]);
        }

        string[] each = [.. parts.Select((part, i) => One(part, parts.Count == 1 ? logits : Column(logits, i)))];
        return each.Length == 1 ? each[0] : graph.Node("Concat", each, OnnxAttribute.Int("axis", 1));
    }

    private string One(ICalibration calibration, string logits) => (calibration, Linear(calibration)) switch
    {
        (_, { } line) => graph.Node("Sigmoid", [Line([line], logits)]),
        (IsotonicCalibration isotonic, _) => Isotonic(isotonic, logits),
        _ => throw new NotSupportedException(
            $"There is no way to write the calibration {calibration.GetType().Name} as ONNX operators: calibrate by a "
            + $"{nameof(CalibrationMethod)} of the library; or export the network as it is, by "
            + "pipeline.Network.SaveOnnx, whose outputs are not calibrated."),
    };

    private static (double Slope, double Intercept)? Linear(ICalibration calibration) => calibration switch
    {
        TemperatureScaling scaling => (1 / scaling.Temperature, 0),
        PlattScaling scaling => (scaling.Slope, scaling.Intercept),
        _ => null,
    };

    private string Line((double Slope, double Intercept)[] lines, string logits)
    {
        string value = graph.Node(
            "Mul", [logits, graph.DoubleConstant("slopes", [.. lines.Select(line => line.Slope)])]);
        return Array.TrueForAll(lines, line => line.Intercept == 0)
            ? value
            : graph.Node(
                "Add", [value, graph.DoubleConstant("intercepts", [.. lines.Select(line => line.Intercept)])]);
    }

    // Between two points the line that joins them, found by counting the points that are not above the logit.
    private string Isotonic(IsotonicCalibration calibration, string logits)
    {
        IReadOnlyList<double> scores = calibration.Scores;
        IReadOnlyList<double> p = calibration.Probabilities;
        int last = scores.Count - 1;
        string z = graph.Node("Max", [logits, graph.DoubleConstant("first", [scores[0]])]);
        z = graph.Node("Min", [z, graph.DoubleConstant("last", [scores[last]])]);
        string isReached = graph.Node("GreaterOrEqual", [z, graph.DoubleConstant("scores", scores)]);
        string count = graph.Node(
            "ReduceSum", [Cast(isReached, ElementKind.Int64), graph.Integers("axes", [1])]);
        string at = graph.Node("Sub", [count, graph.Integers("one", [1])]);

        // Halved, so that their distance cannot overflow.
        double[] halves = [.. scores.Select(score => score / 2)];
        string share = graph.Node(
            "Div",
            [
                graph.Node("Sub", [graph.Node("Mul", [z, graph.DoubleConstant("half", [0.5])]), At("halves", halves)]),
                At("widths", [.. halves.Select((half, k) => k == last ? 1 : halves[k + 1] - half)]),
            ]);
        string rise = graph.Node(
            "Mul", [share, At("rises", [.. p.Select((low, k) => k == last ? 0 : p[k + 1] - low)])]);
        return graph.Node(
            "Min",
            [
                graph.Node("Add", [At("probabilities", p), rise]),
                At("highest", [.. p.Select((_, k) => p[Math.Min(k + 1, last)])]),
            ]);

        string At(string name, IReadOnlyList<double> values) =>
            graph.Node("Gather", [graph.DoubleConstant(name, values), at], OnnxAttribute.Int("axis", 0));
    }

    // The log-odds of each class: its logit less the logarithm of what the others sum up to.
    private string AgainstOthers(string logits, int classes)
    {
        double[] own = new double[classes * classes];
        for (int i = 0; i < classes; i++)
        {
            own[i * (classes + 1)] = double.NegativeInfinity;
        }

        string rows = graph.Node("Unsqueeze", [logits, graph.Integers("axes", [1])]);
        string others = graph.Node("Add", [rows, graph.DoubleConstant("own", own, classes, classes)]);
        return graph.Node(
            "Sub",
            [
                logits,
                graph.Node(
                    "ReduceLogSumExp", [others], OnnxAttribute.Ints("axes", [2]), OnnxAttribute.Int("keepdims", 0)),
            ]);
    }

    private string Shares(string values, int classes)
    {
        string sum = graph.Node("ReduceSum", [values, graph.Integers("axes", [1])]);
        return graph.Node(
            "Where",
            [
                graph.Node("Equal", [sum, graph.DoubleConstant("zero", [0])]),
                graph.DoubleConstant("equal", [1.0 / classes]),
                graph.Node("Div", [values, sum]),
            ]);
    }

    // As the library reads outputs: a probability of 0 or 1 was rounded.
    private string Logits(string outputs, OutputKind? kind, bool areClasses)
    {
        string p = outputs;
        switch (kind)
        {
            case OutputKind.LogProbability when !areClasses:
                p = graph.Node("Exp", [outputs]);
                break;
            case OutputKind.Probability or OutputKind.Distribution:
                break;
            default:
                return outputs;
        }

        double least = graph.IsDouble ? 2.2250738585072014e-308 : 1.17549435e-38;
        p = graph.Node("Max", [p, graph.DoubleConstant("least", [least])]);
        string logarithm = graph.Node("Log", [p]);
        if (areClasses || kind == OutputKind.Distribution)
        {
            return logarithm;
        }

        double gap = graph.IsDouble ? double.BitIncrement(1) - 1 : float.BitIncrement(1) - 1;
        string rest = graph.Node("Sub", [graph.DoubleConstant("one", [1]), p]);
        rest = graph.Node("Max", [rest, graph.DoubleConstant("leastRest", [gap / 2])]);
        return graph.Node("Sub", [logarithm, graph.Node("Log", [rest])]);
    }

    private string Column(string values, int index) =>
        graph.Node("Gather", [values, graph.Integers("column", [index])], OnnxAttribute.Int("axis", 1));

    private string Cast(string value, int elementType) =>
        graph.IsDouble && elementType == ElementKind.Double
            ? value
            : graph.Node("Cast", [value], OnnxAttribute.Int("to", elementType));
}
