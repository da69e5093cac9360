using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Graphs;

namespace NeuralNet.Onnx.Import.Operators;

/// <summary>What readers require of the values that an operator takes.</summary>
internal static class OperatorChecks
{
    extension<T>(OperatorCall<T> call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>
        /// Refuses an operator that takes the value more than once, or another one that is no constant.
        /// </summary>
        public void RequireSingleValue()
        {
            if (call.Values.Count > 1)
            {
                throw call.Node.Refuse(
                    call.Values.Skip(1).FirstOrDefault(other => other.Name != call.Values[0].Name) is { } another
                        ? $"it takes two values that are no constants, {MessageText.Quoted(call.Values[0].Name)} and "
                        + $"{MessageText.Quoted(another.Name)}, which no layer does"
                        : $"it takes the value {MessageText.Quoted(call.Value.Name)} more than once, which no layer "
                        + "does");
            }
        }

        /// <summary>Refuses a value that is not the first input.</summary>
        public void RequireFirstInput()
        {
            call.RequireSingleValue();
            if (call.Node.Input(0) != call.Value.Name)
            {
                throw call.Node.Refuse("the value that depends on the input is not its first input");
            }
        }

        /// <summary>Refuses a value that is not batch × features.</summary>
        public void RequireFlat()
        {
            if (!call.Value.Layout.IsFlat)
            {
                throw call.Node.Refuse(
                    call.Value.Rank == 2
                        ? $"the rows of its input, {call.Value.Layout}, are not samples"
                        : $"its input is {call.Value.Layout}; a layer for it takes two dimensions, batch × features");
            }
        }

        /// <summary>Refuses a value of dimensions whose sizes are not known.</summary>
        public void RequireKnown()
        {
            if (Array.Exists(call.Value.Layout.All, axis => axis.IsOpen))
            {
                throw call.Node.Refuse(
                    $"its input is {call.Value.Layout}; a network has inputs of one size, so export the model with "
                    + "fixed sizes");
            }
        }

        /// <summary>The layout of a value that is images or sequences, channels first.</summary>
        /// <exception cref="NotSupportedException">It is neither, or has open sizes.</exception>
        public SampleLayout Image()
        {
            call.RequireKnown();
            if (call.Value.Rank is not (3 or 4))
            {
                throw call.Node.Refuse(
                    $"its input is {call.Value.Layout}; images have four dimensions, batch × channels × height × "
                    + "width, sequences three");
            }

            return call.Value.Layout.IsBatchFirst
                ? call.Value.Layout
                : throw call.Node.Refuse(
                    $"the first dimension of its input, {call.Value.Layout}, is not that of the samples alone");
        }

        /// <summary>A dimension that an attribute names, counted from the end if it is below 0.</summary>
        /// <exception cref="NotSupportedException">It is that of the samples, or there is none.</exception>
        public int Dimension(long axis)
        {
            long dimension = axis < 0 ? axis + call.Value.Rank : axis;
            return dimension < 0 || dimension >= call.Value.Rank
                ? throw call.Node.Refuse($"it works along axis {axis} of {call.Value.Rank} axes, which there is not")
                : dimension != call.Value.Layout.SamplesDimension
                ? (int)dimension
                : throw call.Node.Refuse(
                    $"it works along axis {axis}, across samples; a sample is treated by itself here");
        }

        /// <summary>
        /// Refuses an operator whose further results, such as a mask or saved statistics, are used: they are fine as
        /// long as nothing reads them.
        /// </summary>
        public void RequireSingleResult()
        {
            foreach (string output in call.Node.Outputs.Skip(1))
            {
                if (output.Length > 0 && (call.Graph.IsOutput(output) || call.Graph.Consumers(output).Count > 0))
                {
                    throw call.Node.Refuse($"its result {MessageText.Quoted(output)} is used, beside the first one");
                }
            }
        }

        /// <summary>An exception for an operator that there is no layer for.</summary>
        public NotSupportedException Unknown() => call.Node.Refuse("there is no layer or activation for this operator");
    }
}
