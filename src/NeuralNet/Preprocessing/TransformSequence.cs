using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>Applies transforms one after the other.</summary>
/// <remarks>As scikit-learn's <c>Pipeline</c>.</remarks>
public sealed class TransformSequence : IFeatureTransform
{
    private readonly IFeatureTransform[] _steps;
    private readonly int _scratchSize;

    /// <summary>Makes the sequence.</summary>
    /// <param name="steps">The transforms in their order; at least one, each taking what the one before gives.</param>
    /// <exception cref="ArgumentException">There is no step, or two steps do not fit.</exception>
    public TransformSequence(params IReadOnlyList<IFeatureTransform> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        _steps = [.. steps];
        if (_steps.Length == 0)
        {
            throw new ArgumentException("There must be at least one step, but there is none.", nameof(steps));
        }

        for (int i = 0; i < _steps.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(_steps[i], nameof(steps));
            if (i > 0 && _steps[i].InputSize != _steps[i - 1].OutputSize)
            {
                throw new ArgumentException(
                    $"Step {i} takes {Quantity.Of(_steps[i].InputSize, "feature")}, but step {i - 1} gives "
                    + $"{_steps[i - 1].OutputSize}.",
                    nameof(steps));
            }

            _scratchSize = Math.Max(_scratchSize, _steps[i].InputSize);
        }
    }

    /// <summary>The transforms in their order.</summary>
    public IReadOnlyList<IFeatureTransform> Steps => _steps;

    /// <inheritdoc/>
    public int InputSize => _steps[0].InputSize;

    /// <inheritdoc/>
    public int OutputSize => _steps[^1].OutputSize;

    /// <summary>The kind of transform and the number of features, as readable text.</summary>
    /// <returns>For example <c>TransformSequence: 3 features → 11; Imputation, OneHotEncoding</c>.</returns>
    public override string ToString() => TransformText.Of(
        this,
        string.Join(", ", _steps.Select(SettingsText.NameOf)));

    /// <inheritdoc/>
    public int SourceOf(int output)
    {
        int source = output;
        for (int step = _steps.Length - 1; step >= 0 && source >= 0; step--)
        {
            source = _steps[step].SourceOf(source);
        }

        return source;
    }

    /// <inheritdoc/>
    public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        TransformCheck.Require(input, InputSize, nameof(input), output, OutputSize, nameof(output));
        if (input.IsEmpty)
        {
            return;
        }

        using var scratch = Scratch<T>.Rent(checked(2 * _scratchSize), input.Columns);
        Span<T> here = scratch.Values[..(_scratchSize * scratch.Samples)];
        Span<T> there = scratch.Values.Slice(here.Length, here.Length);
        for (int start = 0; start < input.Columns; start += scratch.Samples)
        {
            int count = Math.Min(scratch.Samples, input.Columns - start);
            ReadOnlyMatrixSpan<T> from = input.ColumnRange(start, count);
            for (int step = 0; step < _steps.Length; step++)
            {
                int size = _steps[step].OutputSize;
                Span<T> to = step == _steps.Length - 1
                    ? output.Values.Slice(start * size, count * size)
                    : (step % 2 == 0 ? here : there)[..(count * size)];
                var target = new MatrixSpan<T>(to, size, count);
                try
                {
                    _steps[step].Transform(from, target);
                }
                catch (ArgumentException exception)
                {
                    throw TransformCheck.Within(
                        $"In step {step}, of the samples from {start} on", exception, nameof(input));
                }

                from = target;
            }
        }
    }
}
