using System.Globalization;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>A whole number that a graph calculates with shapes: a constant, or a multiple of the batch.</summary>
/// <param name="Value">The number, or the factor of the batch.</param>
/// <param name="IsBatch">True for a multiple of the number of samples.</param>
internal readonly record struct ShapeNumber(long Value, bool IsBatch = false)
{
    /// <summary>A number that is not known.</summary>
    public static ShapeNumber Unknown { get; } = new(long.MinValue);

    /// <summary>False if the number is not known.</summary>
    public bool IsKnown => Value != long.MinValue;

    public static ShapeNumber operator *(ShapeNumber left, ShapeNumber right) =>
        !left.IsKnown || !right.IsKnown || (left.IsBatch && right.IsBatch)
            || Math.Abs((double)left.Value * right.Value) > long.MaxValue / 2
            ? Unknown
            : new(left.Value * right.Value, left.IsBatch || right.IsBatch);

    public static ShapeNumber operator /(ShapeNumber left, ShapeNumber right) =>
        !left.IsKnown || !right.IsKnown || right.Value == 0 || left.Value % right.Value != 0
            || (right.IsBatch && !left.IsBatch)
            ? Unknown
            : new(left.Value / right.Value, left.IsBatch && !right.IsBatch);

    public static ShapeNumber operator +(ShapeNumber left, ShapeNumber right) =>
        left.IsKnown && right.IsKnown && left.IsBatch == right.IsBatch
            && Math.Abs((double)left.Value + right.Value) < long.MaxValue / 2
            ? new(left.Value + right.Value, left.IsBatch)
            : Unknown;

    public static ShapeNumber operator -(ShapeNumber number) => number with { Value = -number.Value };

    public override string ToString() => !IsKnown ? "?"
        : !IsBatch ? Value.ToString(CultureInfo.InvariantCulture)
        : Value == 1 ? "batch" : $"{Value.ToString(CultureInfo.InvariantCulture)} · batch";
}
