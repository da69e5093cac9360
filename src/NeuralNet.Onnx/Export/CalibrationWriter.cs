using NeuralNet.Activations;
using NeuralNet.Calibrations;

namespace NeuralNet.Onnx.Export;

/// <summary>Writes calibrations as operators: what is linear in the logits, and softmax or sigmoid.</summary>
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
        ICalibration[] parts = calibration is PerLabelCalibration labels ? [.. labels.Labels] : [calibration];
        (double Slope, double Intercept)[] lines = Array.ConvertAll(parts, Line);
        bool areClasses = calibration is TemperatureScaling && size > 1;
        string value = graph.Node(
            "Mul", [Logits(outputs, kind, areClasses), graph.Constant("slopes", [.. lines.Select(l => l.Slope)])]);
        if (lines.Any(line => line.Intercept != 0))
        {
            value = graph.Node("Add", [value, graph.Constant("intercepts", [.. lines.Select(l => l.Intercept)])]);
        }

        return areClasses
            ? graph.Node("Softmax", [value], OnnxAttribute.Int("axis", -1))
            : graph.Node("Sigmoid", [value]);
    }

    private static (double Slope, double Intercept) Line(ICalibration calibration) => calibration switch
    {
        TemperatureScaling scaling => (1 / scaling.Temperature, 0),
        PlattScaling scaling => (scaling.Slope, scaling.Intercept),
        _ => throw new NotSupportedException(
            $"There is no way to write the calibration {calibration.GetType().Name} as ONNX operators: calibrate by "
            + $"{nameof(CalibrationMethod)}.{nameof(CalibrationMethod.Temperature)} or, of two classes and of labels, "
            + $"{nameof(CalibrationMethod.Platt)}; or export the network as it is, by pipeline.Network.SaveOnnx, whose "
            + "outputs are not calibrated."),
    };

    // As the library reads outputs: a probability of 0 or 1 was rounded.
    private string Logits(string outputs, OutputKind? kind, bool areClasses)
    {
        string least = graph.IsDouble ? "leastDouble" : "least";
        double smallest = graph.IsDouble ? 2.2250738585072014e-308 : 1.17549435e-38;
        switch (kind)
        {
            case OutputKind.Distribution:
                return graph.Node("Log", [graph.Node("Max", [outputs, graph.Scalar(least, smallest)])]);
            case OutputKind.Probability or OutputKind.LogProbability when !areClasses:
                string p = kind == OutputKind.LogProbability ? graph.Node("Exp", [outputs]) : outputs;
                p = graph.Node("Max", [p, graph.Scalar(least, smallest)]);
                double gap = graph.IsDouble ? double.BitIncrement(1) - 1 : float.BitIncrement(1) - 1;
                string rest = graph.Node(
                    "Max",
                    [graph.Node("Sub", [graph.Scalar("one", 1), p]), graph.Scalar("leastRest", gap / 2)]);
                return graph.Node("Sub", [graph.Node("Log", [p]), graph.Node("Log", [rest])]);
            case OutputKind.Probability:
                return graph.Node("Log", [graph.Node("Max", [outputs, graph.Scalar(least, smallest)])]);
            default:
                return outputs;
        }
    }
}
