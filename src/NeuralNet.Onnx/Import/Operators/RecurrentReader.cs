using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>Reads LSTM, GRU and RNN, in one direction or both.</summary>
internal static class RecurrentReader<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int LengthsInput = 4;
    private const int PeepholesInput = 7;

    public static GraphValue Read(OperatorCall<T> call)
    {
        OnnxNode node = call.Node;
        call.RequireFirstInput();
        if (call.Value.Rank != 3)
        {
            throw node.Refuse($"its input is {call.Value.Layout}; sequences have three dimensions");
        }

        (int steps, int samples) = node.Int("layout", 0) != 0 ? (1, 0) : (0, 1);
        SampleLayout layout = call.Value.Layout;
        if (layout.SamplesDimension == steps)
        {
            throw new SamplesAreStepsException(node.Refuse(
                $"its input is {layout}, whose samples are the steps of one sequence").Message);
        }

        if (layout.Along(samples).Length > 0)
        {
            throw node.Refuse($"its input is {layout}, whose dimension {samples} is not that of the samples alone");
        }

        Axis[] stepAxes = layout.Along(steps);
        FeatureShape shape = call.Arrange(stepAxes, layout.Along(2));
        RecurrentWeights weights = RecurrentWeights.Read(call, shape.Channels);
        RequireWholeSequences(call, shape[0]);
        Axis[] directions = Axis.Of(weights.Directions.Count);
        Axis[] units = Axis.Of(weights.Units);
        Axis[] batch = layout.SamplesDimension < 0 ? [] : [Axis.Samples];
        bool takesSteps = IsUsed(call, 0);
        if (takesSteps && IsUsed(call, 1))
        {
            throw node.Refuse(
                $"both its results {MessageText.Quoted(node.Outputs[0])} and {MessageText.Quoted(node.Outputs[1])} are "
                + "used, those of all steps and of the last; take the last of all steps");
        }

        if (IsUsed(call, 2))
        {
            throw node.Refuse($"its result {MessageText.Quoted(node.Outputs[2])}, the cell state, is used");
        }

        call.Add(new RecurrentPlan<T>(node, shape, takesSteps, weights.Directions));
        int width = weights.Directions.Count * weights.Units;
        var order = takesSteps
            ? AxisOrder.Fixed([.. stepAxes, .. directions, .. units], new FeatureShape(shape[0], width))
            : AxisOrder.Fixed([.. directions, .. units], width);
        bool isBatchFirst = samples == 0;
        if (takesSteps)
        {
            return call.ResultWith(new SampleLayout(
                order, isBatchFirst ? [batch, stepAxes, directions, units] : [stepAxes, directions, batch, units]));
        }

        call.Give(1, call.ResultWith(new SampleLayout(
            order, isBatchFirst ? [batch, directions, units] : [directions, batch, units])));
        return call.ResultWith(new SampleLayout(order, [batch, units]));
    }

    private static bool IsUsed(OperatorCall<T> call, int place) =>
        place < call.Node.Outputs.Count && call.Node.Outputs[place] is { Length: > 0 } name
        && (call.Graph.IsOutput(name) || call.Graph.Consumers(name).Count > 0);

    // Lengths that say that all sequences have all steps say nothing.
    private static void RequireWholeSequences(OperatorCall<T> call, int steps)
    {
        if (call.Node.Input(PeepholesInput) is not null)
        {
            throw call.Node.Refuse("it has peepholes, weights from the cell state to the gates");
        }

        if (call.Node.Input(LengthsInput) is { } name
            && !(call.Graph.Constant(name) is { } lengths && lengths.ToArray().All(length => length == steps)))
        {
            throw call.Node.Refuse(
                $"its sequences have lengths of their own, {MessageText.Quoted(name)}; export the model without");
        }
    }
}
