using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Kinds;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Optimizers;
using NeuralNet.Randomness;
using NeuralNet.Regularization;
using NeuralNet.Schedules;

namespace NeuralNet.Tests.Serialization;

/// <summary>A strategy of every role, to be registered and never run.</summary>
internal sealed class Own(string text, IReadOnlyList<double> numbers)
    : IPenalty, IConstraint, ILoss, IOptimizer, ILearningRateSchedule, IGradientClipping, IAugmentation
{
    public Own()
        : this("", [])
    {
    }

    public string Text { get; } = text;

    public IReadOnlyList<double> Numbers { get; } = numbers;

    public string Name => "own";

    public LossInput Input => LossInput.Any;

    public double LearningRate => 1;

    public int SlotCount => 0;

    public static Own Describe(Settings<Own> s) =>
        new(s.Text("text", own => own.Text), s.Numbers("n", own => own.Numbers));

    public double Value<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => 0;

    public void AddGradient<T>(ReadOnlySpan<T> values, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();

    public void Apply<T>(MatrixSpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();

    public void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();

    public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();

    public double Factor(long step, long totalSteps) => 1;

    public void Clip<T>(GradientSet<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();

    public void Apply<T>(MatrixSpan<T> inputs, MatrixSpan<T> targets, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();
}
